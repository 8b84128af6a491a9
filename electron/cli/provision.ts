import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet provision`: what an administrator puts on a machine once, before anybody works at it. */
export const provision: Command = {
  name: 'provision',
  usage: 'FILE… [--fingerprint XXXX-…] [--dry-run]',
  summary:
    'puts settings (a JSON file) and the office file of this counter in their place for the whole machine, each checked first; the fingerprint is typed from the sheet of paper. --dry-run writes nothing',
  options: { fingerprint: { type: 'string' }, 'dry-run': { type: 'boolean' }, into: { type: 'string' } },
  async run(context) {
    if (context.positionals.length === 0) return err(faultOf('call.invalid', 'FILE…'))
    const { provisionMachine } = await import('./provisionMachine.ts')
    return provisionMachine(context)
  },
}
