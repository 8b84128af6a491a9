import { faultOf } from '#shared/fault.ts'
import { err, type Result } from '#shared/result.ts'
import { keyState, openKey } from '#electron/worker/keys/openKey.ts'
import { makeFolder } from '#electron/worker/keys/wholeFile.ts'
import type { CommandContext } from './command.ts'

const fromTree =
  "the key is wrapped by the system's keystore, which only the installed program can ask: no passphrase opens it"
const noSession =
  "the key is wrapped by the keystore of the desk's own session, and this one has none: run it in a terminal of that desktop"

/**
 * The key of the register for a command: unwrapped, or made, with the passphrase in `GUICHET_PASSPHRASE`, or unwrapped by
 * the keystore of the session where the command runs in a package. Elsewhere there is none, and what it wrapped is said
 * to be so, with register.noKeystore. Faults besides: those of `openKey`.
 */
export async function openKeyHere({ dataDir, env, keystore: ask }: CommandContext): Promise<Result<Uint8Array>> {
  const state = keyState(dataDir)
  if (!state.ok) return state
  if (state.value === 'keystore') {
    const keystore = await ask?.()
    return keystore === undefined
      ? err(faultOf('register.noKeystore', ask === undefined ? fromTree : noSession))
      : openKey(dataDir, { keystore })
  }
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
