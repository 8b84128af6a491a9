import type { CardAccess, CardEvent, CardReading, ReaderInfo } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import type { Progress } from './profile.ts'
import type { Slot, TransportEvent } from './transport.ts'

/**
 * The readers of a counter as a pure state machine: what happens comes in, the next state and what is to be done come
 * out.
 * A reading has a number, so that whatever a pulled card still delivers is told from the next one.
 *
 *     empty ── card ──▶ reading ── ended ──▶ ended (done or failed)
 *       ▲                  │                   │
 *       └───── empty ──────┴────── empty ──────┘        (removed is told, empty is kept)
 *
 * As long as nobody watches, a card waits in `present` until it is asked for.
 */
export interface Station {
  readonly service: 'unknown' | 'up' | 'down'
  readonly settled: boolean
  /** Somebody watches: cards are read by themselves. */
  readonly watched: boolean
  readonly readers: ReadonlyMap<string, ReaderState>
  /** Readings begun so far. */
  readonly begun: number
}

interface ReaderState {
  readonly slot: Slot
  readonly phase: 'empty' | 'present' | 'reading' | 'ended'
  /** The number of the reading that goes on, or of the last one. */
  readonly reading: number
  /** Replayed to a new listener. */
  readonly last: CardEvent
}

export type StationInput =
  | TransportEvent
  | { readonly kind: 'progress'; readonly reader: string; readonly reading: number; readonly progress: Progress }
  | { readonly kind: 'ended'; readonly reader: string; readonly reading: number; readonly result: Result<CardReading> }
  | { readonly kind: 'watched' }
  /** Somebody asks for the card to be read once more. */
  | { readonly kind: 'again'; readonly reader: string; readonly access?: CardAccess }

export type Effect =
  | { readonly do: 'tell'; readonly event: CardEvent }
  | { readonly do: 'read'; readonly reader: string; readonly reading: number; readonly access?: CardAccess }
  | { readonly do: 'cancel'; readonly reading: number }

export type Next = { readonly station: Station; readonly effects: readonly Effect[] }

export const newStation: Station = { service: 'unknown', settled: false, watched: false, readers: new Map(), begun: 0 }

/** One step. `simulated` says which readers are not real. */
export function step(station: Station, input: StationInput, simulated: (reader: string) => boolean): Next {
  switch (input.kind) {
    case 'service':
      return input.up ? serviceUp(station) : serviceDown(station)
    case 'settled':
      return settled({ ...station, settled: true }, [])
    case 'watched':
      return watched(station)
    case 'gone':
      return gone(station, input.reader)
    case 'slot':
      return slot(station, input.reader, input.slot, simulated(input.reader))
    case 'again':
      return station.readers.has(input.reader) ? begin(station, input.reader, input.access) : same(station)
    case 'progress':
      return progress(station, input)
    case 'ended':
      return ended(station, input)
  }
}

/** What a new listener has to know. */
export function replay(station: Station): readonly CardEvent[] {
  if (station.service === 'down') return [{ state: 'noService' }]
  if (station.readers.size === 0) return station.settled ? [{ state: 'noReader' }] : []
  return [...station.readers.values()].map((reader) => reader.last)
}

/** The readers that are connected, in the order in which they came. */
export const readersOf = (station: Station, simulated: (reader: string) => boolean): ReaderInfo[] =>
  [...station.readers].map(([reader, { phase }]) => ({ reader, simulated: simulated(reader), card: phase !== 'empty' }))

const same = (station: Station): Next => ({ station, effects: [] })

const withReader = (station: Station, reader: string, state: ReaderState): Station => ({
  ...station,
  service: 'up',
  readers: new Map(station.readers).set(reader, state),
})

const serviceUp = (station: Station): Next =>
  same({ ...station, service: 'up', settled: station.service === 'up' && station.settled })

function serviceDown(station: Station): Next {
  const effects: Effect[] = [...station.readers.values()]
    .filter(({ phase }) => phase === 'reading')
    .map(({ reading }) => ({ do: 'cancel', reading }))
  if (station.service !== 'down') effects.push({ do: 'tell', event: { state: 'noService' } })
  return { station: { ...station, service: 'down', settled: true, readers: new Map() }, effects }
}

const settled = (station: Station, effects: readonly Effect[]): Next => ({
  station,
  effects:
    station.readers.size === 0 && station.settled && station.service !== 'down'
      ? [...effects, { do: 'tell', event: { state: 'noReader' } }]
      : effects,
})

