import type { KnownPosted, LetterView } from '#shared/contract/features/mail/views.ts'
import { acts } from '#shared/contract/acts.ts'
import { postalItem } from '#shared/domain/mail/s10.ts'
import { levelOf } from '#shared/domain/mail/letter.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { findAttachment } from '../../files/rows/attachments.ts'
import type { ScanOrder } from './addScan.ts'
import { standingLetter, viewedAfter } from './changeLetter.ts'
import { acknowledgementOf, insertAcknowledgement, insertAddition } from './rows/events.ts'
import { filesOf, postedLetter } from './rows/letters.ts'
import { clearanceOfPerson, showLetter } from './seeLetter.ts'

/** An acknowledgement that came back: the day on which it was signed, and its scan where it was scanned. */
export type Acknowledgement = Omit<ScanOrder, 'file'> & {
  /** ISO day. */
  readonly on: string
  readonly file?: ScanOrder['file'] | undefined
}

/** The departure that bears the number of a registered item, the newest that waits for its acknowledgement first. */
export function knownPosted({ store }: Pick<Context, 'store'>, who: SignedIn, code: string): KnownPosted {
  const item = postalItem(code)
  const found = item === undefined ? undefined : postedLetter(store.db, item)
  if (found === undefined) return { is: 'unknown' }
  const { number, level, acknowledgedOn } = found
  if (level > clearanceOfPerson({ store }, who)) return { is: 'hidden' }
  return { is: 'sent', departure: number, ...(acknowledgedOn === undefined ? {} : { acknowledgedOn }) }
}

/**
 * Enters the acknowledgement of a departure, of a closed day too: the line stays as it was, the day and the scan stand
 * beside it under one link. Faults: letter.unknown (also of what is no departure), letter.cancelled, letter.acknowledged,
 * letter.beforeSent (`day`), letter.toCome, letter.levelBelow, attachment.unknown, those of `oneAct`.
 */
export function acknowledge(context: Context, who: SignedIn, order: Acknowledgement): Result<LetterView> {
  const { commandId, number, on, file, confidentiality } = order
  const again = (): Result<LetterView> => showLetter(context, who, number)
  const asked = { number, on, confidentiality, ...(file === undefined ? {} : { file: { ...file } }) }
  return oneAct(context, who, { act: acts.letterAcknowledged, commandId, asked, again }, (db, { moment, day }) => {
    const standing = standingLetter(context, db, who, number)
    if (!standing.ok) return standing
    const { id, level, register, day: sentOn } = standing.value
    if (register !== 'departure') return err(faultOf('letter.unknown'))
    if (acknowledgementOf(db, id) !== undefined) return err(faultOf('letter.acknowledged'))
    if (on < sentOn) return err(faultOf('letter.beforeSent', undefined, { day: sentOn }))
    if (on > day) return err(faultOf('letter.toCome'))
    if (file !== undefined && levelOf(confidentiality) > level) return err(faultOf('letter.levelBelow'))
    const kept = file === undefined ? undefined : findAttachment(db, file.sha256)
    if (file !== undefined && kept === undefined) return err(faultOf('attachment.unknown', file.sha256))
    const scan = file === undefined || kept === undefined ? undefined : { ...file, ...kept }
    return ok({
      subject: id,
      body: { number, on, ...(scan === undefined ? {} : { sha256: scan.sha256 }) },
      data: () => ({
        letterId: id,
        number,
        agent: who.code,
        on,
        attachments: scan === undefined ? [] : [{ sha256: scan.sha256, mime: scan.mime, size: scan.size }],
      }),
      keep: ({ link }) => {
        const done = { commandId, letterId: id, agent: who.code, at: moment.at, day, journalSeq: link.seq }
        insertAcknowledgement(db, { ...done, on })
        // A scan that the letter has already is nothing more.
        if (scan !== undefined && !filesOf(db, id).some(({ sha256 }) => sha256 === scan.sha256))
          insertAddition(db, { ...done, ...scan })
        return viewedAfter(context, db, who, number)
      },
    })
  })
}
