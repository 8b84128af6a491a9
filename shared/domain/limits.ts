import { z } from 'zod'
import { retentionTerms } from './retention.ts'

/**
 * How far a counter may go on alone, as the platform sets it; what it does not say keeps its default.
 * A limit warns long before it is reached (`budgetState`).
 */
export const limits = z.object({
  aloneDays: z.number().positive().max(365).default(7),
  pendingActs: z.int().positive().default(5_000),
  oldestHours: z
    .number()
    .positive()
    .default(7 * 24),
  /** Sheets, accounts and calendars that nobody asked about for so long may be out of date. */
  referenceDays: z.number().positive().max(365).default(7),
  /** An account that ends within this many days says so. */
  accountDays: z.number().positive().default(14),
  /** Without word from the platform for so long nobody is let in any more: an account may have been withdrawn. */
  verifierDays: z.number().positive().default(90),
  /** Difference to the platform's clock. */
  clockMinutes: z.number().positive().default(5),
  /** A clock set back further than this asks for a supervisor at each act. */
  clockBackMinutes: z.number().positive().default(5),
  /** Without a touch for this long the window is locked. */
  idleMinutes: z.number().positive().max(480).default(10),
  /** A session that was opened with the agent's card is locked when the card leaves. */
  cardLock: z.boolean().default(true),
  /** How long personal data stay, each kind within its own bounds; what is not said keeps its usual term. */
  retention: retentionTerms.default({}),
})
export type Limits = z.infer<typeof limits>

/** The limits of a counter that was told none. */
export const usualLimits: Limits = limits.parse({})

/** From this part of a limit on there is a warning. */
const warnFrom = 0.6

/** `warn` from three fifths of a limit on, `over` from the limit on. */
export const budgetState = (used: number, limit: number): 'fine' | 'warn' | 'over' =>
  used >= limit ? 'over' : used >= limit * warnFrom ? 'warn' : 'fine'
