import type { HallView, TicketView } from '#shared/contract/features/hall/views.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Demo } from '../../core/bridge/demo/index.ts'
import { demoAppointments } from './demoBook.ts'
import { demoTicketName } from './demoFloor.ts'
import { demoBoard, demoHall, demoOrder, demoServices, demoTrouble } from './demoHall.ts'
import { demoForecast } from './demoForecast.ts'
import { demoHistory } from './demoHistory.ts'

type CounterView = HallView['counters'][number]

/** The hall of one arrondissement in the middle of a morning, and its appointments. */
export const demo: Demo = (state, emit) => {
  const now = (): Date => new Date()
  const instant = (): string => now().toISOString()
  let view = demoHall(now(), state.hall)
  let next = 70
  const helped = new Map<
    string,
    { readonly ticket: string; readonly before: number; readonly minutes?: number; readonly printed: boolean }
  >()

  const put = (to: Partial<HallView>): HallView => {
    const changed = { ...view, ...to }
    const waiting = demoOrder(changed.waiting)
    view = { ...changed, waiting, services: demoServices({ ...changed, waiting }) }
    emit('hall', view)
    emit('board', demoBoard(view, state.ticketPaper))
    return view
  }
  const putCounter = (name: string, to: (one: CounterView) => CounterView): HallView =>
    put({ counters: view.counters.map((one) => (one.counter === name ? to(one) : one)) })
  const counterOf = (name: string): CounterView | undefined => view.counters.find(({ counter }) => counter === name)
  const free = ({ ticket: _ticket, since: _since, ...rest }: CounterView): CounterView => ({
    ...rest,
    state: 'free',
    since: instant(),
  })
  /** Runs where the hall answers at all. */
  const open = <T>(run: () => Result<T>): Result<T> => {
    const fault = demoTrouble(view)
    return fault === undefined ? run() : err(fault)
  }
  const issue = (service: string, more: Partial<TicketView> = {}): Result<TicketView> =>
    open(() => {
      const at = view.services.find(({ letter }) => letter === service)
      if (at?.open !== true) return err(faultOf('ticket.service'))
      const ticket: TicketView = {
        ticket: demoTicketName(service, (next += 1)),
        service,
        state: 'waiting',
        recalls: 0,
        issuedAt: instant(),
        ...more,
      }
      put({ waiting: [...view.waiting, ticket] })
      return ok(ticket)
    })
  const call = (ticket: TicketView): TicketView => {
    const called: TicketView = { ...ticket, state: 'called', counter: view.counter, calledAt: instant() }
    put({
      waiting: view.waiting.filter((one) => one.ticket !== ticket.ticket),
      parked: view.parked.filter((one) => one.ticket !== ticket.ticket),
      missed: view.missed.filter((one) => one.ticket !== ticket.ticket),
      counters: view.counters.map((one) =>
        one.counter === view.counter ? { ...one, state: 'called', ticket: called, since: instant() } : one,
      ),
    })
    return called
  }
  const everywhere = (): TicketView[] => [
    ...view.waiting,
    ...view.parked,
    ...view.missed,
    ...view.counters.flatMap(({ ticket }) => (ticket === undefined ? [] : [ticket])),
  ]
  /** Takes a ticket away from its counter and puts it where it goes. */
  const leave = (ticket: TicketView, to: 'waiting' | 'parked' | 'missed' | 'done', more: Partial<TicketView> = {}) => {
    const { calledAt: _called, hereAt: _here, counter: _counter, ...rest } = ticket
    const left: TicketView = { ...rest, ...more, state: to }
    put({
      counters: view.counters.map((one) => (one.ticket?.ticket === ticket.ticket ? free(one) : one)),
      waiting: view.waiting.filter((one) => one.ticket !== ticket.ticket),
      parked: view.parked.filter((one) => one.ticket !== ticket.ticket),
      missed: view.missed.filter((one) => one.ticket !== ticket.ticket),
      ...(to === 'done' ? { figures: { ...view.figures, served: view.figures.served + 1 } } : {}),
    })
    if (to !== 'done') put({ [to]: [...view[to], left] })
    return left
  }

  return {
    ...demoAppointments(
      () => view,
      issue,
      now,
      () => state.citizen !== undefined,
    ),
    'hall.view': () => ok(view),
    'hall.board': () => ok(demoBoard(view, state.ticketPaper)),
    'hall.signOn': ({ services }) =>
      open(() => {
        putCounter(view.counter, (one) => ({ ...free(one), services, agent: state.session?.name ?? 'demo' }))
        return ok({})
      }),
    'hall.signOff': () =>
      open(() => {
        putCounter(view.counter, ({ counter }) => ({ counter, state: 'closed', services: [] }))
        return ok({})
      }),
    'hall.away': ({ away, back }) =>
      open(() => {
        putCounter(view.counter, (one) =>
          away ? { ...free(one), state: 'away', ...(back === undefined ? {} : { back }) } : free(one),
        )
        return ok({})
      }),
    'hall.next': ({ service }) =>
      open(() => {
        const mine = counterOf(view.counter)
        if (mine?.ticket !== undefined) leave(mine.ticket, 'done')
        const found = view.waiting.find(
          (one) => (service === undefined || one.service === service) && mine?.services.includes(one.service) === true,
        )
        return ok({ ticket: found === undefined ? null : call(found) })
      }),
    // Nobody of the demonstration's other counters has begun anything.
    'hall.takeFile': ({ ticket }) => err(faultOf('ticket.state', undefined, { ticket })),
    'hall.ticket': ({ ticket: name, act, service, counter }) =>
      open(() => {
        const ticket = everywhere().find((one) => one.ticket === name)
        if (ticket === undefined) return err(faultOf('ticket.unknown'))
        if (act === 'call') return ok({ ticket: call(ticket) })
        if (act === 'here' || act === 'recall') {
          if (ticket.counter === undefined) return err(faultOf('ticket.state'))
          if (act === 'recall' && ticket.recalls >= view.recallLimit) return err(faultOf('ticket.recalled'))
          const changed: TicketView =
            act === 'here' ? { ...ticket, hereAt: instant() } : { ...ticket, recalls: ticket.recalls + 1 }
          putCounter(ticket.counter, (one) => ({
            ...one,
            ticket: changed,
            ...(act === 'here' ? { state: 'serving' as const } : {}),
          }))
          return ok({ ticket: changed })
        }
        if (act === 'transfer')
          return ok({
            ticket: leave(ticket, 'waiting', {
              ...(service === undefined ? {} : { service }),
              ...(counter === undefined ? {} : { reserved: counter }),
            }),
          })
        const to = { park: 'parked', missed: 'missed', done: 'done', takeBack: 'waiting' } as const
        return ok({ ticket: leave(ticket, to[act], act === 'takeBack' ? { recalls: 0 } : {}) })
      }),
    'hall.issue': ({ service, priority, aloud }) => {
      if (state.ticketPaper === 'out' && aloud === undefined) return err(faultOf('ticket.noPaper'))
      const issued = issue(service, priority === undefined ? {} : { priority })
      const printed = state.ticketPaper === 'ready' && aloud === undefined
      return issued.ok ? ok({ ticket: issued.value, printed }) : issued
    },
    'hall.alarm': ({ on }) => {
      putCounter(view.counter, ({ alarmSince: _alarm, ...one }) => (on ? { ...one, alarmSince: instant() } : one))
      return ok({})
    },
    'kiosk.issue': ({ commandId, service, priority }) => {
      const known = helped.get(commandId)
      if (known !== undefined) return ok(known)
      if (state.ticketPaper === 'out') return err(faultOf('ticket.noPaper'))
      const before = view.waiting.filter((one) => one.service === service).length
      const issued = issue(service, priority ? { priority: 'elderly' } : {})
      if (!issued.ok) return issued
      const wait = view.services.find(({ letter }) => letter === service)?.wait
      const answer = {
        ticket: issued.value.ticket,
        before,
        ...(wait === undefined ? {} : { minutes: wait.minutes }),
        printed: state.ticketPaper === 'ready',
      }
      helped.set(commandId, answer)
      return ok(answer)
    },
    'kiosk.help': () => ok({}),
    'hall.open': () => {
      state.hall = 'calm'
      const { day, openedAt } = demoHall(now(), 'morning')
      const { trouble: _trouble, ...rest } = view
      view = rest
      return ok(
        put({
          ...(day === undefined ? {} : { day }),
          ...(openedAt === undefined ? {} : { openedAt: instant() }),
          open: true,
          role: 'serving',
          serving: view.station,
          epoch: view.epoch + 1,
          services: view.services.map((one) => ({ ...one, open: one.opensAt === undefined })),
        }),
      )
    },
    'hall.close': () => open(() => ok(put({ ...demoHall(now(), 'closed'), figures: view.figures }))),
    'hall.takeOver': ({ forced }) => {
      if (view.role === 'none' || view.role === 'starting') return err(faultOf('hall.notRunning'))
      if (view.trouble === 'hall.noMajority' && !forced) return err(faultOf('hall.noMajority'))
      const { trouble: _trouble, ...rest } = view
      view = rest
      return ok(put({ role: 'serving', serving: view.station, epoch: view.epoch + 1 }))
    },
    'hall.service': ({ service, open: opens, opensAt }) =>
      open(() => {
        put({
          services: view.services.map(({ opensAt: at, ...one }) =>
            one.letter === service
              ? { ...one, open: opens, ...(opensAt === undefined ? {} : { opensAt }) }
              : { ...one, ...(at === undefined ? {} : { opensAt: at }) },
          ),
        })
        return ok({})
      }),
    'hall.assign': ({ counter, services }) =>
      open(() => {
        putCounter(counter, (one) =>
          services.length === 0
            ? { counter, state: 'closed', services: [] }
            : { ...(one.state === 'closed' ? free(one) : one), services },
        )
        return ok({})
      }),
    'hall.message': ({ to, text }) =>
      open(() => {
        const message = {
          id: crypto.randomUUID(),
          at: instant(),
          from: state.session?.name ?? 'demo',
          ...(to === undefined ? {} : { to }),
          text,
        }
        put({ messages: [message, ...view.messages].slice(0, 20) })
        return ok({})
      }),
    'hall.history': ({ from, to }) =>
      ok({ days: state.hall === 'none' || state.hall === 'notOpen' ? [] : demoHistory(from, to) }),
    'hall.forecast': () => ok({ services: state.hall === 'none' || state.hall === 'notOpen' ? [] : demoForecast() }),
  }
}
