import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { nameKeyOfGrowth } from './migrations/nameKeyOf.ts'
import { nameKeyOf, soughtKeyOf } from './nameKey.ts'
import { titlesKeyOf, wordsKeyOf } from './procedureKeys.ts'
import { sqliteFault } from './sqliteFault.ts'

/** One step of the shape of the register. Once released its text never changes: a new step follows it. */
export interface Migration {
  /** 1, 2, 3 … without a gap: `PRAGMA user_version` after the step. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

const ledger = `CREATE TABLE IF NOT EXISTS migrations (
  version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL
) STRICT`

/** Lower-case hexadecimal SHA-256 of a migration's text, as kept in the file. */
export const migrationHash = (migration: Migration): string => createHash('sha256').update(migration.sql).digest('hex')

/** How many steps a file has behind it. */
export const shapeOf = (db: Database.Database): number => Number(db.pragma('user_version', { simple: true }))

/**
 * Brings a file to the newest shape, each step with its version in one transaction. Steps may call the functions of
 * `keysForSteps`, which the shape itself never does.
 * Faults: register.newer (made by a newer program), register.corrupt (a past step had another text), register.diskFull.
 * @param now ISO instant kept beside each step
 */
export function migrate(db: Database.Database, migrations: readonly Migration[], now: string): Result<void> {
  const current = shapeOf(db)
  if (current > migrations.length)
    return err(faultOf('register.newer', `file ${String(current)}, program ${String(migrations.length)}`))
  try {
    const changed = current === 0 ? undefined : changedStep(db, migrations)
    if (changed !== undefined)
      return err(faultOf('register.corrupt', `migration ${String(changed)} has another text than the file`))
    keysForSteps(db)
    for (const migration of migrations.slice(current)) {
      db.exec('BEGIN IMMEDIATE')
      db.exec(ledger)
      db.exec(migration.sql)
      db.prepare('INSERT INTO migrations VALUES (?, ?, ?, ?)').run(
        migration.version,
        migration.name,
        migrationHash(migration),
        now,
      )
      db.pragma(`user_version = ${String(migration.version)}`)
      db.exec('COMMIT')
    }
    return ok(undefined)
  } catch (cause) {
    if (db.inTransaction) db.exec('ROLLBACK')
    const fault = sqliteFault(cause)
    if (fault === undefined) throw cause
    return err(fault)
  }
}

/** What steps fill rows with and SQL alone cannot: folded names, and the folded words of a sheet. */
const keysForSteps = (db: Database.Database): void => {
  for (const [name, keyOf] of [
    ['name_key_of', nameKeyOfGrowth],
    ['name_key_folded', nameKeyOf],
  ] as const)
    db.function(name, { deterministic: true }, (familyName, givenNames) =>
      keyOf(String(familyName ?? ''), String(givenNames ?? '')),
    )
  db.function('sought_key', { deterministic: true }, (text) => (typeof text === 'string' ? soughtKeyOf(text) : null))
  for (const [name, keyOf] of [
    ['procedure_titles', titlesKeyOf],
    ['procedure_words_of', wordsKeyOf],
  ] as const)
    db.function(name, { deterministic: true }, (body) => keyOf(String(body)))
}

const changedStep = (db: Database.Database, migrations: readonly Migration[]): number | undefined => {
  const kept = db.prepare<[], { version: number; sha256: string }>('SELECT version, sha256 FROM migrations').all()
  const hashes = new Map(migrations.map((migration) => [migration.version, migrationHash(migration)]))
  return kept.find((step) => hashes.get(step.version) !== step.sha256)?.version
}
