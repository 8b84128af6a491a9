import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok } from '#shared/result.ts'
import { rest, type Background, type Run } from '../core/background.ts'
import type { ReadHandle } from '../store/handle.ts'
import type { Store } from '../store/open.ts'
import { findSetting, saveSetting } from '../store/settings.ts'

/** There while the counter works: found at a start, the last stop was no clean one. */
const runningFile = (dataDir: string): string => join(dataDir, 'running')
const checkedSetting = 'checked'
const checkEvery = 24 * 60 * 60_000
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
  close(): void
}

/**
 * Checks the register table by table (`PRAGMA quick_check`) when the last stop was not clean or the last check is a day
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
  const check = async ({ signal }: Run): Promise<void> => {
    for (const table of store.tables()) {
      if (signal.aborted) return
      const [wrong] = store.check(table)
      if (wrong !== undefined) {
        store.bar(faultOf('register.corrupt', `${table}: ${wrong}`))
        return
      }
      await rest(timing.between, signal)
    }
    if (signal.aborted) return
    // A register that cannot be written is checked again the next time.
    store.upkeep((db) => {
      saveSetting(db, checkedSetting, clock.now().toISOString())
      return ok(undefined)
    })
  }
  const task = due ? background.start('check', check, { first: timing.first }) : undefined
  return {
    close: () => {
      void task?.close()
      unmark(marker)
    },
  }
}

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
