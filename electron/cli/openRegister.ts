import { statSync } from 'node:fs'
import type { CounterId } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { checkRollbackGuard } from '#electron/worker/journal/checkRollbackGuard.ts'
import type { RollbackGuard } from '#electron/worker/journal/rollbackGuard.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { fileFault } from '#electron/worker/keys/wholeFile.ts'
import { openStore, type Store } from '#electron/worker/store/open.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { findOffice } from '#electron/worker/core/context.ts'
import { counterOf } from '#electron/worker/core/createRegister.ts'
import type { CommandContext } from './command.ts'
import { openKeyHere } from './openKeyHere.ts'
import { whyNot } from './readInput.ts'

/**
 * An existing register, opened alone to work on it: no paper, no device, no network. What only looks at it is
 * `readRegister`.
 */
export interface OpenRegister {
  readonly store: Store
  /** The raw key that opened it. */
  readonly key: Uint8Array
  readonly counter: CounterId
  /** Follows what a command writes into the journal. */
  readonly rollbackGuard: RollbackGuard
  readonly close: () => void
}

/** SQLite takes no longer path, in bytes (`MAX_PATHNAME`, 512 with the names that it puts behind it). */
const longestPath = 500

/**
 * Whether there is a register in the folder of a command, and why it cannot be told. Faults: register.none,
 * register.otherAccount (not allowed to look), register.readOnly (a path that is too long).
 */
export function registerThere({ dataDir }: CommandContext): Result<void> {
  const file = registerFile(dataDir)
  if (Buffer.byteLength(file) > longestPath)
    return err(faultOf('register.readOnly', `the path of the data folder is longer than ${String(longestPath)} bytes`))
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined
      ? err(faultOf('register.none', `no register in ${dataDir}`))
      : ok(undefined)
  } catch (cause) {
    return err(faultOf(fileFault(cause).code, `${dataDir}: ${whyNot(cause)}`))
  }
}

/**
 * An old copy opens too, in quarantine. Faults: register.none (there is no register in the folder yet, or it was never
 * begun), and those of `openKeyHere` and `openStore`.
 */
export async function openRegister(context: CommandContext): Promise<Result<OpenRegister>> {
  const file = registerFile(context.dataDir)
  const there = registerThere(context)
  if (!there.ok) return there
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const binding = context.env['GUICHET_SQLITE_BINDING']
  const opened = openStore({
    file,
    key: key.value,
    now: systemClock.now().toISOString(),
    ...(binding === undefined ? {} : { binding }),
  })
  if (!opened.ok) return opened
  const store = opened.value
  const close = (): void => {
    store.close()
  }
  const sound = soundCounter(context, key.value, store)
  if (sound.ok) return ok({ store, key: key.value, ...sound.value, close })
  close()
  return sound
}

const soundCounter = (
  { dataDir }: CommandContext,
  key: Uint8Array,
  store: Store,
): Result<Pick<OpenRegister, 'counter' | 'rollbackGuard'>> => {
  const office = findOffice(store)
  if (office === undefined) return err(faultOf('register.none', 'the register was never begun'))
  const rollbackGuard = checkRollbackGuard(dataDir, key, store)
  return rollbackGuard.ok ? ok({ counter: counterOf(office), rollbackGuard: rollbackGuard.value }) : rollbackGuard
}
