import { mkdirSync } from 'node:fs'
import { faultOf } from '#shared/fault.ts'
import { err, type Result } from '#shared/result.ts'
import { openKey } from '#electron/worker/keys/openKey.ts'
import type { CommandContext } from './command.ts'

/**
 * The key of the register for a command: unwrapped, or made, with the passphrase in `GUICHET_PASSPHRASE`. There is no keystore
 * outside the window. Faults: those of `openKey`.
 */
export async function openKeyHere({ dataDir, env }: CommandContext): Promise<Result<Uint8Array>> {
  const passphrase = env['GUICHET_PASSPHRASE']
  if (passphrase === undefined || passphrase === '') return err(faultOf('register.locked', 'GUICHET_PASSPHRASE is not set'))
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    return err(faultOf('register.readOnly', cause instanceof Error && 'code' in cause ? String(cause.code) : 'data folder'))
  }
  return openKey(dataDir, { passphrase })
}
