import type { Payload } from '#shared/contract/events.ts'
import type { SyncView } from '#shared/contract/features/sync/calls.ts'
import type { Press } from '#shared/ports/press.ts'
import type { RollbackGuard } from '../journal/rollbackGuard.ts'
import type { CounterKeyPair } from '../keys/counterKey.ts'
import type { JoinedOutbox } from '../outbox/composeOutbox.ts'
import type { Background } from './background.ts'
import type { WorkerOptions } from './workerOptions.ts'
import type { Session, Sessions } from './sessions.ts'
import type { Spool } from '../papers/spool/spool.ts'
import type { AgentCards } from './desk/agentCards.ts'
import type { DeskSeat } from './desk/seat.ts'
import type { Context, SignedIn } from './context.ts'
import type { Issuing } from './deposit/issuing.ts'

/** What the calls of the contract are answered from; joined in `compose.ts`. */
export interface HandlerContext {
  readonly parts: Pick<
    WorkerOptions,
    | 'dataDir'
    | 'resourcesDir'
    | 'devices'
    | 'hall'
    | 'versions'
    | 'training'
    | 'demo'
    | 'keystoreName'
    | 'settings'
    | 'platformUrl'
    | 'chooseFile'
  >
  readonly context: Context
  readonly sessions: Sessions
  /** The desk of this counter, and the window that works at it. */
  readonly seat: DeskSeat
  /** What a window sees of the reader, and of the citizen if he is its own. */
  readonly deskView: (session: Session) => Payload<'card'>
  readonly agentCards: AgentCards
  readonly issuing: () => Promise<Issuing>
  readonly press: Press
  readonly key: CounterKeyPair
  readonly spool: Spool
  readonly outbox: JoinedOutbox
  readonly background: Background
  readonly rollbackGuard: RollbackGuard
  /** The link and the budget, for whoever looks. */
  readonly syncView: (who: SignedIn | undefined) => SyncView
  readonly printChanged: (view: Payload<'print'>) => void
}

/** Lists on screens end here; older lines are found by searching. */
export const listLimit = 500