function gone(station: Station, reader: string): Next {
  const known = station.readers.get(reader)
  if (known === undefined) return same(station)
  const readers = new Map(station.readers)
  readers.delete(reader)
  return settled({ ...station, readers }, known.phase === 'empty' ? [] : left(known, reader))
}

/** A card that is not there any more: a reading that was going on has failed, and nothing of it is kept. */
const left = ({ phase, reading }: ReaderState, reader: string): Effect[] => [
  ...(phase === 'reading'
    ? ([
        { do: 'cancel', reading },
        { do: 'tell', event: { state: 'failed', reader, fault: faultOf('card.removed') } },
      ] satisfies Effect[])
    : []),
  { do: 'tell', event: { state: 'removed', reader } },
]

function slot(station: Station, reader: string, now: Slot, simulated: boolean): Next {
  const known = station.readers.get(reader)
  if (now === 'empty') {
    const empty: ReaderState = { slot: now, phase: 'empty', reading: 0, last: { state: 'empty', reader, simulated } }
    if (known?.phase === 'empty') return same(station)
    const effects: Effect[] = known === undefined ? [{ do: 'tell', event: empty.last }] : left(known, reader)
    return { station: withReader(station, reader, empty), effects }
  }
  const here =
    known === undefined || known.slot === now ? station : withReader(station, reader, { ...known, slot: now })
  if (known?.phase === 'reading') return same(here)
  if (now === 'card') return known?.phase === 'ended' && !mayTryAgain(known) ? same(here) : arrived(here, reader)
  if (known?.phase === 'ended') return same(here)
  const event: CardEvent = { state: 'failed', reader, fault: faultOf(now === 'mute' ? 'card.mute' : 'card.busy') }
  return {
    station: withReader(station, reader, { slot: now, phase: 'ended', reading: 0, last: event }),
    effects: [{ do: 'tell', event }],
  }
}

/** The other program let go, the card woke up, or it was pushed in again before the reader noticed that it had left. */
const mayTryAgain = ({ slot, last }: ReaderState): boolean =>
  last.state === 'failed' && (slot !== 'card' || last.fault.code === 'card.removed')

/** A card is read at once when somebody watches, otherwise when it is asked for. */
const arrived = (station: Station, reader: string): Next =>
  station.watched
    ? begin(station, reader)
    : same(withReader(station, reader, { slot: 'card', phase: 'present', reading: 0, last: started(reader) }))

const watched = (station: Station): Next =>
  [...station.readers]
    .filter(([, { phase }]) => phase === 'present')
    .reduce<Next>(
      (next, [reader]) => {
        const { station: after, effects } = begin(next.station, reader)
        return { station: after, effects: [...next.effects, ...effects] }
      },
      same({ ...station, watched: true }),
    )

const started = (reader: string): CardEvent => ({ state: 'reading', reader, step: 'identity', done: 0, total: 1 })

function begin(station: Station, reader: string, access?: CardAccess): Next {
  const known = station.readers.get(reader)
  if (known?.phase === 'reading') return same(station)
  const reading = station.begun + 1
  const last = started(reader)
  const next = withReader({ ...station, begun: reading }, reader, {
    slot: known?.slot ?? 'card',
    phase: 'reading',
    reading,
    last,
  })
  return {
    station: next,
    effects: [
      { do: 'tell', event: last },
      { do: 'read', reader, reading, ...(access !== undefined && { access }) },
    ],
  }
}

function progress(station: Station, { reader, reading, progress }: Extract<StationInput, { kind: 'progress' }>): Next {
  const known = station.readers.get(reader)
  if (known?.phase !== 'reading' || known.reading !== reading) return same(station)
  const event: CardEvent = { reader, ...progress }
  return { station: withReader(station, reader, { ...known, last: event }), effects: [{ do: 'tell', event }] }
}

function ended(station: Station, { reader, reading, result }: Extract<StationInput, { kind: 'ended' }>): Next {
  const known = station.readers.get(reader)
  if (known?.phase !== 'reading' || known.reading !== reading) return same(station)
  const event: CardEvent = result.ok
    ? { state: 'done', reader, reading: result.value }
    : { state: 'failed', reader, fault: result.fault }
  return {
    station: withReader(station, reader, { ...known, phase: 'ended', last: event }),
    effects: [{ do: 'tell', event }],
  }
}
