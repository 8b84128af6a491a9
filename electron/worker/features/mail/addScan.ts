import type { LetterView } from '#shared/contract/features/mail/views.ts'
import { acts } from '#shared/contract/acts.ts'
import { levelOf, type Confidentiality } from '#shared/domain/mail/letter.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RegisterNumber, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { findAttachment } from '../../files/rows/attachments.ts'
import { standingLetter, viewedAfter } from './changeLetter.ts'
import { insertAddition } from './rows/events.ts'
import { filesOf } from './rows/letters.ts'
import { showLetter, visibleLetter } from './seeLetter.ts'

/** A scan that came after its letter was registered. */
export interface ScanOrder {
  readonly commandId: CommandId
  readonly number: RegisterNumber
  readonly file: { readonly sha256: Sha256; readonly name: string }
  /** What the sheet before it says. */
  readonly confidentiality: Confidentiality
}

/**
 * Adds a scan to a letter that is in its register, of a closed day too: the line stays as it was, the scan stands beside it
 * with its own link. One that the letter has already is nothing. Faults: letter.unknown, letter.cancelled,
 * letter.levelBelow, attachment.unknown, those of `oneAct`.
 */
export function addScan(context: Context, who: SignedIn, order: ScanOrder): Result<LetterView> {
  const { commandId, number, file, confidentiality } = order
  const again = (): Result<LetterView> => showLetter(context, who, number)
  const found = visibleLetter(context, who, number)
  if (found.ok && filesOf(context.store.db, found.value.id).some(({ sha256 }) => sha256 === file.sha256)) return again()
  const asked = { number, file: { ...file }, confidentiality }
  return oneAct(context, who, { act: acts.letterScanAdded, commandId, asked, again }, (db, { moment, day }) => {
    const standing = standingLetter(context, db, who, number)
    if (!standing.ok) return standing
    const { id, level } = standing.value
    if (levelOf(confidentiality) > level) return err(faultOf('letter.levelBelow'))
    const kept = findAttachment(db, file.sha256)
    if (kept === undefined) return err(faultOf('attachment.unknown', file.sha256))
    return ok({
      subject: id,
      body: { number, sha256: file.sha256 },
      data: () => ({ letterId: id, number, agent: who.code, attachments: [{ sha256: file.sha256, ...kept }] }),
      keep: ({ link }) => {
        const done = { commandId, letterId: id, agent: who.code, at: moment.at, day, journalSeq: link.seq }
        insertAddition(db, { ...done, ...file, mime: kept.mime })
        return viewedAfter(context, db, who, number)
      },
    })
  })
}
