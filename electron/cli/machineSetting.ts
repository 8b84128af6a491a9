import type { CommandContext } from './command.ts'

/**
 * A setting of the machine that is for the machine's own register: copies of another folder's, under the same counter,
 * would take the place of its own in the second folder.
 */
export const machineSetting = (
  { machine, options }: CommandContext,
  name: 'backupDir' | 'recoveryKey',
): string | undefined => (options['data'] === undefined ? machine?.settings[name] : undefined)
