import type { z } from 'zod'
import { limits, usualLimits, type Limits } from '#shared/domain/limits.ts'
import type { ReadHandle, WriteHandle } from './handle.ts'
import { parsedOnce } from './json.ts'

/** A setting of this counter, nothing when it was never written. */
export function findSetting<T>(db: ReadHandle, key: string, schema: z.ZodType<T>): T | undefined {
  const row = db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key])
  return row === undefined ? undefined : parsedOnce(schema, row.value)
}

/** Writes a setting, replacing the one before. */
export function saveSetting(db: WriteHandle, key: string, value: unknown): void {
  db.run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
    key,
    JSON.stringify(value),
  ])
}

/** The key of the limits that the platform set. */
export const limitsSetting = 'limits'

/** How far this counter may go on alone. */
export const readLimits = (db: ReadHandle): Limits => findSetting(db, limitsSetting, limits) ?? usualLimits

/** Forgets a setting. */
export const deleteSetting = (db: WriteHandle, key: string): number =>
  db.run('DELETE FROM settings WHERE key = ?', [key])

const ownPrefix = (login: string): string => `own ${login} `

/** The key of what one person chose here: it ends with the account. */
export const ownSetting = (login: string, name: string): string => ownPrefix(login) + name

/** Forgets what somebody chose at this counter. */
export const deleteOwnSettings = (db: WriteHandle, login: string): number =>
  db.run('DELETE FROM settings WHERE substr(key, 1, length(:prefix)) = :prefix', { prefix: ownPrefix(login) })
