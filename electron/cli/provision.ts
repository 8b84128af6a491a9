import type { Command } from './command.ts'

/** `guichet provision`: what an administrator puts on a machine once, before anybody works at it. */
export const provision: Command = {
  name: 'provision',
  usage: '[FILE…] [--set NAME=VALUE]… [--fingerprint XXXX-…] [--dry-run]',
  summary:
    'puts settings (a JSON file, or --set for one; NAME= takes it out) and the office file of this counter in their place for the whole machine, each checked first; the fingerprint is typed from the sheet of paper. With nothing it only makes the place. --dry-run writes nothing',
  options: {
    set: { type: 'string', multiple: true },
    fingerprint: { type: 'string' },
    'dry-run': { type: 'boolean' },
    into: { type: 'string' },
  },
  async run(context) {
    const { provisionMachine } = await import('./provisionMachine.ts')
    return provisionMachine(context)
  },
}
