import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok, type Result } from '#shared/result.ts'
import { rest, type Background, type Run } from '../core/background.ts'
import type { ReadHandle } from '../store/handle.ts'
import type { Store } from '../store/open.ts'
import { findSetting, saveSetting } from '../store/settings.ts'

/** There while the counter works: found at a start, the last stop was no clean one. */
const runningFile = (dataDir: string): string => join(dataDir, 'running')
const checkedSetting = 'checked'
const checkEvery = 24 * 60 * 60_000
/** A table of more rows is walked over in steps: SQLite's check of it cannot be interrupted. */
const longTable = 5_000
const rowsAtOnce = 2_000
/**
 * The first table comes after the login screen and the first citizen, the others one by one: acts go in between. In
 * milliseconds.
 */
const usual = { first: 60_000, between: 500 }

/** When every table was last found sound (UTC); nothing before the first time. */
export const checkedAt = (db: ReadHandle): string | undefined => findSetting(db, checkedSetting, z.iso.datetime())

/** The check of every page of the register, while the counter works. */
export interface SelfCheck {
  /** A clean stop: the next start need not check. */
  close(): Promise<void>
}

/**
 * Checks the register page by page and then table by table, with calls and acts in between, when the last stop was not clean or the last check is a day
 * old. Damage bars
 * acts at once, and says so; what is sound stays readable. The head of the journal is looked at before, at every start.
 */
export function startSelfCheck(
  store: Store,
  dataDir: string,
  clock: Clock,
  background: Background,
  timing = usual,
): SelfCheck {
  const marker = runningFile(dataDir)
  const unclean = existsSync(marker)
  mark(marker)
  const last = checkedAt(store.db)
  const due = unclean || last === undefined || Math.abs(clock.now().getTime() - Date.parse(last)) > checkEvery
  const check = async ({ signal }: Run): Promise<Result<void>> => {
    const pages = await checkPages(store, signal)
    if (!pages.ok) {
      if (pages.fault.code !== 'register.corrupt') return pages
      store.setReadOnly(pages.fault)
      return ok(undefined)
    }
    for (const table of store.tables()) {
      if (signal.aborted) return ok(undefined)
      const wrong = await checkTable(store, table, signal)
      if (wrong !== undefined) {
        store.setReadOnly(faultOf('register.corrupt', `${table}: ${wrong}`))
        return ok(undefined)
      }
      await rest(timing.between, signal)
    }
    if (signal.aborted) return ok(undefined)
    // A register that cannot be written is checked again the next time.
    store.upkeep((db) => {
      saveSetting(db, checkedSetting, clock.now().toISOString())
      return ok(undefined)
    })
    return ok(undefined)
  }
  const task = due ? background.start('check', check, { first: timing.first }) : undefined
  return {
    close: async () => {
      await task?.close()
      unmark(marker)
    },
  }
}

/** Every page as it is in the file, by its seal: damage of the disk is found in steps, however large the register. */
const checkPages = async (store: Store, signal: AbortSignal): Promise<Result<void>> => {
  const held = store.hold()
  if (!held.ok) return held
  try {
    return await held.value.each(async () => {
      await breathe()
      return ok(undefined)
    }, signal)
  } finally {
    held.value.release()
  }
}

/** SQLite's own check of a table with its indexes, where that is quick; of a long one, a walk over its rows in steps. */
const checkTable = async (store: Store, table: string, signal: AbortSignal): Promise<string | undefined> => {
  if (!store.isLong(table, longTable)) return store.check(table)[0]
  for (let after: number | undefined = Number.MIN_SAFE_INTEGER; after !== undefined && !signal.aborted;) {
    const stepped = store.stepOver(table, after, rowsAtOnce)
    if (!stepped.ok) return stepped.fault.detail ?? stepped.fault.code
    after = stepped.value
    await breathe()
  }
  return undefined
}

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** A folder that cannot be written is found out by the register itself. */
const mark = (file: string): void => {
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch {
    // Said by whoever writes next.
  }
}

/** On a disk that failed the stop was not clean: the register is closed all the same, and checked at the next start. */
const unmark = (file: string): void => {
  try {
    rmSync(file, { force: true })
  } catch {
    // It stays.
  }
}
