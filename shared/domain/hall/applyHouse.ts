import type { HouseEvent } from './event.ts'
import type { CounterState, Hall } from './hallState.ts'
import type { HallCounter } from './ticket.ts'

interface Facts {
  readonly at: string
  readonly seq: number
  readonly id?: string
}

/** Changes what a hall knows of its counters, services and messages by one event. */
export function applyHouse(hall: Hall, { at, seq, id }: Facts, event: HouseEvent): void {
  switch (event.type) {
    case 'signedOn': {
      const { counter, agent, services } = event
      const { away: _away, closed: _closed, ...known } = counterIn(hall, counter)
      noteAgent(hall, counter, undefined)
      return put(hall, { ...known, agent, services, since: at })
    }
    case 'signedOff': {
      noteAgent(hall, event.counter, at)
      letGo(hall, event.counter)
      // Who asked for help still needs it.
      const { alarmSince } = counterIn(hall, event.counter)
      hall.counters.delete(String(event.counter))
      if (alarmSince !== undefined) put(hall, { counter: event.counter, alarmSince })
      return
    }
    case 'away': {
      const { counter, back } = event
      return put(hall, {
        ...counterIn(hall, counter),
        away: { since: at, ...(back === undefined ? {} : { back }) },
      })
    }
    case 'cameBack': {
      const { away: _away, ...known } = counterIn(hall, event.counter)
      return put(hall, known)
    }
    case 'assigned': {
      const { closed: _closed, ...known } = counterIn(hall, event.counter)
      const { services } = event
      return put(hall, { ...known, services, ...(services.length === 0 ? { closed: true } : {}) })
    }
    case 'serviceClosed':
      hall.closedServices.set(event.service, event.opensAt === undefined ? {} : { opensAt: event.opensAt })
      return
    case 'serviceOpened':
      hall.closedServices.delete(event.service)
      return
    case 'message': {
      const { from, to, text } = event
      hall.messages.push({ id: id ?? String(seq), at, from, text, ...(to === undefined ? {} : { to }) })
      return
    }
    case 'alarm': {
      const { alarmSince, ...known } = counterIn(hall, event.counter)
      return put(hall, event.on ? { ...known, alarmSince: alarmSince ?? at } : known)
    }
  }
}

const counterIn = (hall: Hall, counter: HallCounter): CounterState => hall.counters.get(String(counter)) ?? { counter }

/** Whoever was called to a counter stays there when its agent leaves: his ticket says that he is alone. */
/** Who was sent to a counter that nobody sits at any more is called by whoever serves his service, in his place. */
function letGo(hall: Hall, counter: HallCounter): void {
  for (const { reserved, ...ticket } of hall.tickets.values())
    if (String(reserved) === String(counter) && ticket.state === 'waiting') hall.tickets.set(ticket.ticket, ticket)
}

function noteAgent(hall: Hall, counter: HallCounter, leftAt: string | undefined): void {
  for (const { leftAt: _before, ...ticket } of hall.tickets.values())
    if (ticket.state === 'called' && String(ticket.counter) === String(counter))
      hall.tickets.set(ticket.ticket, { ...ticket, ...(leftAt === undefined ? {} : { leftAt }) })
}

const put = (hall: Hall, one: CounterState): void => {
  hall.counters.set(String(one.counter), one)
}
