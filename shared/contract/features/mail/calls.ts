import { z } from 'zod'
import { confidentialities, correspondent, letterDraft, routing } from '../../../domain/mail/letter.ts'
import { savedSearches } from '../../../domain/mail/savedSearch.ts'
import { unusedReason } from '../../../domain/mail/ownReference.ts'
import { letterReading } from '../../../domain/mail/proposal/reading.ts'
import { splitView, stackDocument } from '../../../domain/mail/stackRules.ts'
import { codePage, pagePicture, readTable } from '../../../ports/mailPress.ts'
import { oldLine } from '../../../domain/mail/oldRegister.ts'
import { commandId, registerNumber, sha256Hex } from '../../../ids.ts'
import { line, prose } from '../../../text/shapes.ts'
import { bytes, call, none, typedRegisterNumber } from '../../call.ts'
import { faultSchema } from '../../faultSchema.ts'
import {
  knownPosted,
  knownReference,
  letterLine,
  letterQuestion,
  letterView,
  mailClosingView,
  mailOverview,
  mailSettings,
  mailStatistics,
  oldLetterLine,
  referenceView,
  reminderView,
  serviceBaskets,
  slipView,
} from './views.ts'
import { archiveCalls } from './archive/calls.ts'
import { digitalCalls } from './digital.ts'

const files = z.array(z.strictObject({ sha256: sha256Hex, name: line(255).min(1) })).max(50)
const reason = prose(300).min(3)

/** The mail office (bureau d'ordre): registers of arrivals, departures and internal mail. */
export const calls = {
  ...archiveCalls,
  ...digitalCalls,
  /** A file that came with a letter: kept as it is, whatever it is. */
  'mail.addFile': call(
    'keepMail',
    z.strictObject({ bytes }),
    z.strictObject({ sha256: sha256Hex, mime: z.string(), size: z.int() }),
  ),
  /**
   * Reads the files of letters that nobody read yet, for the search, as long as it may: the command line has no background
   * that does so.
   */
  'mail.readFiles': call('keepMail', z.strictObject({ seconds: z.int().min(1).max(600) }), none),
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
  /**
   * The stack in the feeder of the scanner as one PDF; nothing of it is kept yet. `ended`: what stopped it before the
   * feeder was empty. Told meanwhile: `stackPages`.
   */
  'mail.scanStack': call(
    'keepMail',
    none,
    z.strictObject({ pdf: bytes, pages: z.int().positive(), ended: faultSchema.exactOptional() }),
  ),
  /** Other pages than were split: a place that somebody looked at; with what is coded on them, as of any letter of a stack. */
  'mail.cut': call(
    'keepMail',
    z.strictObject({ bytes, pages: z.array(z.int().positive()).min(1).max(500) }),
    stackDocument
      .pick({ label: true, numbers: true, references: true, posted: true, foreign: true })
      .extend({ sha256: sha256Hex }),
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
  /** What is late and what is owed, service by service, the most pressing first. */
  'mail.baskets': call('readMail', none, z.strictObject({ services: z.array(serviceBaskets) })),
  /** What waits for an instruction, as a paper for the chief to write on. */
  'mail.folderPdf': call('routeMail', none, z.strictObject({ pdf: bytes, letters: z.int().nonnegative() })),
  /** The registered post that left on a day, as a paper for the post; `unnumbered`: of its items, without a number that holds. */
  'mail.postList': call(
    'keepMail',
    z.strictObject({ day: z.iso.date() }),
    z.strictObject({ pdf: bytes, items: z.int().positive(), unnumbered: z.int().nonnegative() }),
  ),
  /** Reminds a service of letters whose answer it owes; on paper where that is asked. */
  'mail.remind': call(
    'routeMail',
    z.strictObject({
      commandId,
      service: line(80).min(1),
      numbers: z.array(typedRegisterNumber).min(1).max(200),
      print: z.boolean(),
    }),
    reminderView,
  ),
  /** `commandId` is made by the caller, as for a deposit; `duplicates` are letters like it: shown, never refused. */
  'mail.register': call(
    'keepMail',
    z.strictObject({ commandId, letter: letterDraft, files: files.default([]) }),
    z.strictObject({ letter: letterView, duplicates: z.array(registerNumber) }),
  ),
  /** The next reference of a unit (N/Réf), for a letter that is being written; it is given for good. */
  'mail.giveReference': call(
    'keepMail',
    z.strictObject({ commandId, service: line(80).min(1), inReplyTo: typedRegisterNumber.optional() }),
    referenceView,
  ),
  /** Those that were given and that no departure bears yet, newest first. */
  'mail.references': call('keepMail', none, z.strictObject({ references: z.array(referenceView) })),
  /** A reference that no departure bears will not be used: said once, with its reason. */
  'mail.dropReference': call('keepMail', z.strictObject({ text: line(120).min(1), reason: unusedReason }), none),
  /** Model letters by their name, and one of them filled with a letter that is being written. */
  'mail.models': call('keepMail', none, z.strictObject({ models: z.array(z.string()) })),
  'mail.fillModel': call(
    'keepMail',
    z.strictObject({ model: line(120).min(1), letter: letterDraft }),
    z.strictObject({ bytes, name: z.string() }),
  ),
  /** A reference that is read on a letter which comes back signed: who wrote it, and the departure that bears it already. */
  'mail.reference': call('keepMail', z.strictObject({ text: line(120).min(1) }), knownReference),
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
  /**
   * A scan that came after its letter was registered, of a closed day too: it stands beside the line. One that the letter
   * has already is nothing. `confidentiality`: what the sheet before it says; above that of its letter it is refused.
   */
  'mail.addScan': call(
    'keepMail',
    z.strictObject({
      commandId,
      number: typedRegisterNumber,
      file: files.element,
      confidentiality: z.enum(confidentialities).default('none'),
    }),
    letterView,
  ),
  /** The departure that bears the number of a registered item; a number whose check digit is wrong is nobody's. */
  'mail.posted': call('keepMail', z.strictObject({ code: line(40).min(1) }), knownPosted),
  /**
   * The acknowledgement of a departure came back (accusé de réception), with its scan or as it was read; `on`: the day on
   * which it was signed. `confidentiality` as for a scan that is added.
   */
  'mail.acknowledge': call(
    'keepMail',
    z.strictObject({
      commandId,
      number: typedRegisterNumber,
      on: z.iso.date(),
      file: files.element.optional(),
      confidentiality: z.enum(confidentialities).default('none'),
    }),
    letterView,
  ),
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

export const events = {
  /** How many pages of the stack that goes through the feeder are there. */
  stackPages: z.strictObject({ pages: z.int().positive() }),
} as const
