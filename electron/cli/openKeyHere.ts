import { faultOf } from '#shared/fault.ts'
import { err, type Result } from '#shared/result.ts'
import { keyState, openKey } from '#electron/worker/keys/openKey.ts'
import { makeFolder } from '#electron/worker/keys/wholeFile.ts'
import type { CommandContext } from './command.ts'

/**
 * The key of the register for a command: unwrapped, or made, with the passphrase in `GUICHET_PASSPHRASE`. There is no
 * keystore
 * outside the window: what it wrapped is said to be so, with register.noKeystore. Faults besides: those of `openKey`.
 */
export async function openKeyHere({ dataDir, env }: CommandContext): Promise<Result<Uint8Array>> {
  const state = keyState(dataDir)
  if (!state.ok) return state
  if (state.value === 'keystore')
    return err(
      faultOf(
        'register.noKeystore',
        "the key is wrapped by the system's keystore, which only the window can ask: no passphrase opens it",
      ),
    )
  const passphrase = env['GUICHET_PASSPHRASE']
  if (passphrase === undefined || passphrase === '')
    return err(faultOf('register.locked', 'GUICHET_PASSPHRASE is not set'))
  try {
    makeFolder(dataDir)
  } catch (cause) {
    return err(
      faultOf('register.readOnly', cause instanceof Error && 'code' in cause ? String(cause.code) : 'data folder'),
    )
  }
  return openKey(dataDir, { passphrase })
}
