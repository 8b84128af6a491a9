import type { BoardView, HallView, ServiceView, TicketView } from '#shared/contract/features/hall/views.ts'
import { faultOf } from '#shared/fault.ts'
import type { DemoState } from '../../core/bridge/demo/shape.ts'
import { demoRows, demoFloor, demoTicketName } from './demoFloor.ts'

const minute = 60_000
type CounterView = HallView['counters'][number]

const order = { urgent: 0, disabled: 1, pregnant: 1, elderly: 1, declared: 1 } as const
const rankOf = (ticket: TicketView): number =>
  ticket.priority === undefined ? (ticket.appointment === undefined ? 3 : 2) : order[ticket.priority]
/** As the hall would call them. */
export const demoOrder = (tickets: readonly TicketView[]): TicketView[] =>
  tickets.toSorted((one, other) => rankOf(one) - rankOf(other) || (one.issuedAt < other.issuedAt ? -1 : 1))

/** What follows from the tickets and the counters. */
export function demoServices(view: Pick<HallView, 'services' | 'waiting' | 'counters'>): ServiceView[] {
  return view.services.map((service) => {
    const { longestSince: _longest, wait: _wait, ...rest } = service
    const waiting = view.waiting.filter((one) => one.service === service.letter)
    const counters = view.counters.filter(
      (one) => one.state !== 'closed' && one.state !== 'away' && one.services.includes(service.letter),
    ).length
    const longest = waiting.map((one) => one.issuedAt).sort()[0]
    return {
      ...rest,
      waiting: waiting.length,
      counters,
      next: waiting.slice(0, 3),
      ...(longest === undefined ? {} : { longestSince: longest }),
      ...(service.open && counters > 0
        ? { wait: { minutes: Math.round((waiting.length * 6) / counters), error: waiting.length === 0 ? 1 : 4 } }
        : {}),
    }
  })
}

/** A Monday, 10:42, in one arrondissement: twelve counters, six services, twenty-three who wait. */
function morning(now: Date): HallView {
  const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString()
  const waiting = demoFloor.flatMap(({ letter, called, waits }) =>
    waits.map((minutes, at): TicketView => ({
      ticket: demoTicketName(letter, called + 1 + at),
      service: letter,
      state: 'waiting',
      recalls: 0,
      issuedAt: ago(minutes * 60),
      ...(letter === 'A' && at === 2 ? { priority: 'elderly' as const } : {}),
      ...(letter === 'A' && at === 0 ? { appointment: { id: 'R0237', time: '10:30', late: false } } : {}),
      ...(letter === 'B' && at === 1 ? { appointment: { id: 'R0241', time: '10:45', late: false } } : {}),
    })),
  )
  const counters = demoRows.map(([counter, agent, letters, state, seconds, ticket]): CounterView => ({
    counter,
    state,
    services: [...letters],
    ...(agent === '' ? {} : { agent }),
    ...(seconds === 0 ? {} : { since: ago(seconds) }),
    ...(state === 'away' ? { back: '10:50' } : {}),
    ...(ticket === undefined
      ? {}
      : {
          ticket: {
            ticket,
            service: ticket.slice(0, 1),
            state: 'called',
            counter,
            recalls: counter === '7' ? 2 : 0,
            issuedAt: ago(seconds + 1200),
            calledAt: ago(seconds),
            ...(state === 'serving' ? { hereAt: ago(seconds - 15) } : {}),
          },
        }),
  }))
  const away = (name: string, state: 'parked' | 'missed', minutes: number): TicketView => ({
    ticket: name,
    service: name.slice(0, 1),
    state,
    recalls: state === 'missed' ? 2 : 0,
    issuedAt: ago((minutes + 20) * 60),
    calledAt: ago(minutes * 60),
  })
  const stations = ['G1', 'G4', 'G8', 'Écran A', 'Écran B'].map((name) => ({
    name,
    votes: true,
    reachable: name !== 'Écran B',
    ...(name === 'Écran B' ? { lostSince: ago(11 * 60) } : {}),
  }))
  const view: HallView = {
    role: 'member',
    day: now.toISOString().slice(0, 10),
    open: true,
    openedAt: ago(138 * 60),
    epoch: 7,
    station: 'G2',
    serving: 'G4',
    stations,
    counter: '2',
    recallLimit: 2,
    services: demoFloor.map(({ letter, name, threshold, opensAt, procedure }) => ({
      letter,
      name,
      threshold,
      open: opensAt === undefined,
      ...(opensAt === undefined ? {} : { opensAt }),
      ...(procedure === undefined ? {} : { procedure }),
      waiting: 0,
      next: [],
      counters: 0,
    })),
    counters,
    waiting: demoOrder(waiting),
    parked: [away('D006', 'parked', 25)],
    missed: [away('A031', 'missed', 32), away('C011', 'missed', 47)],
    messages: [],
    figures: { served: 112, missed: 2, waitMedianSeconds: 540, serviceMedianSeconds: 318 },
    tail: [],
    doubts: [],
    later: 0,
  }
  return { ...view, services: demoServices(view) }
}

