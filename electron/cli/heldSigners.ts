import type { HeldSigner } from '#shared/domain/identity/countrySigner.ts'
import type { Fault } from '#shared/fault.ts'
import { ok, type Result } from '#shared/result.ts'
import { signerCertificates } from '#electron/worker/features/trust/rows/countrySigners.ts'
import { listTrust } from '#electron/worker/features/trust/manageTrust.ts'
import type { CommandContext } from './command.ts'
import { openDevices } from './devices.ts'
import { readRegister } from './readRegister.ts'

/**
 * Whose documents this counter believes, read from its register and the folder of the program. Faults: those of
 * `readRegister`.
 */
export async function heldSigners(
  context: CommandContext,
): Promise<Result<{ readonly signers: readonly HeldSigner[]; readonly fault?: Fault }>> {
  const register = await readRegister(context)
  if (!register.ok) return register
  try {
    return ok(await listTrust(register.value, openDevices(context).devices.signers))
  } finally {
    register.value.close()
  }
}

/** The DER certificates that were added to the register of this counter. Faults: those of `readRegister`. */
export async function addedCertificates(context: CommandContext): Promise<Result<readonly Uint8Array[]>> {
  const register = await readRegister(context)
  if (!register.ok) return register
  const certificates = signerCertificates(register.value.store.db)
  register.value.close()
  return ok(certificates)
}
