import type { CommandKeystore, CommandLine } from '#shared/contract/commandLine.ts'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { groups } from './groups.ts'
import { runHere } from './runHere.ts'

/** The command line of a package, where no demonstration is: electron/main/command.ts starts it. */
export const runPackaged: CommandLine['runPackaged'] = (words, { env, keystore }) =>
  runHere(
    words,
    {
      env,
      keystore: async () => {
        const found = await keystore().catch(() => undefined)
        return found === undefined ? undefined : inResults(found)
      },
    },
    groups.filter(({ word }) => word !== 'demo'),
  )

const inResults = (keystore: CommandKeystore): Keystore => {
  const asked = async (answer: Promise<Uint8Array>): Promise<Result<Uint8Array>> => {
    try {
      return ok(await answer)
    } catch (cause) {
      return err(faultOf('register.noKeystore', cause instanceof Error ? cause.message : 'unknown'))
    }
  }
  return { wrap: (key) => asked(keystore.wrap(key)), unwrap: (blob) => asked(keystore.unwrap(blob)) }
}
