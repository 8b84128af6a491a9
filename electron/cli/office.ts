import type { DeviceView } from '#shared/contract/features/devices/calls.ts'
import { officeFileLimit, type OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext } from './command.ts'
import { readPath } from './readInput.ts'
import { signedIn } from './signedIn.ts'

const usage = 'FILE --fingerprint XXXX-…'
const fingerprint = { type: 'string' } as const

/** `guichet register begin`: the first start of a counter, without a window. */
export const registerCommands: readonly Command[] = [
  {
    name: 'register begin',
    summary:
      "begins the register of this counter with the file of the platform's operator; the fingerprint is typed from the sheet of paper that came apart",
    usage,
    options: { fingerprint },
    async run(context) {
      const handed = await handedOver(context)
      if (!handed.ok) return handed
      const { beginRegister } = await import('./beginRegister.ts')
      return beginRegister(context, handed.value)
    },
  },
]

/** `guichet platform trust`: an existing counter takes the address and the key of its platform from such a file. */
export const platformCommands: readonly Command[] = [
  {
    name: 'platform trust',
    summary:
      "from now on the platform is the one of this file: its address, its key; the fingerprint is typed from the operator's sheet of paper",
    usage: `${usage} [--login LOGIN]`,
    options: { fingerprint, login: { type: 'string' } },
    async run(context) {
      const handed = await handedOver(context)
      if (!handed.ok) return handed
      return signedIn(context, 'admin', async ({ ask }) => {
        const trusted = await ask('platform.trust', handed.value)
        return trusted.ok ? ok({ json: trusted.value, text: sayPlatform(trusted.value) }) : trusted
      })
    },
  },
]

/** What the operator handed over. Faults: call.invalid (one of both was not given); file.unreadable. */
async function handedOver({ positionals, options }: CommandContext): Promise<Result<OfficeHandedOver>> {
  const [path] = positionals
  const typed = options['fingerprint']
  if (path === undefined || typeof typed !== 'string' || typed.trim() === '' || typed.length > 100)
    return err(faultOf('call.invalid', usage))
  const file = await readPath(path)
  if (!file.ok) return file
  if (file.value.byteLength > officeFileLimit) return err(faultOf('office.notOffice', path))
  return ok({ file: new Uint8Array(file.value), fingerprint: typed })
}

const sayPlatform = ({ counter, address, platformKey }: DeviceView): string =>
  `${counter} knows its platform now: ${address ?? 'no address'}, key ${platformKey ?? 'unknown'}`
