import { windowDoors, type WindowDoor } from '#shared/contract/doorNames.ts'
import { isPlatformAddress } from '#shared/domain/platformAddress.ts'
import type { Language } from '#shared/domain/text.ts'
import type { MachineSettings } from './machineSettings.ts'

/**
 * What the one who starts the program may set in its environment. Read by hand: the window waits for this, and a schema
 * library would be most of the wait.
 */
export interface Settings {
  /** `GUICHET_DATA`. The data folder; the user's own application folder when absent. */
  readonly dataDir: string | undefined
  /**
   * `GUICHET_PLATFORM`. Where the central platform is, for a demonstration and for a register that no office file began;
   * every other register says it itself.
   */
  readonly platformUrl: string | undefined
  /** `GUICHET_TRAINING`. Simulated devices stand in for absent ones: in a package the machine's settings say so. */
  readonly training: boolean
  /** `GUICHET_DEMO`. A demonstration, with its accounts that everybody knows; never in a package. */
  readonly demo: boolean
  /** `GUICHET_TRUST`. Pinned roots of the card profiles, in place of those that are shipped. */
  readonly trustDir: string | undefined
  /**
   * `GUICHET_CSCA`. Master lists and certificates of the countries whose documents are believed, in place of those that
   * are shipped.
   */
  readonly cscaDir: string | undefined
  /** `GUICHET_PLUGINS`. The list of programs for national cards (`shared/ports/nationalCard.ts`). */
  readonly pluginsFile: string | undefined
  /** `GUICHET_SPOOL`. Where the simulated printer leaves its pages, in place of the data folder. */
  readonly spoolDir: string | undefined
  /** `GUICHET_SQLITE_BINDING`. A better-sqlite3 addon built for this runtime, in place of the prebuilt one. */
  readonly sqliteBinding: string | undefined
  /** `GUICHET_LANGUAGE`. The language of the first screen, before anybody signed in. */
  readonly language: Language | undefined
  /** `GUICHET_PASSPHRASE`, which only the worker reads, spares the question. */
  readonly passphraseGiven: boolean
  /** `--window=board`, once for each: windows that open beside the clerk's. */
  readonly windows: readonly WindowDoor[]
  /** Start, say READY when every part is, and leave: for checking a package. */
  readonly smoke: boolean
}

const languages: Readonly<Record<Language, true>> = { fr: true, ar: true, zgh: true, en: true }

/**
 * Throws on a value that makes no sense: better no start than a wrong one.
 * @param machine what the machine's administrator set: it wins. With it, as in a package, the environment does not say
 * whose documents and which programs are believed, nor that cards and people are invented: whoever starts the program
 * is not who answers for that
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  machine?: MachineSettings,
): Settings {
  const refuse = (name: string, wanted: string): never => {
    throw new TypeError(`${name} must be ${wanted}`)
  }
  const text = (name: string): string | undefined => (env[name] === '' ? refuse(name, 'absent or a text') : env[name])
  const flag = (name: string): boolean => {
    const value = env[name] ?? '0'
    return value === '0' || value === '1' ? value === '1' : refuse(name, '0 or 1')
  }
  const url = (name: string): string | undefined => {
    const value = text(name)
    return value === undefined || isPlatformAddress(value)
      ? value
      : refuse(name, 'an address of https, or of this machine')
  }
  const language = (name: string): Language | undefined => {
    const value = text(name)
    return value === undefined || isLanguage(value)
      ? value
      : refuse(name, `one of ${Object.keys(languages).join(', ')}`)
  }
  return {
    dataDir: text('GUICHET_DATA'),
    platformUrl: machine?.platformUrl ?? url('GUICHET_PLATFORM'),
    training: machine === undefined ? flag('GUICHET_TRAINING') : (machine.training ?? false),
    demo: machine === undefined && flag('GUICHET_DEMO'),
    trustDir: machine === undefined ? text('GUICHET_TRUST') : machine.trustDir,
    cscaDir: machine === undefined ? text('GUICHET_CSCA') : machine.cscaDir,
    pluginsFile: machine === undefined ? text('GUICHET_PLUGINS') : machine.pluginsFile,
    spoolDir: text('GUICHET_SPOOL'),
    sqliteBinding: machine === undefined ? text('GUICHET_SQLITE_BINDING') : undefined,
    language: language('GUICHET_LANGUAGE'),
    passphraseGiven: Boolean(env['GUICHET_PASSPHRASE']),
    windows: windowsAsked(args),
    smoke: args.includes('--smoke'),
  }
}

const isLanguage = (value: string): value is Language => Object.hasOwn(languages, value)

/** The windows that the command line asks for by `--window=`; a kind that does not exist is none. */
export const windowsAsked = (args: readonly string[]): readonly WindowDoor[] =>
  args.flatMap((argument) => windowDoors.filter((door) => argument === `--window=${door}`))
