import { z } from 'zod'
import { archiveClass } from '../../../domain/mail/archive/classPlan.ts'
import { basket } from '../../../domain/mail/baskets.ts'
import { choosableFields } from '../../../domain/mail/mailOffice.ts'
import {
  confidentialities,
  correspondent,
  letterDraft,
  letterRegister,
  letterState,
  routing,
} from '../../../domain/mail/letter.ts'
import { letterClock } from '../../../domain/mail/letterClock.ts'
import { unusedReason } from '../../../domain/mail/ownReference.ts'
import { savedSearches } from '../../../domain/mail/savedSearch.ts'
import { localised } from '../../../domain/text.ts'
import { registerNumber, sha256Hex } from '../../../ids.ts'
import { line } from '../../../text/shapes.ts'
import { digitalWaiting } from './digital.ts'

const listed = z.array(z.strictObject({ code: z.string(), name: localised }))

/** How this office keeps its registers, for whoever asks. */
export const mailSettings = z.strictObject({
  /** Today at the office. */
  today: z.iso.date(),
  services: listed,
  kinds: listed,
  instructions: listed,
  fields: z.partialRecord(z.enum(choosableFields), z.enum(['hidden', 'shown', 'required'])),
  /** The classification plan of the office. */
  plan: z.array(archiveClass),
  /** The searches that who asks keeps. */
  searches: savedSearches,
  /** The highest level that who asks may see. */
  clearance: z.enum(confidentialities),
})
export type MailSettings = z.infer<typeof mailSettings>

/** One line of a register. */
export const letterLine = z.strictObject({
  id: z.uuid(),
  number: registerNumber,
  register: letterRegister,
  receivedOn: z.iso.date(),
  registeredAt: z.iso.datetime(),
  /** Registered on a later day than it came. */
  late: z.boolean(),
  sender: correspondent,
  recipients: z.array(correspondent),
  subject: z.string(),
  reference: z.string().optional(),
  letterDate: z.iso.date().optional(),
  kind: z.string(),
  urgency: letterDraft.shape.urgency.unwrap(),
  confidentiality: letterDraft.shape.confidentiality.unwrap(),
  /** The service that it was routed to, or meant for. */
  service: z.string().optional(),
  /** The last day of what was asked. */
  by: z.iso.date().optional(),
  state: letterState,
  /** Who has the paper, and since when; absent while it is in the mail office. */
  holder: z.strictObject({ service: z.string(), since: z.iso.datetime() }).optional(),
  files: z.int().nonnegative(),
  /** How often its service was reminded of it, and when last; absent where it never was. */
  reminded: z.strictObject({ times: z.int().positive(), at: z.iso.datetime() }).optional(),
  /** Of a departure: the day on which its addressee signed for it, as its acknowledgement says. */
  acknowledgedOn: z.iso.date().optional(),
  /** What it said was destroyed by a list of elimination: number, dates and class stay. */
  destroyed: z.boolean().optional(),
})
export type LetterLine = z.infer<typeof letterLine>

/** A line of a register that was kept elsewhere, under the number that it had there. */
export const oldLetterLine = z.strictObject({
  number: z.string(),
  register: letterRegister,
  receivedOn: z.iso.date(),
  sender: z.string(),
  subject: z.string(),
  reference: z.string().optional(),
  service: z.string().optional(),
})
export type OldLetterLine = z.infer<typeof oldLetterLine>

/** What happened to a letter, oldest first. */
export const letterEvent = z.strictObject({
  at: z.iso.datetime(),
  /** The code of who did it. */
  agent: z.string(),
  what: z.enum([
    'registered',
    'routed',
    'handedOver',
    'received',
    'returned',
    'reminded',
    'scanAdded',
    'acknowledged',
    'answered',
    'requested',
    'classified',
    'held',
    'released',
    'listed',
    'destroyed',
    'cancelled',
  ]),
  /** The service, the number of the answer or of the deposit, or the slip. */
  about: z.string().optional(),
  text: z.string().optional(),
  by: z.iso.date().optional(),
})
export type LetterEvent = z.infer<typeof letterEvent>

export const letterView = letterLine.extend({
  letter: letterDraft,
  files: z.array(
    z.strictObject({
      sha256: sha256Hex,
      name: z.string(),
      mime: z.string(),
      size: z.int().nonnegative(),
    }),
  ),
  routing: routing.optional(),
  clock: letterClock.optional(),
  events: z.array(letterEvent),
  /** The letters of ours that answer it. */
  answers: z.array(registerNumber),
  /** Its day was closed: the line is read-only. */
  closed: z.boolean(),
  /** The class of the plan that somebody gave it; absent where it has that of its kind. */
  class: z.string().optional(),
  /** Why nothing may be done with it for now. */
  held: z.string().optional(),
})
export type LetterView = z.infer<typeof letterView>

/** A reference of ours (N/Réf) that was given to a letter while it is being written. */
export const referenceView = z.strictObject({
  text: z.string(),
  service: z.string(),
  agent: z.string(),
  at: z.iso.datetime(),
  /** The letter that it will answer. */
  inReplyTo: registerNumber.optional(),
})
export type ReferenceView = z.infer<typeof referenceView>