/** A hall of twelve counters in which nothing began. */
const unopened = (view: HallView): HallView => {
  const { day: _day, openedAt: _opened, serving: _serving, ...rest } = view
  return {
    ...rest,
    role: 'member',
    open: false,
    trouble: 'hall.notOpen',
    epoch: 0,
    services: view.services.map(({ longestSince: _longest, wait: _wait, ...one }) => ({
      ...one,
      waiting: 0,
      next: [],
      counters: 0,
    })),
    counters: view.counters.map(({ counter }) => ({ counter, state: 'closed', services: [] })),
    waiting: [],
    parked: [],
    missed: [],
    figures: { served: 0, missed: 0 },
  }
}

/** The hall of a scene. */
export function demoHall(now: Date, kind: DemoState['hall']): HallView {
  const view = morning(now)
  const lost = (names: readonly string[]) =>
    view.stations.map((one) =>
      names.includes(one.name)
        ? { ...one, reachable: false, lostSince: new Date(now.getTime() - 3 * minute).toISOString() }
        : one,
    )
  const { serving: _serving, ...alone } = view
  switch (kind) {
    case 'morning':
      return view
    case 'notOpen':
      return unopened(view)
    case 'closed':
      // The day was held and is over: what it was stays to be read.
      return {
        ...view,
        open: false,
        trouble: 'hall.notOpen',
        counters: view.counters.map(({ counter }) => ({ counter, state: 'closed', services: [] })),
        services: view.services.map(({ longestSince: _longest, ...one }) => ({
          ...one,
          open: false,
          waiting: 0,
          next: [],
        })),
        waiting: [],
        parked: [],
        figures: { served: 231, missed: 6, waitMedianSeconds: 610, serviceMedianSeconds: 322 },
      }
    case 'none':
      return { ...unopened(view), role: 'none', stations: [], counters: [], services: [], trouble: 'hall.notRunning' }
    case 'starting':
      return { ...unopened(view), role: 'starting', trouble: 'hall.notRunning' }
    case 'island':
      return { ...alone, role: 'island', trouble: 'hall.island', stations: lost(['G1', 'G4', 'G8']) }
    case 'noMajority':
      return { ...alone, trouble: 'hall.noMajority', stations: lost(['G4', 'G8', 'Écran A']) }
    case 'alarm':
      return {
        ...view,
        counters: view.counters.map((one) =>
          one.counter === '6' ? { ...one, alarmSince: new Date(now.getTime() - 40_000).toISOString() } : one,
        ),
      }
    case 'left':
      return {
        ...view,
        counters: view.counters.map(({ agent, ...one }) =>
          one.counter === '3' && one.ticket !== undefined
            ? {
                ...one,
                state: 'closed',
                services: [],
                ticket: { ...one.ticket, leftAt: new Date(now.getTime() - 6 * minute).toISOString() },
              }
            : { ...one, ...(agent === undefined ? {} : { agent }) },
        ),
      }
    case 'calm':
      return {
        ...view,
        stations: view.stations.map(({ name, votes }) => ({ name, votes, reachable: true })),
        counters: view.counters.map((one) =>
          one.ticket?.recalls === 2 ? { ...one, ticket: { ...one.ticket, recalls: 0 } } : one,
        ),
        ...(() => {
          const waiting = view.waiting.filter(
            (one) => now.getTime() - Date.parse(one.issuedAt) < 15 * minute && one.service !== 'E',
          )
          return { waiting, services: demoServices({ ...view, waiting }) }
        })(),
      }
  }
}

/** What the wall and the kiosk see of it. */
export function demoBoard(view: HallView, paper: BoardView['paper']): BoardView {
  return {
    role: view.role,
    epoch: view.epoch,
    open: view.open,
    ...(view.day === undefined ? {} : { day: view.day }),
    calls: view.counters
      .flatMap(({ counter, ticket }) =>
        ticket?.calledAt === undefined
          ? []
          : [{ ticket: ticket.ticket, counter, calledAt: ticket.calledAt, times: ticket.recalls + 1 }],
      )
      .sort((one, other) => (one.calledAt < other.calledAt ? 1 : -1))
      .slice(0, 8),
    services: view.services.map(
      ({ next: _next, threshold: _threshold, longestSince: _longest, procedure: _sheet, ...one }) => one,
    ),
    paper,
  }
}

/** Why nothing can be asked of this hall now. */
export const demoTrouble = (view: HallView) =>
  view.trouble === 'hall.noMajority'
    ? faultOf('hall.noMajority')
    : view.role === 'none' || view.role === 'starting'
      ? faultOf('hall.notRunning')
      : view.open
        ? undefined
        : faultOf('hall.notOpen')
