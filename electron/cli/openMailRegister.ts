import type { OfficeSeed } from '#shared/domain/office.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Context } from '#electron/worker/core/context.ts'
import { readOffice } from '#electron/worker/core/context.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import type { CommandContext } from './command.ts'
import { isDemo } from './demonstration.ts'
import { noDevices } from './noDevices.ts'
import { openRegister, registerThere } from './openRegister.ts'
import { openWorker } from './openWorker.ts'

/** The register for a command of the mail office that is no act: it is opened alone, and nobody signs in. */
export interface OpenMailRegister extends Pick<Context, 'store' | 'journal' | 'counter'> {
  readonly office: OfficeSeed
  readonly close: () => void
}

/** In a demonstration a register is made where none is. Faults: those of `openRegister`. */
export async function openMailRegister(context: CommandContext): Promise<Result<OpenMailRegister>> {
  const there = registerThere(context)
  if (!there.ok && there.fault.code === 'register.none' && isDemo(context)) {
    const begun = await openWorker({ ...context, options: {} }, { devices: noDevices })
    if (!begun.ok) return begun
    await begun.value.close()
  }
  const register = await openRegister(context)
  if (!register.ok) return register
  const { store, counter, rollbackGuard, close } = register.value
  const journal = createJournal(systemClock, counter, store.db, rollbackGuard.raise)
  return ok({ store, counter, journal, office: readOffice(store), close })
}

/** The code of the office of the register, where there is one. Faults: those of `openRegister`, but for register.none. */
export async function findOfficeCode(context: CommandContext): Promise<Result<string | undefined>> {
  const there = registerThere(context)
  if (!there.ok) return there.fault.code === 'register.none' ? ok(undefined) : err(there.fault)
  const register = await openRegister(context)
  if (!register.ok) return register.fault.code === 'register.none' ? ok(undefined) : register
  const { code } = readOffice(register.value.store)
  register.value.close()
  return ok(code)
}
