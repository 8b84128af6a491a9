import type { Payload } from '#shared/contract/events.ts'
import type { AppState } from '#shared/contract/features/app.ts'
import type { IdentityView } from '#shared/contract/features/intake.ts'
import type { SyncView } from '#shared/contract/features/sync.ts'
import type { IdentityId } from '#shared/ids.ts'
import type { Press } from '#shared/ports/press.ts'
import type { Result } from '#shared/result.ts'
import type { HighWater } from '../journal/highWater.ts'
import type { CounterKeyPair } from '../keys/counterKey.ts'
import type { Outbox } from '../outbox/ports.ts'
import type { Background } from './background.ts'
import type { WorkerParts } from './workerOptions.ts'
import type { Session } from './session.ts'
import type { Spool } from '../papers/spool/spool.ts'
import type { AgentCards } from './desk/agentCards.ts'
import type { CitizenDesk } from './desk/citizen.ts'
import type { Context } from './context.ts'
import type { Issuing } from './deposit/issuing.ts'

/** What the calls of the contract are answered from; joined in `compose.ts`. */
export interface Answering {
  readonly parts: Pick<
    WorkerParts,
    'dataDir' | 'devices' | 'versions' | 'training' | 'demo' | 'keystoreName' | 'platformUrl' | 'chooseFile'
  >
  readonly context: Context
  readonly session: Session
  readonly desk: CitizenDesk
  readonly agentCards: AgentCards
  readonly issuing: () => Promise<Issuing>
  readonly press: Press
  readonly key: CounterKeyPair
  readonly walked: (progress: Payload<'journal'>) => void
  readonly spool: Spool
  readonly outbox: Outbox
  readonly background: Background
  readonly highWater: HighWater
  readonly syncView: () => SyncView
  /** The program as a whole changed: it went into quarantine or out of it. */
  readonly appChanged: (state: AppState) => void
  /** An act was committed: paper and platform have work. */
  readonly committed: () => void
  readonly printChanged: (view: Payload<'print'>) => void
}

/** Lists on screens end here; older lines are found by searching. */
export const listLimit = 500

/** An act that was committed sets paper and platform to work. */
export const afterAct = <T>({ committed }: Pick<Answering, 'committed'>, done: Result<T>): Result<T> => {
  if (done.ok) committed()
  return done
}

/** The citizen at the desk, if it still is the one that the call means. */
export const held = (desk: CitizenDesk, id: IdentityId): IdentityView | undefined => {
  const citizen = desk.citizen()
  return citizen?.identityId === id ? citizen : undefined
}
