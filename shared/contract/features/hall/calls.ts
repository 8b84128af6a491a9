import { z } from 'zod'
import { numbersOnDocument, personNumber } from '../../../domain/hall/person.ts'
import { priority, serviceLetter, ticketName } from '../../../domain/hall/ticket.ts'
import { commandId } from '../../../ids.ts'
import { line } from '../../../text/shapes.ts'
import { call, none } from '../../call.ts'
import {
  appointmentView,
  boardView,
  counterName,
  dayCount,
  forecastView,
  hallView,
  kioskCard,
  ticketView,
} from './views.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const ticket = z.strictObject({ ticket: ticketView.nullable() })
const appointment = z.strictObject({ appointment: appointmentView })
const checkedIn = z.strictObject({ ticket: ticketName, time, printed: z.boolean() })
const appointmentName = z.string().min(1).max(40)
/** Somebody says the number to whoever stands there: it is given without paper, also where the printer has none. */
const aloud = z.literal(true).optional()

/** The queue of the office: tickets, calls, appointments, supervision. */
export const calls = {
  'hall.view': call('useHall', none, hallView),
  /** For walls and kiosks, where nobody is signed in. */
  'hall.board': call('public', none, boardView),

  // At a counter
  'hall.signOn': call('useHall', z.strictObject({ commandId, services: z.array(serviceLetter).max(26) }), none),
  'hall.signOff': call('useHall', z.strictObject({ commandId }), none),
  'hall.away': call('useHall', z.strictObject({ commandId, away: z.boolean(), back: time.optional() }), none),
  /** One stroke: what is at this counter is done, and the next one is called. Nobody waits: null. */
  'hall.next': call('useHall', z.strictObject({ commandId, service: serviceLetter.optional() }), ticket),
  'hall.ticket': call(
    'useHall',
    z.strictObject({
      commandId,
      ticket: ticketName,
      /** `takeBack`: a wrong call, he waits on in his place; `here`: he stands at the counter. */
      act: z.enum(['call', 'here', 'recall', 'park', 'missed', 'done', 'takeBack', 'transfer']),
      service: serviceLetter.optional(),
      counter: counterName.optional(),
      /** With `transfer`: what was begun for its citizen goes with it, to whoever calls it. */
      draftId: z.uuid().optional(),
    }),
    ticket,
  ),
  /** What another counter began for the citizen of the ticket at this one is a draft here; `left`: scans that stayed there. */
  'hall.takeFile': call(
    'serveCitizens',
    z.strictObject({ ticket: ticketName }),
    z.strictObject({ id: z.uuid(), left: z.int().nonnegative() }),
  ),
  /** The welcome desk: the ticket is printed where a ticket printer is; `printed` says whether it was. */
  'hall.issue': call(
    'useHall',
    z.strictObject({ commandId, service: serviceLetter, priority: priority.optional(), aloud }),
    z.strictObject({ ticket: ticketView, printed: z.boolean() }),
  ),
  /** A silent call for help from this counter, and its end. */
  'hall.alarm': call('useHall', z.strictObject({ commandId, on: z.boolean() }), none),

  // At a kiosk: only through its door
  'kiosk.issue': call(
    'public',
    z.strictObject({
      commandId,
      service: serviceLetter,
      /** Nobody proves anything at a kiosk, and the ticket does not say why. */
      priority: z.boolean(),
    }),
    z.strictObject({
      ticket: ticketName,
      before: z.int().nonnegative(),
      minutes: z.int().nonnegative().optional(),
      /** Whether it came out on paper; else the number is on the screen alone. */
      printed: z.boolean(),
    }),
  ),
  /** With the number of the appointment, as typed or scanned. */
  'kiosk.checkIn': call(
    'public',
    z.strictObject({ commandId, appointment: appointmentName, priority: z.boolean() }),
    checkedIn,
  ),
  /** With the numbers on the card that was shown: the first appointment of today that is not checked in. */
  'kiosk.checkInByCard': call(
    'public',
    z.strictObject({ commandId, numbers: numbersOnDocument.min(1), priority: z.boolean() }),
    checkedIn,
  ),
  /** Somebody at the kiosk wants a person. */
  'kiosk.help': call('public', z.strictObject({ commandId }), none),

  // The day, by a supervisor
  'hall.open': call('runHall', none, hallView),
  'hall.close': call('runHall', z.strictObject({ commandId }), hallView),
  'hall.takeOver': call('runHall', z.strictObject({ forced: z.boolean() }), hallView),
  'hall.service': call(
    'runHall',
    z.strictObject({ commandId, service: serviceLetter, open: z.boolean(), opensAt: time.optional() }),
    none,
  ),
  /** What a counter calls from now on; nothing: it is closed. */
  'hall.assign': call(
    'runHall',
    z.strictObject({ commandId, counter: counterName, services: z.array(serviceLetter).max(26) }),
    none,
  ),
  'hall.message': call(
    'runHall',
    z.strictObject({ commandId, to: counterName.optional(), text: line(200).min(1) }),
    none,
  ),
  'hall.history': call(
    'runHall',
    z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
    z.strictObject({ days: z.array(dayCount) }),
  ),
  /** What is to be expected on a day. */
  'hall.forecast': call(
    'runHall',
    z.strictObject({ day: z.iso.date() }),
    z.strictObject({ services: z.array(forecastView) }),
  ),

  // Appointments
  'appointments.list': call(
    'useHall',
    z.strictObject({ day: z.iso.date() }),
    z.strictObject({ appointments: z.array(appointmentView) }),
  ),
  /** Times of a day that still have a place. */
  'appointments.free': call(
    'useHall',
    z.strictObject({ service: serviceLetter, day: z.iso.date() }),
    z.strictObject({ times: z.array(z.strictObject({ time, places: z.int().positive() })) }),
  ),
  'appointments.book': call(
    'useHall',
    z.strictObject({
      commandId,
      service: serviceLetter,
      day: z.iso.date(),
      time,
      /** Of the person, or of the card: only a mark of it is kept, by which the card finds the appointment. */
      number: personNumber.optional(),
    }),
    appointment,
  ),
  /** What the citizen at this window's desk has today, by the numbers on the card. */
  'appointments.ofCitizen': call('useHall', none, z.strictObject({ appointments: z.array(appointmentView) })),
  'appointments.move': call(
    'useHall',
    z.strictObject({ commandId, appointment: appointmentName, day: z.iso.date(), time }),
    appointment,
  ),
  'appointments.cancel': call('useHall', z.strictObject({ commandId, appointment: appointmentName }), appointment),
  'appointments.checkIn': call(
    'useHall',
    z.strictObject({ commandId, appointment: appointmentName, priority: priority.optional(), aloud }),
    z.strictObject({ ticket: ticketView, printed: z.boolean() }),
  ),
  /** The list of a day as PDF, for the day on which the computers do not start. */
  'appointments.paper': call(
    'useHall',
    z.strictObject({ day: z.iso.date() }),
    z.strictObject({ pdf: z.instanceof(Uint8Array) }),
  ),
  /** iCalendar, RFC 5545, in UTC. */
  'appointments.calendar': call('useHall', none, z.strictObject({ text: z.string() })),
} as const

/** Each payload is the whole new state. */
export const events = { hall: hallView, board: boardView, kioskCard } as const
