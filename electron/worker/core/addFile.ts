import { createHash } from 'node:crypto'
import { attachmentLimit } from '#shared/contract/features/intake/calls.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { keepAttachment } from '../files/rows/attachments.ts'
import { clockFault } from './clockRule.ts'
import type { Context, SignedIn } from './context.ts'
import { fileType, isEmptyPdf } from '../files/fileType.ts'
import { isLockedPdf } from '../files/lockedPdf.ts'

/** A file as the draft refers to it. */
export interface AddedFile {
  readonly sha256: Sha256
  readonly mime: string
  /** Bytes. */
  readonly size: number
}

/**
 * Keeps a file, encrypted beside the register, under its hash. Its name is not kept: it often bears a person's.
 * Faults: attachment.unreadable (empty, or a PDF of nothing), attachment.locked, attachment.tooLarge, attachment.type (not
 * PDF, PNG, JPEG or TIFF), clock.behind, and those of `put` and `Tx`.
 */
export async function addAttachment(context: Context, who: SignedIn, bytes: Uint8Array): Promise<Result<AddedFile>> {
  const large = refusal(bytes)
  if (large !== undefined) return err(large)
  const mime = fileType(bytes)
  if (mime === undefined) return err(faultOf('attachment.type'))
  if (mime === 'application/pdf' && isEmptyPdf(bytes)) return err(faultOf('attachment.unreadable', 'a PDF of nothing'))
  if (mime === 'application/pdf' && (await isLockedPdf(bytes))) return err(faultOf('attachment.locked'))
  return keep(context, who, bytes, mime)
}

/**
 * Keeps a file that somebody received, as evidence: whatever it is, its bytes stay as they came, also where nobody can
 * open them. Faults: attachment.unreadable (empty), attachment.tooLarge, clock.behind, and those of `put` and `Tx`.
 */
export function addReceived(context: Context, who: SignedIn, bytes: Uint8Array): Result<AddedFile> {
  const large = refusal(bytes)
  return large === undefined ? keep(context, who, bytes, fileType(bytes) ?? 'application/octet-stream') : err(large)
}

const refusal = ({ byteLength }: Uint8Array): Fault | undefined => {
  if (byteLength === 0) return faultOf('attachment.unreadable', 'empty')
  return byteLength > attachmentLimit
    ? faultOf('attachment.tooLarge', undefined, { megabytes: attachmentLimit / 1024 / 1024 })
    : undefined
}

function keep(context: Context, who: SignedIn, bytes: Uint8Array, mime: string): Result<AddedFile> {
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
