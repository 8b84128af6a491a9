import type { CounterId } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { lookAtMarks } from '#electron/worker/journal/checkRollbackGuard.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { lookAtStore, type LookedAt } from '#electron/worker/store/look.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { findOffice } from '#electron/worker/core/context.ts'
import { counterOf } from '#electron/worker/core/createRegister.ts'
import type { CommandContext } from './command.ts'
import { openKeyHere } from './openKeyHere.ts'
import { registerThere } from './openRegister.ts'

/** A register that a command looks at: no byte of its folder changes, whatever its shape. */
export interface ReadRegister extends LookedAt {
  readonly counter: CounterId
}

/**
 * Opens the register for a command that changes nothing. An old copy is barred here and not in the file. Faults:
 * register.none, and those of `openKeyHere` and `lookAtStore`.
 */
export async function readRegister(context: CommandContext): Promise<Result<ReadRegister>> {
  const there = registerThere(context)
  if (!there.ok) return there
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const binding = context.env['GUICHET_SQLITE_BINDING']
  const looked = lookAtStore({
    file: registerFile(context.dataDir),
    key: key.value,
    now: systemClock.now().toISOString(),
    ...(binding === undefined ? {} : { binding }),
  })
  if (!looked.ok) return looked
  const office = findOffice(looked.value.store)
  if (office === undefined) {
    looked.value.close()
    return err(faultOf('register.none', 'the register was never begun'))
  }
  lookAtMarks(context.dataDir, key.value, looked.value.store)
  return ok({ ...looked.value, counter: counterOf(office) })
}