/** What is known of a reference that is read on a letter which comes back signed. */
export const knownReference = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('unknown') }),
  /** No departure bears it; `setAside`: somebody said that none would, and why. */
  z.strictObject({ is: z.literal('open'), reference: referenceView, setAside: unusedReason.exactOptional() }),
  z.strictObject({ is: z.literal('sent'), departure: registerNumber }),
  /** A departure bears it that who asks may not see: nothing else is told of it. */
  z.strictObject({ is: z.literal('hidden') }),
])
export type KnownReference = z.infer<typeof knownReference>

/** What is known of a registered item (UPU S10) whose number is scanned: an acknowledgement that came back. */
export const knownPosted = z.discriminatedUnion('is', [
  /** No departure of this counter bears it. */
  z.strictObject({ is: z.literal('unknown') }),
  z.strictObject({ is: z.literal('sent'), departure: registerNumber, acknowledgedOn: z.iso.date().optional() }),
  /** A departure that who asks may not see. */
  z.strictObject({ is: z.literal('hidden') }),
])
export type KnownPosted = z.infer<typeof knownPosted>

/** Lines of one search at most. A window asks for what it shows, a command line for all. */
export const mostLines = 10_000

/** What is looked for; without words every line that the rest lets through. */
export const letterQuestion = z.strictObject({
  words: line(200).default(''),
  register: letterRegister.optional(),
  state: letterState.optional(),
  service: z.string().max(80).optional(),
  /** First and last day on which they came. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Those that an answer is owed to, by their last day. */
  due: basket.optional(),
  limit: z.int().min(1).max(mostLines).default(50),
  skip: z.int().min(0).max(1_000_000).default(0),
  /** How far `total` is counted. */
  countTo: z.int().min(1).max(10_000_000).default(1_000),
})
export type LetterQuestion = z.infer<typeof letterQuestion>

/** One register on one day, or in one year. */
export const registerCount = z.strictObject({
  register: letterRegister,
  count: z.int().nonnegative(),
  cancelled: z.int().nonnegative(),
  first: registerNumber.optional(),
  last: registerNumber.optional(),
})
export type RegisterCount = z.infer<typeof registerCount>

/** What a closing of the registers states. */
export const mailClosingView = z.strictObject({
  closingId: z.uuid(),
  period: z.string(),
  first: registerNumber.optional(),
  last: registerNumber.optional(),
  count: z.int().nonnegative(),
  cancelled: z.int().nonnegative(),
  registers: z.array(registerCount),
  closedAt: z.iso.datetime(),
  agent: z.string(),
  hash: sha256Hex,
})
export type MailClosingView = z.infer<typeof mailClosingView>

const due = z.strictObject({
  late: z.int().nonnegative(),
  today: z.int().nonnegative(),
  soon: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
})

/** What one service owes: letters by their last day, and those that were not routed yet. */
export const serviceBaskets = due.extend({
  /** Absent where no service was thought of yet. */
  service: z.string().optional(),
  unrouted: z.int().nonnegative(),
})
export type ServiceBaskets = z.infer<typeof serviceBaskets>

/** The morning of a mail office, and what its registers hold on the day that was asked for: today where none was. */
export const mailOverview = z.strictObject({
  today: z.iso.date(),
  registers: z.array(registerCount),
  /** Lines of today that came on an earlier day. */
  late: z.int().nonnegative(),
  /** Letters that nobody was charged with yet. */
  unrouted: z.int().nonnegative(),
  due,
  digital: digitalWaiting,
  /** Days before today with lines that are not closed, oldest first. */
  open: z.array(z.iso.date()),
  /** The closing of the day that was asked for, once there is one. */
  closing: mailClosingView.optional(),
})
export type MailOverview = z.infer<typeof mailOverview>

const counted = z.array(z.strictObject({ name: z.string(), count: z.int().nonnegative() }))
/** What a chief asks of a time: how much came and left, for whom, of what kind, and how long answers took. */
export const mailStatistics = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  registers: z.array(registerCount),
  /** By month of arrival, oldest first. */
  months: z.array(z.strictObject({ month: z.string(), arrivals: z.int(), departures: z.int() })),
  services: counted,
  kinds: counted,
  /** Arrivals that were answered, and the days that took: the middle one, and the one that nine of ten are below. */
  answered: z.int().nonnegative(),
  daysMedian: z.number().optional(),
  daysP90: z.number().optional(),
  overdue: z.int().nonnegative(),
})
export type MailStatistics = z.infer<typeof mailStatistics>

/** A slip that letters were handed over by (bordereau d'envoi). */
export const slipView = z.strictObject({
  slipId: z.uuid(),
  /** Its place among the slips of this counter. */
  rank: z.int().positive(),
  service: z.string(),
  at: z.iso.datetime(),
  agent: z.string(),
  letters: z.array(registerNumber),
  /** Who countersigned, and when: by a code of the office, or by the name on the paper. */
  received: z.strictObject({ by: z.string(), at: z.iso.datetime() }).optional(),
})
export type SlipView = z.infer<typeof slipView>

/** A service that was reminded of letters whose answer it owes (relance). */
export const reminderView = z.strictObject({
  reminderId: z.uuid(),
  /** Its place among the reminders of this counter. */
  rank: z.int().positive(),
  service: z.string(),
  at: z.iso.datetime(),
  agent: z.string(),
  letters: z.array(registerNumber),
})
export type ReminderView = z.infer<typeof reminderView>
