import type { PaperKind } from '#shared/contract/papers.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Context } from '../core/context.ts'
import { makePaper, newestPaper, type NewPaper } from './rows/papers.ts'
import type { PaperBytes } from './spool/ports.ts'
import type { Spool } from './spool/spool.ts'

/** Where the one PDF of a paper comes from. */
export type PdfSource = Pick<Spool, 'pdf'>

/**
 * A paper that somebody wants in his hand now: written if there is none of this kind about this subject, made once, and
 * kept. Who asks again is given the same bytes. Faults: those of `Tx` and of `Spool.pdf`.
 * @param fresh what is to be written where there is none yet
 */
export async function readyPaper<K extends PaperKind>(
  { store }: Pick<Context, 'store'>,
  source: PdfSource,
  about: { readonly kind: K; readonly subject: string },
  fresh: () => Extract<NewPaper, { kind: K }>,
): Promise<Result<PaperBytes>> {
  const known = newestPaper(store.db, about.kind, about.subject)
  if (known !== undefined) return source.pdf(known)
  const paper = fresh()
  const kept = store.tx((db) => {
    makePaper(db, paper)
    return ok(undefined)
  })
  return kept.ok ? source.pdf(paper.id) : kept
}
