import { z } from 'zod'
import { commandId } from '../../../../ids.ts'
import { line, prose } from '../../../../text/shapes.ts'
import { bytes, call, typedRegisterNumber } from '../../../call.ts'
import { letterView } from '../views.ts'
import { archiveList, archiveView, listKind } from './views.ts'

/** More letters are several lists. */
const mostListed = 200
const reason = prose(300).min(3)
const about = { commandId, number: typedRegisterNumber }
const ofList = { commandId, listId: z.uuid() }
/** What the archive gave: its number, and its day. */
const given = { reference: line(120).min(3), on: z.iso.date() }

/** The archive of the mail office: ages by the classification plan, lists of transfer and of elimination. */
export const archiveCalls = {
  /** `class`: whose letters are shown; empty for those that have none. */
  'mail.archive': call('closeMail', z.strictObject({ class: line(20).optional() }), archiveView),
  /** Gives a letter another class than its kind has, of a closed day too. */
  'mail.classify': call('keepMail', z.strictObject({ ...about, class: line(20).min(1) }), letterView),
  /** Nothing is done with a letter that is held, nor with those that it answers or that answer it. */
  'mail.hold': call('closeMail', z.strictObject({ ...about, reason }), letterView),
  'mail.release': call('archiveMail', z.strictObject(about), letterView),
  /** A list of letters whose time is over, with all that they are kept with; its paper is printed. */
  'mail.makeList': call(
    'closeMail',
    z.strictObject({ commandId, kind: listKind, numbers: z.array(typedRegisterNumber).min(1).max(mostListed) }),
    archiveList,
  ),
  /** The archive took what a list brought it: the number and the day of its receipt. */
  'mail.listReceived': call('closeMail', z.strictObject({ ...ofList, ...given }), archiveList),
  /** Another person than who made the list enters the agreement of Archives du Maroc. */
  'mail.approveList': call('archiveMail', z.strictObject({ ...ofList, ...given }), archiveList),
  /** Its letters may stand on another list. */
  'mail.withdrawList': call('closeMail', z.strictObject({ ...ofList, reason }), archiveList),
  /** What an approved list names is destroyed for good; numbers, dates and hashes stay. */
  'mail.destroyList': call('archiveMail', z.strictObject(ofList), archiveList),
  /** The list as it was printed, or the record of its destruction. */
  'mail.listPdf': call(
    'closeMail',
    z.strictObject({ listId: z.uuid(), paper: z.enum(['list', 'record']) }),
    z.strictObject({ pdf: bytes }),
  ),
} as const
