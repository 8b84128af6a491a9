import type { MachineSettings } from '#shared/domain/machineSettings.ts'
import { commandSwitch } from './commandSwitch.ts'

/** The command line behind the program's own switches; the two dashes in between end those. */
export function commandWords(args: readonly string[]): readonly string[] {
  const words = args.slice(args.indexOf(commandSwitch) + 1)
  return words[0] === '--' ? words.slice(1) : words
}

/** What names trust, programs, native parts or invented people: whoever types a command is not who answers for that. */
const machinesOwn = [
  'GUICHET_CSCA',
  'GUICHET_TRUST',
  'GUICHET_PLUGINS',
  'GUICHET_DEMO',
  'GUICHET_SQLITE_BINDING',
  'GUICHET_CA',
  'GUICHET_BACKUP',
  'GUICHET_RECOVERY',
]
/** By which way the platform is asked, unless the machine leaves that to the account. */
const way = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/**
 * The environment of a command in a package: as it is, but what the machine's administrator decides.
 * @param binding the addon of a test build
 */
export function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { platform, csca, trust, plugins, proxyFromEnvironment = false }: MachineSettings,
  binding: string | undefined,
): Readonly<Record<string, string | undefined>> {
  return {
    ...Object.fromEntries(
      Object.entries(env).filter(
        ([name]) => !machinesOwn.includes(name) && (proxyFromEnvironment || !way.includes(name)),
      ),
    ),
    ...(platform === undefined ? {} : { GUICHET_PLATFORM: platform }),
    ...(csca === undefined ? {} : { GUICHET_CSCA: csca }),
    ...(trust === undefined ? {} : { GUICHET_TRUST: trust }),
    ...(plugins === undefined ? {} : { GUICHET_PLUGINS: plugins }),
    ...(binding === undefined ? {} : { GUICHET_SQLITE_BINDING: binding }),
  }
}
