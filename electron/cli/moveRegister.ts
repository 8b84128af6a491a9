import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { shortestPassphrase } from '#electron/worker/keys/passphrase.ts'
import { moveIn, moveOut } from '#electron/worker/upkeep/move.ts'
import type { CommandContext, Said } from './command.ts'
import { openKeyHere } from './openKeyHere.ts'
import { openRegister } from './openRegister.ts'

/** Gives the register to another machine. Faults: call.invalid, those of `openRegister` and `moveOut`. */
export async function moveRegisterOut(context: CommandContext): Promise<Result<Said>> {
  const { out } = context.options
  if (typeof out !== 'string' || out === '') return err(faultOf('call.invalid', '--out FOLDER'))
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const register = await openRegister(context)
  if (!register.ok) return register
  const { store, counter, rollbackGuard, close } = register.value
  const moved = await moveOut(
    { store, counter, rollbackGuard, key: key.value, dataDir: context.dataDir, clock: systemClock },
    out,
  )
  close()
  if (!moved.ok) return moved
  return ok({
    json: { folder: out, ...moved.value },
    text: `${out}: ${counter}, ${String(moved.value.links)} links of the journal; here it is read, not written, from now on\nthe code for the other machine, told apart from the folder: ${moved.value.code}`,
  })
}

/** Takes a register over from another machine. Faults: call.invalid, those of `moveIn`. */
export async function moveRegisterIn(context: CommandContext): Promise<Result<Said>> {
  const [folder] = context.positionals
  const {
    GUICHET_MOVE_CODE: code = '',
    GUICHET_PASSPHRASE: passphrase = '',
    GUICHET_SQLITE_BINDING: binding,
  } = context.env
  if (folder === undefined) return err(faultOf('call.invalid', 'FOLDER'))
  if (code === '') return err(faultOf('call.invalid', 'GUICHET_MOVE_CODE: the code that the other machine printed'))
  if (passphrase.length < shortestPassphrase)
    return err(faultOf('call.invalid', 'GUICHET_PASSPHRASE: the key is wrapped by it here'))
  const { dataDir } = context
  const given = { dataDir, passphrase, code, clock: systemClock, ...(binding === undefined ? {} : { binding }) }
  const moved = await moveIn(folder, given)
  if (!moved.ok) return moved
  return ok({
    json: moved.value,
    text: `${moved.value.counter} goes on here, after ${String(moved.value.links)} links of the journal. Remove ${folder}`,
  })
}
