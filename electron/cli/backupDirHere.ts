import type { CommandContext } from './command.ts'

/**
 * The machine's second folder, for the machine's own register: copies of another folder's, under the same counter, would
 * take the place of its own there.
 */
export const backupDirHere = ({ machine, options }: CommandContext): string | undefined =>
  options['data'] === undefined ? machine?.settings.backupDir : undefined
