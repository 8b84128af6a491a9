import type { HallAnswer } from './command.ts'
import type { PersonMark } from './person.ts'
import type { Promised } from './promise.ts'
import type { HallCounter, Ticket } from './ticket.ts'

export interface Booking {
  readonly appointment: string
  readonly service: string
  readonly day: string
  readonly time: string
  readonly minutes: number
  readonly state: 'booked' | 'cancelled' | 'checkedIn' | 'missed' | 'done'
  /** Which of the places of its service it takes, from 0: one place has one booking at a time. */
  readonly place: number
  readonly person?: PersonMark
  /** It was made at the platform. */
  readonly promise?: Promised
}

/** A counter at which somebody signed on, which a supervisor gave its services, or from which help was asked for. */
export interface CounterState {
  readonly counter: HallCounter
  readonly agent?: string
  /** What it calls; absent, or nothing while an agent is there: whoever is next. */
  readonly services?: readonly string[]
  /** Closed by a supervisor: nothing is called there. */
  readonly closed?: true
  /** UTC instants, by the clock of who served: since when the agent is there, on a break, asks for help. */
  readonly since?: string
  readonly away?: { readonly since: string; readonly back?: string }
  readonly alarmSince?: string
}

/** What somebody said to a counter, or to all. */
export interface HallMessage {
  readonly id: string
  readonly at: string
  readonly from: string
  readonly to?: HallCounter
  readonly text: string
}

/**
 * A hall as its log made it. Only `applyEvent` changes it, and the same events make the same hall on every station.
 */
export interface Hall {
  /** The business day, and whether it is open. */
  day: string | undefined
  open: boolean
  /** Of the day, in the order of issue. */
  readonly tickets: Map<string, Ticket>
  /** How many were issued in the day, by series (a service, or an island's range of it). */
  readonly series: Map<string, number>
  ranks: number
  /** By the name of the counter, as it is said. */
  readonly counters: Map<string, CounterState>
  /** Services that take nobody now, and when they do again, where that is known. */
  readonly closedServices: Map<string, { readonly opensAt?: string }>
  readonly messages: HallMessage[]
  /** When the day was opened. */
  openedAt: string | undefined
  readonly bookings: Map<string, Booking>
  /** Who has a cell of five minutes of a place: `A/3/2026-12-01/510`. A key has one holder, whatever was asked. */
  readonly cells: Map<string, string>
  booked: number
  /** What was answered to a command of the day, by its id: a repeat gets it again. */
  readonly answers: Map<string, { readonly question: string; readonly answer: HallAnswer; readonly seq: number }>
  /** Islands that came home: `station-2/1`, and how many of their events are here. */
  readonly islands: Map<string, number>
  readonly tails: {
    readonly station: string
    readonly epoch: number
    readonly seq: number
    readonly what: string
    readonly ticket?: string
  }[]
  /** Which entries of which station were told, on whatever day: `station-2/4/17`, epoch and number. */
  readonly tailsTold: Set<string>
  readonly doubts: Set<string>
  /** Events of a later version, which this one does not understand: the hall here is not the whole hall. */
  later: number
}

/** A hall in which nothing has happened. */
export const emptyHall = (): Hall => ({
  day: undefined,
  open: false,
  tickets: new Map(),
  series: new Map(),
  ranks: 0,
  counters: new Map(),
  closedServices: new Map(),
  messages: [],
  openedAt: undefined,
  bookings: new Map(),
  cells: new Map(),
  booked: 0,
  answers: new Map(),
  islands: new Map(),
  tails: [],
  tailsTold: new Set(),
  doubts: new Set(),
  later: 0,
})
