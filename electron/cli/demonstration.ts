import type { CommandContext } from './command.ts'

/** Whether this is a demonstration: `GUICHET_DEMO=1`. */
export const isDemo = ({ env }: Pick<CommandContext, 'env'>): boolean => env['GUICHET_DEMO'] === '1'
