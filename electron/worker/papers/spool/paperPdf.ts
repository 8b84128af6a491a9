import { createHash } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PaperId, PaperMaker, SpoolStore } from './ports.ts'

/** The one PDF of a receipt or a closing, and the lower-case hexadecimal SHA-256 of its bytes. */
export interface PaperPdf {
  readonly bytes: Uint8Array
  readonly sha256: Sha256
}

/**
 * Gives the PDF of a receipt or a closing, making and storing it the first time: the maker's output is not byte-stable
 * (printing.md §0), so it is never made twice, not even by two who ask at once.
 * Faults: receipt.unknown, receipt.altered, receipt.glyphMissing, internal (the maker threw), register.*.
 */
export function createPaperPdf(store: SpoolStore, paper: PaperMaker): (paperId: PaperId) => Promise<Result<PaperPdf>> {
  const making = new Map<PaperId, Promise<Result<PaperPdf>>>()

  const make = async (paperId: PaperId): Promise<Result<PaperPdf>> => {
    const source = store.source(paperId)
    if (!source.ok) return source
    if (source.value.pdf !== undefined) return ok(source.value.pdf)
    const made = await drawn(() => paper.make(source.value.content))
    if (!made.ok) return made
    // A hexadecimal SHA-256 has the form of the brand.
    const pdf = { bytes: made.value, sha256: createHash('sha256').update(made.value).digest('hex') as Sha256 }
    const kept = store.keepPdf(paperId, pdf)
    return kept.ok ? ok(pdf) : kept
  }

  return (paperId) => {
    const running = making.get(paperId)
    if (running !== undefined) return running
    const started = make(paperId).finally(() => making.delete(paperId))
    making.set(paperId, started)
    return started
  }
}

/** Layout engines throw: that costs one paper, not the spool. */
export async function drawn(draw: () => Promise<Result<Uint8Array>>): Promise<Result<Uint8Array>> {
  try {
    return await draw()
  } catch (cause) {
    return err(faultOf('internal', cause instanceof Error ? cause.name : 'paper'))
  }
}
