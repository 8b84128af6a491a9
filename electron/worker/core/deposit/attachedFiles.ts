import type { PieceLine } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { findAttachment } from '../../files/rows/attachments.ts'
import type { ReadHandle } from '../../store/handle.ts'

/** A file that an act refers to; its bytes travel apart. */
export interface AttachedFile {
  readonly sha256: Sha256
  readonly mime: string
  /** Bytes. */
  readonly size: number
}

/** The files of pieces, each once. Fault: attachment.unknown. */
export function attachedFiles(
  db: ReadHandle,
  pieces: readonly Pick<PieceLine, 'attachments'>[],
): Result<readonly AttachedFile[]> {
  const files: AttachedFile[] = []
  for (const sha256 of new Set(pieces.flatMap((line) => line.attachments))) {
    const file = findAttachment(db, sha256)
    if (file === undefined) return err(faultOf('attachment.unknown', sha256))
    files.push({ sha256, ...file })
  }
  return ok(files)
}
