import { faultOf, type Fault } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Background } from '../core/background.ts'
import { listBackups, makeBackup } from './backups.ts'
import { openDisk, type Disk } from './disk.ts'
import { journalHead } from '../journal/rows/journalRows.ts'
import type { Store } from '../store/open.ts'
import { checkedAt, startSelfCheck } from './selfCheck.ts'

/** Between two looks at the disk and at the age of the newest backup, in milliseconds. */
const roundEvery = 5 * 60_000
/** The first look comes after the login screen. */
const firstRound = 20_000
/** An hour with acts in it has its backup. */
const backupEvery = 60 * 60_000
/**
 * Acts wait while the register is copied: some 160 MB a second on two slow cores. A larger one, in bytes, is copied
 * while nobody is signed in, and
 * after this time, in milliseconds, whoever is.
 */
const quickCopy = 100_000_000
const backupAtLast = 12 * 60 * 60_000

/** What looks after the register's file while the counter works. */
export interface Care {
  readonly disk: Disk
  /** When the newest backup was made (UTC), and why the last one failed. */
  backup(): { readonly at?: string; readonly fault?: Fault }
  /** When every table was last found sound (UTC). */
  checked(): string | undefined
  close(): void
}

/**
 * Keeps the ballast, refuses acts before SQLite must, and copies the register once an hour when it has grown.
 * @param alone nobody is signed in, who would wait
 */
export function careFor(
  store: Store,
  dataDir: string,
  clock: Clock,
  alone: () => boolean,
  background: Background,
): Care {
  const disk = openDisk(dataDir)
  store.guard(() => (disk.tight() ? faultOf('register.diskFull', 'too little room for an act') : undefined))
  let newest = listBackups(dataDir)[0]?.at
  let copied: number | undefined
  let fault: Fault | undefined

  const round = (): Result<unknown> => {
    disk.settle()
    const head = journalHead(store.db)?.seq ?? 0
    const now = clock.now()
    // A copy of an old copy would in time push out those of the register that was lost.
    if (store.barred() !== undefined || head === copied) return ok(undefined)
    const age = newest === undefined ? Infinity : Math.abs(now.getTime() - Date.parse(newest))
    if (age < backupEvery || (age < backupAtLast && store.facts().bytes > quickCopy && !alone())) return ok(undefined)
    const made = makeBackup(store, dataDir, now, {
      free: disk.free(),
      reserve: disk.limits.refusal + disk.limits.ballast,
    })
    fault = made.ok ? undefined : made.fault
    if (!made.ok) return made
    newest = made.value.at
    copied = head
    return made
  }
  const selfCheck = startSelfCheck(store, dataDir, clock, background)
  const rounds = background.start('backup', round, { first: firstRound, every: roundEvery })
  return {
    disk,
    backup: () => ({ ...(newest === undefined ? {} : { at: newest }), ...(fault === undefined ? {} : { fault }) }),
    checked: () => checkedAt(store.db),
    close: () => {
      selfCheck.close()
      void rounds.close()
    },
  }
}
