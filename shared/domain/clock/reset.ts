import { z } from 'zod'

/**
 * Why a person confirms the clock. `set`: it was put right just now; `wasAhead`: acts were written while it stood ahead;
 * `checked`: compared with another clock, it was never wrong.
 */
export const clockResetReason = z.enum(['set', 'wasAhead', 'checked'])
export type ClockResetReason = z.infer<typeof clockResetReason>
