import type { CommandResult } from '#shared/contract/platform.ts'

/**
 * Why an act is not taken: a code of the contract, the member of its data where something is to be corrected, and our
 * own words.
 */
export type Broken = Required<Pick<CommandResult, 'code' | 'reason'>> & Pick<CommandResult, 'field'>
