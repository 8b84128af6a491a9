import { procedure, type Procedure } from '#shared/domain/request/procedure.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsedOnce } from '../../store/json.ts'
import { titlesKeyOf, wordsKeyOf } from '../../store/procedureKeys.ts'

/** The newest version of a sheet, in use or not; `2026.10` is newer than `2026.9`. */
export const newestProcedure = (db: ReadHandle, code: string): Procedure | undefined =>
  sheetOf(newestOf(db.all<Kept>('SELECT version, body FROM procedures WHERE code = ?', [code])))

/** The sheet of that code that may be used today: its newest version that was not withdrawn. */
export const offeredProcedure = (db: ReadHandle, code: string): Procedure | undefined =>
  sheetOf(newestOf(offeredVersions(db, code)))

const offeredVersions = (db: ReadHandle, code: string): readonly Kept[] =>
  db.all<Kept>('SELECT version, body FROM procedures WHERE code = ? AND withdrawn = 0', [code])

interface Kept {
  readonly version: string
  readonly body: string
}
const newestOf = ([first, ...others]: readonly Kept[]): Kept | undefined =>
  first && others.reduce((best, row) => (isNewer(row.version, best.version) ? row : best), first)
const sheetOf = (kept: Kept | undefined): Procedure | undefined => kept && parsedOnce(procedure, kept.body)

/** One version of a sheet, if it may be used. */
export function findProcedure(db: ReadHandle, code: string, version: string): Procedure | undefined {
  const row = db.get<{ body: string }>('SELECT body FROM procedures WHERE code = ? AND version = ? AND withdrawn = 0', [
    code,
    version,
  ])
  return row === undefined ? undefined : parsedOnce(procedure, row.body)
}

/** One version of a sheet, in use or not: acts refer to it. */
export function knownProcedure(db: ReadHandle, code: string, version: string): Procedure | undefined {
  const row = db.get<{ body: string }>('SELECT body FROM procedures WHERE code = ? AND version = ?', [code, version])
  return row === undefined ? undefined : parsedOnce(procedure, row.body)
}

/** Keeps a sheet. A version that is already known keeps its words: acts refer to them. */
export function saveProcedure(db: WriteHandle, sheet: Procedure): void {
  db.run(
    'INSERT INTO procedures (code, version, body) VALUES (?, ?, ?) ON CONFLICT (code, version) DO UPDATE SET withdrawn = 0',
    [sheet.code, sheet.version, JSON.stringify(sheet)],
  )
  offer(db, sheet.code)
}

/** Takes every version of a sheet out of use; acts keep referring to them. */
export function withdrawProcedure(db: WriteHandle, code: string): void {
  db.run('UPDATE procedures SET withdrawn = 1 WHERE code = ?', [code])
  offer(db, code)
}

/** Of a code the newest sheet that was not withdrawn is found by its words, and no other. */
function offer(db: WriteHandle, code: string): void {
  const known = db.get<{ id: number }>('SELECT id FROM procedure_entries WHERE code = ?', [code])
  if (known !== undefined) {
    db.run('DELETE FROM procedure_words WHERE rowid = ?', [known.id])
    db.run('DELETE FROM procedure_entries WHERE id = ?', [known.id])
  }
  const sheet = newestOf(offeredVersions(db, code))
  if (sheet === undefined) return
  const titles = titlesKeyOf(sheet.body)
  db.run('INSERT INTO procedure_entries (code, version, titles) VALUES (?, ?, ?)', [code, sheet.version, titles])
  db.run('INSERT INTO procedure_words (rowid, titles, words) SELECT id, ?, ? FROM procedure_entries WHERE code = ?', [
    titles,
    wordsKeyOf(sheet.body),
    code,
  ])
}

/** `2026.10` comes after `2026.9`. */
const isNewer = (one: string, other: string): boolean => one.localeCompare(other, 'en', { numeric: true }) > 0
