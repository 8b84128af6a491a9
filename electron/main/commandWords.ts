import { commandSwitch } from './commandSwitch.ts'

/** The command line behind the program's own switches; the two dashes in between end those. */
export function commandWords(args: readonly string[]): readonly string[] {
  const words = args.slice(args.indexOf(commandSwitch) + 1)
  return words[0] === '--' ? words.slice(1) : words
}

/** What names trust, programs, native parts or invented people: whoever types a command is not who answers for that. */
const machinesOwn = ['GUICHET_CSCA', 'GUICHET_TRUST', 'GUICHET_PLUGINS', 'GUICHET_DEMO', 'GUICHET_SQLITE_BINDING']

interface Machine {
  readonly platformUrl?: string
  readonly cscaDir?: string
}

/**
 * The environment of a command in a package: as it is, but what the machine's administrator decides.
 * @param binding the addon of a test build
 */
export function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { platformUrl, cscaDir }: Machine,
  binding: string | undefined,
): Readonly<Record<string, string | undefined>> {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !machinesOwn.includes(name))),
    ...(platformUrl === undefined ? {} : { GUICHET_PLATFORM: platformUrl }),
    ...(cscaDir === undefined ? {} : { GUICHET_CSCA: cscaDir }),
    ...(binding === undefined ? {} : { GUICHET_SQLITE_BINDING: binding }),
  }
}
