import { z } from 'zod'
import { numbersOnDocument } from '../../../domain/hall/person.ts'
import {
  priority,
  procedureCode,
  serviceLetter,
  ticketFile,
  ticketName,
  ticketState,
} from '../../../domain/hall/ticket.ts'
import { localised } from '../../../domain/text.ts'
import { line } from '../../../text/shapes.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** A counter of the hall, as people say it: `7`, `RAB03-G2`. */
export const counterName = z.string().min(1).max(12)

/** One citizen's place in the day: no name stands here. */
export const ticketView = z.strictObject({
  ticket: ticketName,
  service: serviceLetter,
  priority: priority.optional(),
  /** The appointment that was checked in, with its time. */
  appointment: z.strictObject({ id: z.string(), time, late: z.boolean() }).optional(),
  state: ticketState,
  counter: counterName.optional(),
  /** Sent to this counter: no other one calls it. */
  reserved: counterName.optional(),
  /** What was begun for its citizen, and the station where it is. */
  file: ticketFile.optional(),
  recalls: z.int().nonnegative(),
  issuedAt: z.iso.datetime(),
  calledAt: z.iso.datetime().optional(),
  /** Since when the called citizen stands at the counter; absent while he is only called. */
  hereAt: z.iso.datetime().optional(),
  /** Since when nobody sits at the counter that called him. */
  leftAt: z.iso.datetime().optional(),
})
export type TicketView = z.infer<typeof ticketView>

/** How long somebody who comes now will wait, in minutes, and how far off that may be (one standard deviation). */
export const waitEstimate = z.strictObject({ minutes: z.int().nonnegative(), error: z.int().nonnegative() })

export const serviceView = z.strictObject({
  letter: serviceLetter,
  name: localised,
  open: z.boolean(),
  /** When a closed service takes people again. */
  opensAt: time.optional(),
  waiting: z.int().nonnegative(),
  /** When who waits longest took a ticket. */
  longestSince: z.iso.datetime().optional(),
  /** Minutes of waiting from which the supervisor is told. */
  threshold: z.int().positive(),
  /** The sheet of the catalogue that opens for a citizen with an appointment. */
  procedure: procedureCode.optional(),
  /** Who is called next by the rule, at most three. */
  next: z.array(ticketView).max(3),
  /** How many counters serve it now. */
  counters: z.int().nonnegative(),
  wait: waitEstimate.optional(),
})
export type ServiceView = z.infer<typeof serviceView>

/** `free`: signed on, nobody called; `called`: the citizen is not here yet; `serving`: he is; `away`: a break. */
export const counterState = z.enum(['closed', 'free', 'called', 'serving', 'away'])

export const hallCounterView = z.strictObject({
  counter: counterName,
  state: counterState,
  /** Who signed on, by the name that colleagues see. */
  agent: z.string().optional(),
  /** What is called there: the skills of who signed on. */
  services: z.array(serviceLetter),
  ticket: ticketView.optional(),
  since: z.iso.datetime().optional(),
  /** When who is away means to be back. */
  back: time.optional(),
  /** Its agent asks for help, silently, since then. */
  alarmSince: z.iso.datetime().optional(),
})
export type HallCounterView = z.infer<typeof hallCounterView>

export const stationView = z.strictObject({
  name: z.string(),
  votes: z.boolean(),
  reachable: z.boolean(),
  /** Since when it is not heard any more, by this station's clock. */
  lostSince: z.iso.datetime().optional(),
})

/** A word of the supervisor to one counter, or to all. */
export const hallMessage = z.strictObject({
  id: z.uuid(),
  at: z.iso.datetime(),
  from: z.string(),
  to: counterName.optional(),
  text: line(200),
})

