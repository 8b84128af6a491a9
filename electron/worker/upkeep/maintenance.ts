import { faultOf, type Fault } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Background, Run } from '../core/background.ts'
import { examineFiles, removeLeftovers, type FilesFound } from '../files/examine.ts'
import { listBackups, makeBackup } from './backups.ts'
import { openDisk, type Disk } from './disk.ts'
import { journalHead } from '../journal/rows/journalRows.ts'
import type { Store } from '../store/open.ts'
import { mirrorCopies } from './secondCopies.ts'
import { checkedAt, startSelfCheck } from './selfCheck.ts'

/** When the looks come. Times are milliseconds. */
export interface MaintenanceTiming {
  /** The first look at the disk and at the age of the newest backup, and then between two of them. */
  readonly round: { readonly first: number; readonly every: number }
  /** A register that has grown has a backup that is not older than this. */
  readonly backupEvery: number
  /** The first look over the files, and then between two of them. */
  readonly files: { readonly first: number; readonly every: number }
}
/**
 * The first look comes after the login screen. An hour with acts in it has its backup. Files are looked over once a day
 * while the counter works, first when the morning's queue is over.
 */
const usual: MaintenanceTiming = {
  round: { first: 20_000, every: 5 * 60_000 },
  backupEvery: 60 * 60_000,
  files: { first: 30 * 60_000, every: 24 * 60 * 60_000 },
}

/** What looks after the register's file while the counter works. */
export interface Maintenance {
  readonly disk: Disk
  /** When the newest backup was made (UTC), and why the last one failed. */
  backup(): { readonly at?: string; readonly fault?: Fault }
  /** When every table was last found sound (UTC). */
  checked(): string | undefined
  /** What of the files was not whole when they were last looked over, nothing before the first time. */
  files(): FilesFound | undefined
  close(): Promise<void>
}

/**
 * Keeps the ballast, refuses acts before SQLite must, and copies the register with its files once an hour when it has
 * grown, beside the acts, and into a second folder where there is one; looks over the files once a day and removes what nothing names.
 */
export function startMaintenance(
  store: Store,
  dataDir: string,
  clock: Clock,
  background: Background,
  timing: MaintenanceTiming = usual,
  second?: string,
): Maintenance {
  const disk = openDisk(dataDir)
  store.guard(() => (disk.tight() ? faultOf('register.diskFull', 'too little room for an act') : undefined))
  let newest = listBackups(dataDir)[0]?.at
  let copied: number | undefined
  let fault: Fault | undefined
  let mirrored: string | undefined

  let found: FilesFound | undefined

  /** A second folder that is not there today is tried again at each look. */
  const mirror = async (): Promise<void> => {
    if (second === undefined || newest === undefined || newest === mirrored) return
    const done = await mirrorCopies(dataDir, second)
    if (done.ok) mirrored = newest
    fault = done.ok ? undefined : done.fault
  }
  const round = async (run: Run): Promise<Result<unknown>> => {
    const made = await copy(run)
    if (made.ok) await mirror()
    return made
  }
  const copy = async ({ signal }: Run): Promise<Result<unknown>> => {
    disk.settle()
    const head = journalHead(store.db)?.seq ?? 0
    const now = clock.now()
    // A copy of an old copy would in time push out those of the register that was lost.
    if (store.readOnlyReason() !== undefined || head === copied) return ok(undefined)
    const age = newest === undefined ? Infinity : Math.abs(now.getTime() - Date.parse(newest))
    if (age < timing.backupEvery) return ok(undefined)
    const made = await makeBackup(store, dataDir, now, {
      free: disk.free(),
      reserve: disk.limits.refusal + disk.limits.ballast,
      signal,
    })
    if (!made.ok && (made.fault.code === 'register.inUse' || made.fault.code === 'call.cancelled')) return made
    fault = made.ok ? undefined : made.fault
    // A damaged register takes no act from now on, and its sound copies stay.
    if (!made.ok && made.fault.code === 'register.corrupt') store.setReadOnly(made.fault)
    if (!made.ok) return made
    newest = made.value.at
    copied = head
    return made
  }
  const selfCheck = startSelfCheck(store, dataDir, clock, background)
  const rounds = background.start('backup', round, timing.round)
  const look = async ({ signal }: Run): Promise<void> => {
    const looked = await examineFiles(store, clock.now().getTime(), signal)
    if (signal.aborted) return
    found = looked
    // In quarantine nothing is removed: the newer register may come back.
    if (store.readOnlyReason() === undefined) await removeLeftovers(store, clock.now().getTime(), signal)
  }
  const looks = background.start('fileCheck', look, timing.files)
  return {
    disk,
    backup: () => ({ ...(newest === undefined ? {} : { at: newest }), ...(fault === undefined ? {} : { fault }) }),
    checked: () => checkedAt(store.db),
    files: () => found,
    close: async () => {
      await Promise.all([selfCheck.close(), rounds.close(), looks.close()])
    },
  }
}
