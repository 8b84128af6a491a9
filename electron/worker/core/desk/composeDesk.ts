import { allows } from '#shared/domain/roles.ts'
import type { Payload } from '#shared/contract/events.ts'
import type { WorkerOptions } from '../workerOptions.ts'
import { leave, type Session } from '../sessions.ts'
import { createDeskSeat, type DeskSeat } from './seat.ts'
import { readLimits } from '../../store/settings.ts'
import { createAgentCards, type AgentCards } from './agentCards.ts'
import { createCitizenDesk } from './citizen.ts'
import type { Context } from '../context.ts'
import { recordAccess, defaultDeskPurpose } from '../recordAccess.ts'

/** Agents' cards, and the citizen in front of the window that serves. */
export interface JoinedDesk {
  readonly context: Context
  readonly agentCards: AgentCards
  readonly seat: DeskSeat
  /** What a window sees of the reader, and of the citizen if he is its own. */
  readonly deskView: (session: Session) => Payload<'card'>
  readonly close: () => void
}

/**
 * Agents' cards and citizen over the readers of this desk; every card is the agents' first, and what is not
 * theirs is a citizen's.
 */
export function composeDesk(
  register: Omit<Context, 'agentCards'>,
  { key, devices, sessions }: Pick<WorkerOptions, 'key' | 'devices' | 'sessions'>,
): JoinedDesk {
  const { store, clock, counter } = register
  const agentCards = createAgentCards({
    db: store.db,
    key,
    cards: devices.cards,
    counter,
    clock,
    onChange: () => {
      sessions.tell('agentCard', agentCards.view())
    },
    onLeft: (reader) => {
      lockWithout(reader)
    },
  })
  const context: Context = { ...register, agentCards }
  const desk = createCitizenDesk({
    clock,
    newId: context.newId,
    mayKeep: () => allows(seat.holder()?.current()?.view.roles ?? [], 'serveCitizens'),
    usual: () => defaultDeskPurpose(context),
    record: (access) => recordAccess(context, { actor: seat.holder()?.current()?.code ?? 'counter', ...access }),
    // The window locks itself first; this holds when it cannot.
    forgottenAfter: () => (readLimits(store.db).idleMinutes + 1) * 60_000,
    onChange: () => {
      for (const session of sessions.all()) session.tell('card', deskView(session))
    },
  })
  const seat = createDeskSeat(desk, sessions)
  const deskView = (session: Session): Payload<'card'> => {
    const citizen = seat.of(session)?.citizen()
    return { card: desk.card(), ...(citizen === undefined ? {} : { citizen }) }
  }
  const lockWithout = (reader: string): void => {
    if (!readLimits(store.db).cardLock) return
    for (const session of sessions.all()) if (session.current()?.cardReader === reader) leave(context, session, 'card')
  }
  const unwatch = [
    devices.cards.watch((event) => {
      const heard = agentCards.routeCardEvent(event)
      if (heard !== undefined) desk.receive(heard)
    }),
    devices.scans.watch((scan) => {
      // To one window: what is scanned may be a citizen's.
      const front = seat.holder() ?? sessions.all().findLast((session) => session.current() !== undefined)
      front?.tell('scan', scan)
    }),
  ]
  return {
    context,
    agentCards,
    seat,
    deskView,
    close: () => {
      for (const stop of unwatch) stop()
      agentCards.close()
      seat.close()
      desk.release()
    },
  }
}
