import { procedure, type Procedure } from '#shared/domain/request/procedure.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsedOnce } from '../../store/json.ts'

/** The sheets that may be used today: of each code its newest version, unless it was withdrawn. */
export function currentProcedures(db: ReadHandle): readonly Procedure[] {
  const newest = new Map<string, Procedure>()
  for (const row of db.all<{ body: string }>('SELECT body FROM procedures WHERE withdrawn = 0')) {
    const sheet = parsedOnce(procedure, row.body)
    const known = newest.get(sheet.code)
    if (known === undefined || isNewer(sheet.version, known.version)) newest.set(sheet.code, sheet)
  }
  return [...newest.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
}

/** The newest version of a sheet, in use or not; `2026.10` is newer than `2026.9`. */
export function newestProcedure(db: ReadHandle, code: string): Procedure | undefined {
  const rows = db.all<{ version: string; body: string }>('SELECT version, body FROM procedures WHERE code = ?', [code])
  const [first, ...others] = rows
  if (first === undefined) return undefined
  return parsedOnce(
    procedure,
    others.reduce((best, row) => (isNewer(row.version, best.version) ? row : best), first).body,
  )
}

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
}

/** Takes every version of a sheet out of use; acts keep referring to them. */
export function withdrawProcedure(db: WriteHandle, code: string): void {
  db.run('UPDATE procedures SET withdrawn = 1 WHERE code = ?', [code])
}

/** `2026.10` comes after `2026.9`. */
const isNewer = (one: string, other: string): boolean => one.localeCompare(other, 'en', { numeric: true }) > 0
