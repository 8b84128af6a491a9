import { z } from 'zod'
import { scan } from '../ports/hidSource.ts'
import { appState } from './appState.ts'
import { cardView, identityView } from './deskView.ts'
import { printJobView } from './printView.ts'
import { agentCardView, sessionView } from './sessionView.ts'
import { syncView } from './syncView.ts'

/** What the worker tells the renderer by itself; each payload is the whole new state, never a difference. */
export const events = {
  app: appState,
  /** `locked`: why it was closed by the program itself. */
  session: z.strictObject({ session: sessionView.optional(), locked: z.enum(['idle', 'card']).optional() }),
  /** Cards of agents in the readers, at the login screen too. */
  agentCard: agentCardView,
  card: z.strictObject({ card: cardView, citizen: identityView.optional() }),
  /**
   * A reader of codes or zones has read something; only while somebody is signed in. `classifyScan` says what it is.
   */
  scan,
  print: printJobView,
  sync: syncView,
  /** How far a walk over the journal came, in lines. */
  journal: z.strictObject({ done: z.int().nonnegative(), total: z.int().nonnegative() }),
  /** Something in the outbox changed: read the list again where it is shown. */
  outbox: z.strictObject({ pending: z.int() }),
} as const

export type Events = typeof events
export type EventName = keyof Events
export type Payload<E extends EventName> = z.output<Events[E]>
