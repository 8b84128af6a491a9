import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createJournal } from '../journal/journal.ts'
import { registerFile } from '../keys/openKey.ts'
import { listBackups, restoreBackup, type Backup } from '../upkeep/backups.ts'
import { openStore } from '../store/open.ts'
import { readOffice } from './context.ts'
import { counterOf } from './createRegister.ts'
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
 * Faults: register.noBackup, session.forbidden, those of `proveWho` and of `restoreBackup`.
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
  for (const backup of listBackups(dataDir)) {
    const proved = await provedBy(backup, options, clock, credentials)
    // A copy that is damaged too is passed over; one that knows the supervisor decides.
    if (proved === 'unsound') continue
    if (!proved.ok) return proved
    const now = clock.now()
    const restored = restoreBackup(backup.file, { ...options, file: registerFile(dataDir) }, now)
    if (!restored.ok) return restored
    const { setAside } = restored.value
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
