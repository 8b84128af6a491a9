import { allows } from '#shared/domain/roles.ts'
import type { WorkerParts } from '../workerOptions.ts'
import { createSession, type Session } from '../session.ts'
import { readLimits } from '../../store/settings.ts'
import { createAgentCards, type AgentCards } from './agentCards.ts'
import { createCitizenDesk, type CitizenDesk } from './citizen.ts'
import type { Context } from '../context.ts'
import { recordAccess, usualAtTheDesk } from '../recordAccess.ts'
import { signOut } from '../signOut.ts'

/** The two sides of the counter: who is signed in, and who is in front of him. */
export interface JoinedDesk {
  readonly context: Context
  readonly session: Session
  readonly agentCards: AgentCards
  readonly desk: CitizenDesk
  readonly close: () => void
}

/**
 * Session, agents' cards and citizen over the readers of this desk; every card is the agents' first, and what is not
 * theirs is a citizen's.
 */
export function joinDesk(
  register: Omit<Context, 'agentCards'>,
  { key, devices, onEvent }: Pick<WorkerParts, 'key' | 'devices' | 'onEvent'>,
): JoinedDesk {
  const { store, clock, counter } = register
  const agentCards = createAgentCards({
    db: store.db,
    key,
    cards: devices.cards,
    counter,
    clock,
    onChange: () => {
      onEvent('agentCard', agentCards.view())
    },
    onLeft: (reader) => {
      lockWithout(reader)
    },
  })
  const context: Context = { ...register, agentCards }
  const session = createSession((who, why) => {
    onEvent('session', {
      ...(who === undefined ? {} : { session: who.view }),
      ...(why === undefined ? {} : { locked: why }),
    })
  })
  const desk = createCitizenDesk({
    clock,
    newId: context.newId,
    mayKeep: () => allows(session.current()?.view.roles ?? [], 'serveCitizens'),
    usual: () => usualAtTheDesk(context),
    record: (access) => recordAccess(context, { actor: session.current()?.code ?? 'counter', ...access }),
    // The window locks itself first; this holds when it cannot.
    forgottenAfter: () => (readLimits(store.db).idleMinutes + 1) * 60_000,
    onChange: () => {
      const citizen = desk.citizen()
      onEvent('card', { card: desk.card(), ...(citizen === undefined ? {} : { citizen }) })
    },
  })
  const lockWithout = (reader: string): void => {
    const who = session.current()
    if (who?.cardReader !== reader || !readLimits(store.db).cardLock) return
    signOut(context, who, 'session.locked')
    desk.release()
    session.set(undefined, 'card')
  }
  const unwatch = [
    devices.cards.watch((event) => {
      const heard = agentCards.sift(event)
      if (heard !== undefined) desk.receive(heard)
    }),
    devices.scans.watch((scan) => {
      if (session.current() !== undefined) onEvent('scan', scan)
    }),
  ]
  return {
    context,
    session,
    agentCards,
    desk,
    close: () => {
      for (const stop of unwatch) stop()
      agentCards.close()
      desk.release()
    },
  }
}
