import { createHash } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import type { PaperId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PaperBytes, PaperRenderer, SpoolStore } from './ports.ts'

/**
 * Gives the one PDF of a paper, making and storing it the first time: the maker's output is not byte-stable (a font
 * subset may be cut otherwise, a PDF bears the time it was made), so it is never made twice, not even by two who ask at
 * once.
 * Faults: receipt.unknown, receipt.altered, receipt.glyphMissing, internal (the maker threw), register.*.
 */
export function createPaperPdf(
  store: SpoolStore,
  paper: PaperRenderer,
): (paperId: PaperId) => Promise<Result<PaperBytes>> {
  const making = new Map<PaperId, Promise<Result<PaperBytes>>>()

  const make = async (paperId: PaperId): Promise<Result<PaperBytes>> => {
    const source = store.source(paperId)
    if (!source.ok) return source
    if (source.value.pdf !== undefined) return ok(source.value.pdf)
    const made = await drawn(() => paper.make(source.value.content))
    if (!made.ok) return made
    // A hexadecimal SHA-256 has the form of the brand.
    const { pdf: bytes, template } = made.value
    const pdf = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') as Sha256 }
    const kept = store.keepPdf(paperId, { ...pdf, template })
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
export async function drawn<T>(draw: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await draw()
  } catch (cause) {
    return err(faultOf('internal', cause instanceof Error ? cause.name : 'paper'))
  }
}
