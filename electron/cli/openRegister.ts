import { existsSync } from 'node:fs'
import type { CounterId } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { openStore, type Store } from '#electron/worker/store/open.ts'
import { systemClock } from '#electron/worker/systemClock.ts'
import { findOffice } from '#electron/worker/usecases/context.ts'
import { counterOf } from '#electron/worker/usecases/createRegister.ts'
import type { CommandContext } from './command.ts'
import { openKeyHere } from './openKeyHere.ts'

/** An existing register, opened alone: no paper, no device, no network, and nothing is written. */
export interface OpenRegister {
  readonly store: Store
  readonly counter: CounterId
  readonly close: () => void
}

/** Faults: file.unreadable (there is no register in the folder yet), and those of `openKeyHere` and `openStore`. */
export async function openRegister(context: CommandContext): Promise<Result<OpenRegister>> {
  const file = registerFile(context.dataDir)
  if (!existsSync(file)) return err(faultOf('file.unreadable', `no register in ${context.dataDir}`))
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const binding = context.env['GUICHET_SQLITE_BINDING']
  const opened = openStore({ file, key: key.value, now: systemClock.now().toISOString(), ...(binding === undefined ? {} : { binding }) })
  if (!opened.ok) return opened
  const office = findOffice(opened.value)
  const close = (): void => { opened.value.close() }
  if (office !== undefined) return ok({ store: opened.value, counter: counterOf(office), close })
  close()
  return err(faultOf('register.corrupt', 'the register has no office'))
}
