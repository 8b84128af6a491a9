import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok } from '#shared/result.ts'
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
  /** The end of the run that is under way, if one is due. */
  readonly done: Promise<void>
  /** A clean stop: the next start need not check. */
  close(): void
}

/**
 * Checks the register table by table (`PRAGMA quick_check`) when the last stop was not clean or the last check is a day
 * old. Damage bars
 * acts at once, and says so; what is sound stays readable. The head of the journal is looked at before, at every start.
 */
export function startSelfCheck(store: Store, dataDir: string, clock: Clock, timing = usual): SelfCheck {
  const marker = runningFile(dataDir)
  const unclean = existsSync(marker)
  mark(marker)
  const last = checkedAt(store.db)
  const due = unclean || last === undefined || Math.abs(clock.now().getTime() - Date.parse(last)) > checkEvery
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const rest = (ms: number): Promise<void> =>
    new Promise((resume) => {
      timer = setTimeout(resume, ms)
    })
  const run = async (): Promise<void> => {
    await rest(timing.first)
    for (const table of closed ? [] : store.tables()) {
      const [wrong] = closed ? [] : store.check(table)
      if (wrong !== undefined) {
        store.bar(faultOf('register.corrupt', `${table}: ${wrong}`))
        return
      }
      await rest(timing.between)
    }
    if (closed) return
    // A register that cannot be written is checked again the next time.
    store.upkeep((db) => {
      saveSetting(db, checkedSetting, clock.now().toISOString())
      return ok(undefined)
    })
  }
  return {
    done: due ? run() : Promise.resolve(),
    close: () => {
      closed = true
      clearTimeout(timer)
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
