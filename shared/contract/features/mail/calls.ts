import { z } from 'zod'
import { choosableFields } from '../../../domain/mail/mailOffice.ts'
import {
  confidentialities,
  correspondent,
  letterDraft,
  letterRegister,
  letterState,
  routing,
} from '../../../domain/mail/letter.ts'
import { savedSearches } from '../../../domain/mail/savedSearch.ts'
import { letterReading } from '../../../domain/mail/proposal/reading.ts'
import { splitView, stackDocument } from '../../../domain/mail/stackRules.ts'
import { codePage, pagePicture, readTable } from '../../../ports/mailPress.ts'
import { oldLine } from '../../../domain/mail/oldRegister.ts'
import { localised } from '../../../domain/text.ts'
import { commandId, registerNumber, sha256Hex } from '../../../ids.ts'
import { line, prose } from '../../../text/shapes.ts'
import { bytes, call, none, typedRegisterNumber } from '../../call.ts'

const listed = z.array(z.strictObject({ code: z.string(), name: localised }))

/** How this office keeps its registers, for whoever asks. */
export const mailSettings = z.strictObject({
  /** Today at the office. */
  today: z.iso.date(),
  services: listed,
  kinds: listed,
  instructions: listed,
  fields: z.partialRecord(z.enum(choosableFields), z.enum(['hidden', 'shown', 'required'])),
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
  what: z.enum(['registered', 'routed', 'handedOver', 'received', 'returned', 'answered', 'requested', 'cancelled']),
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
  /** The last day that a law gives to answer it, and that law. */
  clock: z.strictObject({ lastDay: z.iso.date(), source: z.string() }).optional(),
  events: z.array(letterEvent),
  /** The letters of ours that answer it. */
  answers: z.array(registerNumber),
  /** Its day was closed: the line is read-only. */
  closed: z.boolean(),
})
export type LetterView = z.infer<typeof letterView>

