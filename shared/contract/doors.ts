import { calls, type Call, type Calls } from './calls.ts'
import type { Door } from './doorNames.ts'
import { events, type EventName, type Events } from './events.ts'

interface Through {
  /** The calls that exist for who comes through this door; for everybody else they do not. */
  readonly calls: 'all' | readonly Call[]
  /** What is told through it. */
  readonly events: 'all' | readonly EventName[]
}

/**
 * Which calls and events each door may use. A kiosk or a board has nobody signed in, and never borrows the session of
 * an agent; stations come with the hall.
 */
export const doors = {
  clerk: { calls: 'all', events: 'all' },
  kiosk: {
    calls: ['app.state', 'hall.board', 'kiosk.issue', 'kiosk.checkIn', 'kiosk.checkInByCard', 'kiosk.help'],
    events: ['app', 'board', 'kioskCard'],
  },
  board: { calls: ['app.state', 'hall.board'], events: ['app', 'board'] },
  station: { calls: [], events: [] },
  cli: { calls: 'all', events: [] },
} as const satisfies Readonly<Record<Door, Through>>

type Named<Names, All> = Names extends 'all' ? All : Names extends readonly (infer N)[] ? N & All : never
export type CallOf<D extends Door> = Named<(typeof doors)[D]['calls'], Call>
export type EventOf<D extends Door> = Named<(typeof doors)[D]['events'], EventName>
/** The shapes that a client of this door asks with, and hears by. */
export type CallsOf<D extends Door> = Pick<Calls, CallOf<D>>
export type EventsOf<D extends Door> = Pick<Events, EventOf<D>>

/** Whether a call exists for who comes through this door. */
export const mayCall = (door: Door, name: string): name is Call => {
  const named: Through['calls'] = doors[door].calls
  return Object.hasOwn(calls, name) && (named === 'all' || named.some((one) => one === name))
}

/** Whether an event is told through this door. */
export const mayHear = (door: Door, name: string): name is EventName => {
  const named: Through['events'] = doors[door].events
  return Object.hasOwn(events, name) && (named === 'all' || named.some((one) => one === name))
}

/** The calls of a door, with their shapes. */
export const callsOf = (door: Door): Partial<Calls> =>
  Object.fromEntries(Object.entries(calls).filter(([name]) => mayCall(door, name)))
