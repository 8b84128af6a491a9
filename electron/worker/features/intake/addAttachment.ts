import { createHash } from 'node:crypto'
import { attachmentLimit } from '#shared/contract/features/intake/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { keepAttachment } from '../../files/rows/attachments.ts'
import { clockFault } from '../../core/clockRule.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { fileType, isEmptyPdf } from '../../files/fileType.ts'
import { isLockedPdf } from '../../files/lockedPdf.ts'

/** A file as the draft refers to it. */
export interface AddedFile {
  readonly sha256: Sha256
  readonly mime: string
  /** Bytes. */
  readonly size: number
}

/**
 * Keeps a file, encrypted beside the register, under its hash. Its name is not kept: it often bears a person's.
 * Faults: attachment.unreadable (empty, or a PDF of nothing), attachment.locked, attachment.tooLarge, attachment.type (not PDF, PNG, JPEG or TIFF),
 * clock.behind, and
 * those of `put` and `Tx`.
 */
export async function addAttachment(context: Context, who: SignedIn, bytes: Uint8Array): Promise<Result<AddedFile>> {
  if (bytes.byteLength === 0) return err(faultOf('attachment.unreadable', 'empty'))
  if (bytes.byteLength > attachmentLimit)
    return err(faultOf('attachment.tooLarge', undefined, { megabytes: attachmentLimit / 1024 / 1024 }))
  const mime = fileType(bytes)
  if (mime === undefined) return err(faultOf('attachment.type'))
  if (mime === 'application/pdf' && isEmptyPdf(bytes)) return err(faultOf('attachment.unreadable', 'a PDF of nothing'))
  if (mime === 'application/pdf' && (await isLockedPdf(bytes))) return err(faultOf('attachment.locked'))
  const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256 // a digest has this form
  const moment = context.journal.moment()
  const behind = clockFault(context, who, moment)
  if (behind !== undefined) return err(behind)
  return context.store.tx((db) => {
    context.journal.append(
      db,
      { actor: who.code, kind: 'attachment.added', subject: sha256, body: { mime, size: bytes.byteLength } },
      moment,
    )
    const kept = keepAttachment(db, context.store.files, { sha256, mime, bytes, at: moment.at })
    return kept.ok ? ok({ sha256, mime, size: bytes.byteLength }) : kept
  })
}
