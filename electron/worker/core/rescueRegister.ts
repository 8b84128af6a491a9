import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { allows } from '#shared/domain/roles.ts'
import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createJournal } from '../journal/journal.ts'
import { registerFile } from '../keys/openKey.ts'
import { listBackups, restoreBackup, type Backup } from '../upkeep/backups.ts'
import { openStore } from '../store/open.ts'
import { readOffice } from './context.ts'
import { counterOf } from './createRegister.ts'
import { saveRescue } from './noteRescue.ts'
import { openRescueTries } from './rescueTries.ts'
import { proveWho } from './signIn.ts'

/** A register that cannot be opened, and what may stand in for it. */
export interface Damaged {
  readonly dataDir: string
  /** Raw 32 bytes. */
  readonly key: Uint8Array
  readonly clock: Clock
  readonly binding?: string | undefined
}

/** What became of it: where the damaged register lies now, and from when the copy is that took its place. */
export interface Rescued {
  readonly setAside: string | undefined
  readonly restoredFrom: string
}

/**
 * Sets a damaged register aside, whole, in a folder that bears the time, and puts the newest sound copy in its place,
 * in the name of a
 * supervisor who is known in that copy: there is nothing else left to know him from. The copy is in quarantine
 * afterwards where it is
 * older than what was written, and the way out of that is the usual one. Nothing is deleted.
 * Faults: register.noBackup, session.badCredentials (also of a right password of somebody who may not), those of
 * `RescueTries.begin` and of `restoreBackup`.
 */
export async function rescueRegister(
  { dataDir, key, clock, binding }: Damaged,
  credentials: { readonly login: string; readonly password: string },
): Promise<Result<Rescued>> {
  const options = {
    file: join(dataDir, 'register.examined'),
    key,
    now: clock.now().toISOString(),
    ...(binding === undefined ? {} : { binding }),
  }
  const tries = openRescueTries(dataDir, key, () => clock.now().getTime())
  const begun = tries.begin()
  if (!begun.ok) return begun
  for (const backup of listBackups(dataDir)) {
    const proved = await provedBy(backup, options, clock, credentials)
    // A copy that is damaged too is passed over; one that knows the supervisor decides.
    if (proved === 'unsound') continue
    if (!proved.ok) return refused(proved.fault, begun.value.left)
    const now = clock.now()
    const restored = restoreBackup(backup.file, { ...options, file: registerFile(dataDir) }, now)
    if (!restored.ok) return restored
    const { setAside } = restored.value
    const noted = noteIn(
      { ...options, file: registerFile(dataDir) },
      {
        by: proved.value,
        at: now.toISOString(),
        from: backup.at,
        tries: tries.end(),
      },
    )
    if (!noted.ok) return noted
    if (setAside !== undefined) {
      writeFileSync(
        join(setAside, 'why.json'),
        `${JSON.stringify({ at: now.toISOString(), by: proved.value, why: 'register.corrupt', replacedBy: backup.at }, undefined, 2)}\n`,
        { mode: 0o600 },
      )
    }
    return ok({ setAside, restoredFrom: backup.at })
  }
  return err(faultOf('register.noBackup'))
}

/** Why a try came to nothing: of a password that is right for another work, nobody learns that. */
const refused = (why: Fault, left: number): Result<never> =>
  err(told.includes(why.code) ? why : faultOf('session.badCredentials', undefined, { left }))
/** What is said before any password is looked at. */
const told: readonly FaultCode[] = ['session.cardAbsent', 'session.cardUnbound', 'session.lockedOut', 'clock.ahead']

/** Leaves in the copy what its journal has to say of the rescue. Faults: those of `openStore` and of `Tx`. */
function noteIn(options: Parameters<typeof openStore>[0], said: Parameters<typeof saveRescue>[1]): Result<void> {
  const opened = openStore(options)
  if (!opened.ok) return opened
  try {
    return opened.value.upkeep((db) => ok(saveRescue(db, said)))
  } finally {
    opened.value.close()
  }
}

/** The code of the supervisor, by the accounts in a copy of the copy: opening one writes beside it. */
async function provedBy(
  backup: Backup,
  options: Parameters<typeof openStore>[0],
  clock: Clock,
  credentials: { readonly login: string; readonly password: string },
): Promise<Result<string> | 'unsound'> {
  const forget = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${options.file}${suffix}`, { force: true })
  }
  forget()
  try {
    copyFileSync(backup.file, options.file)
    const opened = openStore(options)
    if (!opened.ok) return 'unsound'
    const store = opened.value
    try {
      if (store.check().length > 0) return 'unsound'
      const counter = counterOf(readOffice(store))
      const who = await proveWho(
        { store, clock, counter, journal: createJournal(clock, counter, store.db), newId: () => v7() },
        credentials,
      )
      if (!who.ok) return who
      return allows(who.value.roles, 'superviseCounter') ? ok(who.value.code) : err(faultOf('session.forbidden'))
    } finally {
      store.close()
    }
  } catch {
    return 'unsound'
  } finally {
    forget()
  }
}
