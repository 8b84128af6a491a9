import { ticketEventsOf, type HallEvent, type TicketEvent } from './event.ts'

/** An event with the instant that its server's clock showed. */
export interface Timed {
  readonly at: string
  readonly event: HallEvent
}

/** What is counted of one service on one business day. Seconds; a percentile is the smallest value that so many have. */
export interface ServiceCount {
  readonly day: string
  readonly service: string
  readonly issued: number
  readonly served: number
  readonly missed: number
  /** Issued, and neither served nor missed when its day ended. */
  readonly left: number
  readonly waitMedian: number
  readonly waitP90: number
  readonly serviceMedian: number
  readonly serviceP90: number
}

/** One ticket in its business day, as far as counting needs it; milliseconds. */
export interface Life {
  readonly day: string
  /** Where it was last. */
  readonly service: string
  readonly issued: number
  /** Until the first call that was not taken back. */
  readonly waited: number
  readonly called: boolean
}

interface LifeUnderWay extends Life {
  service: string
  waited: number
  calledAt: number | undefined
  called: boolean
  /** The call under way is its first: taken back, it has waited on. */
  first: boolean
  end: 'served' | 'missed' | undefined
  serving: number
}

/** Counts by service and business day; who is issued at one service and served at another counts where he was served. */
export const statisticsOf = (events: Iterable<Timed>): readonly ServiceCount[] => countLives(readLives(events))

/** All tickets of a log. */
export const livesOf = (events: Iterable<Timed>): Iterable<Life> => readLives(events)

/**
 * Reads the log of events in one pass. A day is what was opened, whatever midnight or the clock of the next server say.
 * Clocks differ between servers: a wait is never less than nothing.
 */
function readLives(events: Iterable<Timed>): Iterable<LifeUnderWay> {
  const lives = new Map<string, LifeUnderWay>()
  const islands = new Map<string, number>()
  let day = ''
  for (const { at, event } of events) {
    if (event.type === 'opened') day = event.day
    else if (event.type === 'joined') {
      const key = `${event.station}/${String(event.island)}`
      const known = islands.get(key) ?? 0
      const range = `S${event.station.slice('station-'.length)}-`
      for (const { at: on, event: said } of event.events.slice(known))
        for (const one of ticketEventsOf(said))
          if (one.ticket.startsWith(range) || mayEnd(lives, day, one))
            live(lives, one.ticket.startsWith(range) ? event.day : day, Date.parse(on), one)
      islands.set(key, Math.max(known, event.events.length))
    } else for (const one of ticketEventsOf(event)) live(lives, day, Date.parse(at), one)
  }
  return lives.values()
}

const mayEnd = (lives: ReadonlyMap<string, LifeUnderWay>, day: string, event: TicketEvent): boolean =>
  event.type === 'done' && lives.get(`${day}/${event.ticket}`)?.calledAt !== undefined

function live(lives: Map<string, LifeUnderWay>, day: string, at: number, event: TicketEvent): void {
  const key = `${day}/${event.ticket}`
  if (event.type === 'issued') {
    lives.set(key, {
      day,
      service: event.service,
      issued: at,
      waited: 0,
      calledAt: undefined,
      called: false,
      first: false,
      end: undefined,
      serving: 0,
    })
    return
  }
  const life = lives.get(key)
  if (life !== undefined) step(life, at, event)
}

function step(life: LifeUnderWay, at: number, event: Exclude<TicketEvent, { type: 'issued' }>): void {
  const serving = life.calledAt === undefined ? 0 : Math.max(0, at - life.calledAt)
  switch (event.type) {
    case 'called':
    case 'recalled':
      if (life.calledAt !== undefined) return
      life.first = !life.called
      if (life.first) life.waited = Math.max(0, at - life.issued)
      life.called = true
      life.calledAt = at
      life.end = undefined
      return
    case 'returned':
      // A wrong call never happened.
      life.calledAt = undefined
      life.called = !life.first
      return
    case 'here':
    case 'filed':
      return
    case 'parked':
      life.serving += serving
      life.calledAt = undefined
      return
    case 'transferred':
      life.serving += serving
      life.calledAt = undefined
      life.end = undefined
      life.service = event.service ?? life.service
      return
    case 'missed':
      life.calledAt = undefined
      life.end = 'missed'
      return
    case 'done':
      life.serving += serving
      life.calledAt = undefined
      life.end = 'served'
  }
}

function countLives(lives: Iterable<LifeUnderWay>): readonly ServiceCount[] {
  const groups = new Map<string, LifeUnderWay[]>()
  for (const life of lives) {
    const key = `${life.day}/${life.service}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [life])
    else group.push(life)
  }
  return [...groups.keys()].sort().flatMap((key) => {
    const group = groups.get(key) ?? []
    const [first] = group
    if (first === undefined) return []
    const ended = (end: LifeUnderWay['end']): number => group.filter((life) => life.end === end).length
    const waits = secondsOf(group.filter(({ called }) => called).map(({ waited }) => waited))
    const services = secondsOf(group.filter(({ end }) => end === 'served').map(({ serving }) => serving))
    return {
      day: first.day,
      service: first.service,
      issued: group.length,
      served: ended('served'),
      missed: ended('missed'),
      left: ended(undefined),
      waitMedian: percentile(waits, 0.5),
      waitP90: percentile(waits, 0.9),
      serviceMedian: percentile(services, 0.5),
      serviceP90: percentile(services, 0.9),
    }
  })
}

const secondsOf = (times: readonly number[]): readonly number[] =>
  times.map((ms) => Math.round(ms / 1_000)).sort((a, b) => a - b)

/** Of ascending values, by nearest rank; 0 of nothing. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
