import { createHash } from 'node:crypto'
import { entryOf, paperKindOf, type FactsOf, type PaperContent, type PaperKind } from '#shared/contract/papers.ts'
import { faultOf } from '#shared/fault.ts'
import type { PaperId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { FileFolder } from '../../files/fileFolder.ts'
import { bytesOfFile, forgetFile, nameFile } from '../../files/rows/files.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'
import type { PaperSource } from '../spool/ports.ts'

/** A paper before its bytes. `at` is the UTC instant of the act that it belongs to. */
export type NewPaper = {
  [K in PaperKind]: {
    readonly id: PaperId
    readonly kind: K
    /** What it is about: the request of a receipt, the closing of a closing, the answer of a statement. */
    readonly subject: string
    /** What people call it. */
    readonly number: string
    /** Papers of this kind about this subject that came before; the newest of them is replaced. */
    readonly rank?: number
    readonly replaces?: PaperId
    readonly facts: FactsOf<K>
    /** Absent where the kind has none. */
    readonly seal?: string
    readonly at: string
  }
}[PaperKind]

/** Writes a paper: what it says is fixed from now on, its bytes are made when they are first needed. */
export function makePaper(db: WriteHandle, paper: NewPaper): void {
  db.run(
    'INSERT INTO papers (id, kind, subject, number, rank, replaces, facts, seal, size, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [
      paper.id,
      paper.kind,
      paper.subject,
      paper.number,
      paper.rank ?? 0,
      paper.replaces ?? null,
      JSON.stringify(paper.facts),
      paper.seal ?? '',
      entryOf(paper.kind).medium,
      paper.at,
    ],
  )
}

/** The newest paper of a kind about a subject. */
export const newestPaper = (db: ReadHandle, kind: PaperKind, subject: string): PaperId | undefined =>
  db.get<{ id: PaperId }>('SELECT id FROM papers WHERE kind = ? AND subject = ? ORDER BY rank DESC LIMIT 1', [
    kind,
    subject,
  ])?.id

/** How many papers of a kind there are about a subject: the rank of the next one. */
export const countPapers = (db: ReadHandle, kind: PaperKind, subject: string): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM papers WHERE kind = ? AND subject = ?', [kind, subject])?.n ?? 0

/** What a paper of a kind says, without its bytes. Faults: receipt.unknown, receipt.wiped (its term is over). */
export function readFacts<K extends PaperKind>(
  db: ReadHandle,
  kind: K,
  id: PaperId,
): Result<{ readonly facts: FactsOf<K>; readonly seal: string }> {
  const row = db.get<{ facts: string; seal: string; wiped_at: string | null }>(
    'SELECT facts, seal, wiped_at FROM papers WHERE id = ? AND kind = ?',
    [id, kind],
  )
  if (row === undefined) return err(faultOf('receipt.unknown'))
  if (row.wiped_at !== null) return err(faultOf('receipt.wiped'))
  return ok({ facts: factsOf(kind, row.facts), seal: row.seal })
}

/**
 * What a paper is made from, with its bytes once it was made. Faults: receipt.unknown, receipt.wiped, receipt.altered
 * (of a kind that only a newer program knows), those of `bytesOfFile` (missing, damaged or swapped).
 */
export function readPaper(db: ReadHandle, folder: FileFolder, id: PaperId): Result<PaperSource> {
  const row = db.get<{
    kind: string
    facts: string
    seal: string
    file_sha256: Sha256 | null
    wiped_at: string | null
  }>('SELECT kind, facts, seal, file_sha256, wiped_at FROM papers WHERE id = ?', [id])
  if (row === undefined) return err(faultOf('receipt.unknown'))
  if (row.wiped_at !== null) return err(faultOf('receipt.wiped'))
  const kind = paperKindOf(row.kind)
  if (kind === undefined) return err(faultOf('receipt.altered', `kind ${row.kind}`))
  // The kind and its facts belong together: they were written together.
  const content = { kind, facts: factsOf(kind, row.facts), seal: row.seal } as PaperContent
  if (row.file_sha256 === null) return ok({ content })
  const bytes = bytesOfFile(db, folder, row.file_sha256)
  if (!bytes.ok) return bytes
  // What still lies in the register was not looked at when it was read.
  return createHash('sha256').update(bytes.value).digest('hex') === row.file_sha256
    ? ok({ content, pdf: { bytes: bytes.value, sha256: row.file_sha256 } })
    : err(faultOf('receipt.altered', id))
}

/**
 * Keeps the one PDF of a paper, on the disk before this returns. Faults: receipt.altered (it has one already, or was
 * wiped), those of `put`.
 */
export function keepBytes(
  db: WriteHandle,
  folder: FileFolder,
  id: PaperId,
  { bytes, template }: { readonly bytes: Uint8Array; readonly template: string },
): Result<void> {
  const row = db.get<{ made_at: string }>(
    'SELECT made_at FROM papers WHERE id = ? AND file_sha256 IS NULL AND wiped_at IS NULL',
    [id],
  )
  if (row === undefined) return err(faultOf('receipt.altered', 'it has its paper already'))
  const put = folder.put(bytes)
  if (!put.ok) return put
  const named = nameFile(db, folder, put.value, row.made_at)
  if (!named.ok) return named
  db.run('UPDATE papers SET file_sha256 = ?, template = ? WHERE id = ?', [put.value.sha256, template, id])
  return ok(undefined)
}

/** Ends what papers say of a person: those about a request, and the statements that copy its file. */
export function wipePapersOf(
  db: WriteHandle,
  folder: FileFolder,
  request: { readonly id: string; readonly number: string },
  at: string,
): void {
  const rows = db.all<{ id: string; kind: 'receipt' | 'statement'; facts: string; file_sha256: string | null }>(
    `SELECT id, kind, facts, file_sha256 FROM papers WHERE kind = 'receipt' AND subject = :id AND wiped_at IS NULL
    UNION ALL SELECT id, kind, facts, file_sha256 FROM papers p WHERE kind = 'statement' AND wiped_at IS NULL
      AND EXISTS (SELECT 1 FROM json_each(p.facts, '$.numbers') n WHERE n.value = :number)`,
    { id: request.id, number: request.number },
  )
  for (const { id, kind, facts, file_sha256: file } of rows) {
    const entry = entryOf(kind)
    const kept = entry.withoutPerson?.(parsed(entry.facts, facts)) ?? {}
    db.run(`UPDATE papers SET facts = ?, seal = '', file_sha256 = NULL, wiped_at = ? WHERE id = ?`, [
      JSON.stringify(kept),
      at,
      id,
    ])
    if (file !== null) forgetFile(db, folder, file)
  }
}

const factsOf = <K extends PaperKind>(kind: K, text: string): FactsOf<K> =>
  parsed(entryOf(kind).facts, text) as FactsOf<K> // by the schema of this kind