/** What is looked for; without words every line that the rest lets through. */
export const letterQuestion = z.strictObject({
  words: line(200).default(''),
  register: letterRegister.optional(),
  state: letterState.optional(),
  service: z.string().max(80).optional(),
  /** First and last day on which they came. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Those whose last day has passed, and that nobody answered. */
  overdue: z.literal(true).optional(),
  limit: z.int().min(1).max(500).default(50),
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

/** The morning of a mail office, and what its registers hold on the day that was asked for: today where none was. */
export const mailOverview = z.strictObject({
  today: z.iso.date(),
  registers: z.array(registerCount),
  /** Lines of today that came on an earlier day. */
  late: z.int().nonnegative(),
  /** Letters that nobody was charged with yet. */
  unrouted: z.int().nonnegative(),
  overdue: z.int().nonnegative(),
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

const files = z.array(z.strictObject({ sha256: sha256Hex, name: line(255).min(1) })).max(50)
const reason = prose(300).min(3)

/** The mail office (bureau d'ordre): registers of arrivals, departures and internal mail. */
export const calls = {
  /** A file that came with a letter: kept as it is, whatever it is. */
  'mail.addFile': call(
    'keepMail',
    z.strictObject({ bytes }),
    z.strictObject({ sha256: sha256Hex, mime: z.string(), size: z.int() }),
  ),
  /**
   * A scanned stack, split at its separators: its balance, its letters, each with a file of its own, and the places where
   * somebody has to look. Takes a third of a second a page.
   */
  'mail.split': call(
    'keepMail',
    z.strictObject({ bytes }),
    splitView.extend({
      documents: z.array(stackDocument.extend({ sha256: sha256Hex })).readonly(),
    }),
  ),
  /** Other pages than were split: a place that somebody looked at; with what is coded on them, as of any letter of a stack. */
  'mail.cut': call(
    'keepMail',
    z.strictObject({ bytes, pages: z.array(z.int().positive()).min(1).max(500) }),
    stackDocument.pick({ label: true, numbers: true, foreign: true }).extend({ sha256: sha256Hex }),
  ),
  /** A page of a file that the window holds, to be looked at; nothing of it is kept. */
  'mail.picture': call('keepMail', z.strictObject({ bytes, page: z.int().positive() }), pagePicture),
  /** What is proposed of a file that was added; its picture is read where it has no text. */
  'mail.propose': call(
    'keepMail',
    z.strictObject({ sha256: sha256Hex, name: line(255).min(1), received: z.iso.date() }),
    z.strictObject({ proposals: letterReading.shape.proposals, notes: letterReading.shape.notes }),
  ),
  /** A file that was added and is not in a letter yet, to be looked at. */
  'mail.fileAdded': call(
    'keepMail',
    z.strictObject({ sha256: sha256Hex }),
    z.strictObject({ bytes, mime: z.string() }),
  ),
  /** A received PDF with the stamp of its letter over it; what was received stays as it is. */
  'mail.stamp': call(
    'keepMail',
    z.strictObject({ number: typedRegisterNumber, sha256: sha256Hex }),
    z.strictObject({ pdf: bytes, page: z.int().positive(), corner: z.string(), incremental: z.boolean() }),
  ),
  /** Sheets to lay between letters, and labels to stick on them, the next of this counter. */
  'mail.separators': call(
    'keepMail',
    z.strictObject({
      count: z.int().min(1).max(200),
      service: line(80).min(1).optional(),
      confidentiality: z.enum(confidentialities).optional(),
    }),
    z.strictObject({ pdf: bytes }),
  ),
  'mail.labels': call(
    'keepMail',
    z.strictObject({ count: z.int().min(1).max(480) }),
    z.strictObject({ pdf: bytes, labels: z.array(z.string()) }),
  ),
  'mail.settings': call('readMail', none, mailSettings),
  'mail.overview': call('readMail', z.strictObject({ day: z.iso.date().optional() }), mailOverview),
  /** `commandId` is made by the caller, as for a deposit; `duplicates` are letters like it: shown, never refused. */
  'mail.register': call(
    'keepMail',
    z.strictObject({ commandId, letter: letterDraft, files: files.default([]) }),
    z.strictObject({ letter: letterView, duplicates: z.array(registerNumber) }),
  ),
  /** Letters like one that is being entered, before it is. */
  'mail.like': call(
    'keepMail',
    z.strictObject({ letter: letterDraft, files: files.default([]) }),
    z.strictObject({ lines: z.array(letterLine) }),
  ),
  'mail.search': call(
    'readMail',
    letterQuestion,
    z.strictObject({
      /** Of those that who asks may see, counted up to `countTo`. */
      total: z.int().nonnegative(),
      /** Newest first. */
      lines: z.array(letterLine),
      /** After all of ours: lines of a register that was kept elsewhere before. */
      old: z.array(oldLetterLine),
    }),
  ),
  /** Keeps the searches of who asks, in place of those before. */
  'mail.keepSearches': call('readMail', z.strictObject({ searches: savedSearches }), none),
  /** What a search finds as a table: at most 50,000 lines. */
  'mail.export': call(
    'keepMail',
    z.strictObject({ question: letterQuestion, format: z.enum(['csv', 'xlsx']) }),
    z.strictObject({ bytes, name: z.string(), lines: z.int().nonnegative() }),
  ),
  'mail.statistics': call('closeMail', z.strictObject({ from: z.iso.date(), to: z.iso.date() }), mailStatistics),
  'mail.show': call('readMail', z.strictObject({ number: typedRegisterNumber }), letterView),
  'mail.file': call(
    'readMail',
    z.strictObject({ number: typedRegisterNumber, sha256: sha256Hex }),
    z.strictObject({ bytes, name: z.string(), mime: z.string() }),
  ),
  'mail.cancel': call('keepMail', z.strictObject({ commandId, number: typedRegisterNumber, reason }), letterView),
  'mail.route': call('routeMail', z.strictObject({ commandId, number: typedRegisterNumber, routing }), letterView),
  /** A file of such a register, as rows, to be looked at; nothing of it is kept. */
  'mail.table': call(
    'closeMail',
    z.strictObject({ bytes, page: codePage.optional() }),
    readTable.extend({ sha256: sha256Hex }),
  ),
  /** Lines of a register that was kept elsewhere: looked at with `dryRun`, else taken beside ours. */
  'mail.import': call(
    'closeMail',
    z.strictObject({
      commandId,
      lines: z.array(oldLine).max(500_000),
      /** Of the file that they were read from. */
      sha256: sha256Hex,
      dryRun: z.boolean(),
    }),
    z.strictObject({
      taken: z.int().nonnegative(),
      /** Rows whose number another row, or an earlier import, has already: they are not taken. */
      doubles: z.array(z.strictObject({ row: z.int(), number: z.string(), differs: z.boolean() })),
    }),
  ),
  /** As long as no letter was entered after it. */
  'mail.undoImport': call('closeMail', none, z.strictObject({ removed: z.int().nonnegative() })),
  /** Hands letters over to one service, against a slip that is printed. */
  'mail.handOver': call(
    'keepMail',
    z.strictObject({
      commandId,
      numbers: z.array(typedRegisterNumber).min(1).max(200),
      service: line(80).min(1),
    }),
    slipView,
  ),
  /** The slip came back signed; the same for papers that the service gave back (`returned`). */
  'mail.slipReceived': call(
    'keepMail',
    z.strictObject({ commandId, slipId: z.uuid(), by: line(120).min(1) }),
    slipView,
  ),
  'mail.takeBack': call('keepMail', z.strictObject({ commandId, number: typedRegisterNumber }), letterView),
  'mail.slips': call('keepMail', z.strictObject({ open: z.boolean() }), z.strictObject({ slips: z.array(slipView) })),
  /** Senders that begin as it is typed: of the directory of the office, and of letters that who asks may see. */
  'mail.senders': call(
    'keepMail',
    z.strictObject({ words: line(200), limit: z.int().min(1).max(50).default(8) }),
    z.strictObject({ senders: z.array(correspondent.extend({ known: z.boolean(), letters: z.int().nonnegative() })) }),
  ),
  /** Nothing new is created in silence: a body enters the directory when somebody says so. */
  'mail.addSender': call('keepMail', correspondent, none),
  'mail.close': call(
    'closeMail',
    z.strictObject({ commandId, day: z.iso.date().optional(), year: z.int().min(2000).max(9999).optional() }),
    mailClosingView,
  ),
  'mail.closings': call('readMail', none, z.strictObject({ closings: z.array(mailClosingView) })),
  'mail.closingPdf': call(
    'closeMail',
    z.strictObject({ closingId: z.uuid() }),
    z.strictObject({ pdf: bytes, sha256: sha256Hex }),
  ),
} as const

export const events = {} as const