/** The hall as people who work in it see it; the whole state each time. */
export const hallView = z.strictObject({
  /**
   * `none`: this counter is in no hall; `starting`: its station is not heard yet; `serving`, `member`, `island`: as in
   * `hall status`.
   */
  role: z.enum(['none', 'starting', 'serving', 'member', 'island']),
  /** Where nothing can be called or issued now: why (hall.noMajority, hall.notOpen, hall.disk, …). */
  trouble: z.string().optional(),
  day: z.iso.date().optional(),
  open: z.boolean(),
  openedAt: z.iso.datetime().optional(),
  epoch: z.int().nonnegative(),
  station: z.string(),
  /** The station that serves, when it was heard a moment ago. */
  serving: z.string().optional(),
  stations: z.array(stationView),
  /** This counter, as the hall calls it. */
  counter: counterName,
  /** How often a ticket is called out again before it counts as missed. */
  recallLimit: z.int().positive(),
  services: z.array(serviceView),
  counters: z.array(hallCounterView),
  /** In the order in which they would be called. */
  waiting: z.array(ticketView),
  parked: z.array(ticketView),
  missed: z.array(ticketView),
  messages: z.array(hallMessage),
  figures: z.strictObject({
    served: z.int().nonnegative(),
    missed: z.int().nonnegative(),
    waitMedianSeconds: z.int().nonnegative().optional(),
    serviceMedianSeconds: z.int().nonnegative().optional(),
  }),
  /** What stations had on their disks that no majority ever had. */
  tail: z.array(z.strictObject({ station: z.string(), what: z.string(), ticket: z.string().optional() })),
  doubts: z.array(z.string()),
  /** Entries of the log that only a later version of the program understands. */
  later: z.int().nonnegative(),
})
export type HallView = z.infer<typeof hallView>

/** What a wall or a kiosk may know: numbers and counters, nobody's name, no reason for a priority. */
export const boardView = z.strictObject({
  role: hallView.shape.role,
  epoch: z.int().nonnegative(),
  open: z.boolean(),
  day: z.iso.date().optional(),
  /** Newest first, at most eight; who was called more than once has `times` above 1. */
  calls: z
    .array(
      z.strictObject({
        ticket: ticketName,
        counter: counterName,
        calledAt: z.iso.datetime(),
        times: z.int().positive(),
      }),
    )
    .max(8),
  services: z.array(serviceView.omit({ next: true, threshold: true, longestSince: true, procedure: true })),
  /** Whether the ticket printer of this machine can print: without it a kiosk issues nothing. */
  paper: z.enum(['ready', 'out', 'none']),
})
export type BoardView = z.infer<typeof boardView>

export const appointmentView = z.strictObject({
  appointment: z.string(),
  service: serviceLetter,
  day: z.iso.date(),
  time,
  minutes: z.int().positive(),
  state: z.enum(['booked', 'cancelled', 'checkedIn', 'missed', 'done']),
  /** The ticket that it became. */
  ticket: ticketName.optional(),
})
export type AppointmentView = z.infer<typeof appointmentView>

/** The card in the reader of a kiosk; `closed`: it says nothing without a code, or nothing that finds an appointment. */
export const kioskCard = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['none', 'closed']) }),
  z.strictObject({ state: z.literal('read'), numbers: numbersOnDocument.min(1) }),
])

/** A day of one service, for the history: seconds; a percentile is the smallest value that so many have. */
export const dayCount = z.strictObject({
  day: z.iso.date(),
  service: serviceLetter,
  issued: z.int(),
  served: z.int(),
  missed: z.int(),
  left: z.int(),
  waitMedian: z.int(),
  waitP90: z.int(),
  serviceMedian: z.int(),
  serviceP90: z.int(),
})
export type DayCount = z.infer<typeof dayCount>

/** A day that is to come at one service, hour by hour, from the same weekdays before (`shared/domain/hall/forecast.ts`). */
export const forecastView = z.strictObject({
  service: serviceLetter,
  /** How many days it was made from; too few, and there is no hour. */
  days: z.int(),
  /** Tickets an hour by which such a forecast was off until now, on average. */
  error: z.number().nonnegative().exactOptional(),
  hours: z.array(
    z.strictObject({
      hour: z.int().min(0).max(23),
      tickets: z.int(),
      low: z.int(),
      high: z.int(),
      waitMedian: z.int().exactOptional(),
      waitP90: z.int().exactOptional(),
    }),
  ),
})
export type ForecastView = z.infer<typeof forecastView>
