import { windowDoors, type WindowDoor } from '#shared/contract/doorNames.ts'
import { isPlatformAddress } from '#shared/domain/platformAddress.ts'
import type { Language } from '#shared/domain/text.ts'
import { ticketPrinterAddress } from '#shared/domain/ticketPrinterAddress.ts'
import {
  isProxyAddress,
  spokenLanguages,
  type MachineSettings,
  type WrongSetting,
} from '#shared/domain/machineSettings.ts'
import type { Network } from '#shared/contract/hosts.ts'
import { usualVoice, type VoiceSettings } from './voice.ts'

/**
 * What the machine's administrator set, and on a machine where the program is developed whoever starts it, in its
 * environment. Read by hand: the window waits for this, and a schema library would be most of the wait.
 */
export interface Settings {
  /** `dataDir`, `GUICHET_DATA`. The data folder; the user's own application folder when absent. */
  readonly dataDir: string | undefined
  /** `officeFile` with `officeFingerprint`: the file that begins a register where there is none. */
  readonly office: { readonly file: string; readonly fingerprint: string } | undefined
  /** How the platform is reached. */
  readonly network: Network
  /** `backupDir`, `GUICHET_BACKUP`. A second place for the copies of the register. */
  readonly backupDir: string | undefined
  /** `recoveryKey`, `GUICHET_RECOVERY`. Whom the register's key is wrapped for besides. */
  readonly recoveryKey: string | undefined
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
  /** `ticketPrinter`, `GUICHET_TICKET_PRINTER`. Where tickets of the hall are printed. */
  readonly ticketPrinter: string | undefined
  /** `hallDiscovery`. Whether stations of the hall are looked for when they are not at the addresses of the roster. */
  readonly hallDiscovery: boolean
  /** `recordings`, `boardSpeaks`, `boardVolume`; of a tree `GUICHET_RECORDINGS`. How the wall of this machine speaks. */
  readonly voice: VoiceSettings
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

/** What was set, and what of it is wrong: nothing of it counts while something is. */
export interface ReadSettings {
  readonly settings: Settings
  readonly wrong: readonly WrongSetting[]
}

/**
 * Reads every setting and names each that makes no sense: better no start than a wrong one.
 * @param machine what the machine's administrator set: it wins. With it, as in a package, the environment does not say
 * where the register lies, whose documents and which programs are believed, by which way the platform is reached, nor
 * that cards and people are invented: whoever starts the program is not who answers for that
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  machine?: MachineSettings,
): ReadSettings {
  const wrong: WrongSetting[] = []
  const refuse = (name: string, right: WrongSetting['right'], found: WrongSetting['found'] = 'text'): undefined => {
    wrong.push({ name, found, right })
    return undefined
  }
  /** A variable of the desk's account: where the machine has settings, it is none. */
  const text = (name: string, right: WrongSetting['right'] = 'folder'): string | undefined => {
    if (machine !== undefined) return undefined
    return env[name] === '' ? refuse(name, right, 'emptyText') : env[name]
  }
  const flag = (name: string): boolean => {
    const value = text(name, 'switch') ?? '0'
    if (value !== '0' && value !== '1') refuse(name, 'switch')
    return value === '1'
  }
  const checked = (
    name: string,
    right: WrongSetting['right'],
    isRight: (value: string) => boolean,
    value = text(name, right),
  ): string | undefined => (value === undefined || isRight(value) ? value : refuse(name, right))
  // The screen's language is no business of the machine's alone.
  const asked = env['GUICHET_LANGUAGE']
  const language =
    machine?.language ??
    (asked === ''
      ? refuse('GUICHET_LANGUAGE', 'language', 'emptyText')
      : checked('GUICHET_LANGUAGE', 'language', isLanguage, asked))
  // A register of before says nothing of its platform: there the environment still does, unless the machine does.
  const platformUrl =
    machine?.platform ?? checked('GUICHET_PLATFORM', 'platform', isPlatformAddress, env['GUICHET_PLATFORM'])
  const settings: Settings = {
    dataDir: machine?.dataDir ?? text('GUICHET_DATA'),
    office: officeOf(machine, refuse),
    platformUrl,
    network: networkOf(machine, env, text('GUICHET_CA', 'file')),
    backupDir: machine?.backupDir ?? text('GUICHET_BACKUP'),
    recoveryKey: machine?.recoveryKey ?? text('GUICHET_RECOVERY', 'recoveryKey'),
    training: machine === undefined ? flag('GUICHET_TRAINING') : (machine.training ?? false),
    demo: flag('GUICHET_DEMO'),
    trustDir: machine?.trust ?? text('GUICHET_TRUST'),
    cscaDir: machine?.csca ?? text('GUICHET_CSCA'),
    pluginsFile: machine?.plugins ?? text('GUICHET_PLUGINS', 'file'),
    ticketPrinter:
      machine?.ticketPrinter ??
      checked('GUICHET_TICKET_PRINTER', 'ticketPrinter', (value) => ticketPrinterAddress(value) !== undefined),
    hallDiscovery: machine?.hallDiscovery ?? true,
    voice: {
      folder: machine?.recordings ?? text('GUICHET_RECORDINGS'),
      languages: machine?.boardSpeaks === undefined ? usualVoice.languages : spokenLanguages(machine.boardSpeaks),
      volume: machine?.boardVolume ?? usualVoice.volume,
    },
    spoolDir: text('GUICHET_SPOOL'),
    sqliteBinding: text('GUICHET_SQLITE_BINDING', 'file'),
    language: language === undefined || !isLanguage(language) ? undefined : language,
    passphraseGiven: Boolean(env['GUICHET_PASSPHRASE']),
    windows: windowsAsked(args),
    smoke: args.includes('--smoke'),
  }
  return { settings, wrong }
}

/** A file that nobody vouches for begins nothing, nor does a fingerprint alone. */
const officeOf = (
  machine: MachineSettings | undefined,
  refuse: (name: string, right: WrongSetting['right'], found: WrongSetting['found']) => undefined,
): Settings['office'] => {
  const { officeFile: file, officeFingerprint: fingerprint } = machine ?? {}
  if (file !== undefined && fingerprint !== undefined) return { file, fingerprint }
  if (file !== undefined) return refuse('officeFingerprint', 'fingerprint', 'nothing')
  return fingerprint === undefined ? undefined : refuse('officeFile', 'file', 'nothing')
}

/**
 * Which authorities are believed besides the usual ones, and through which proxy the platform is asked. The proxy of the
 * account's environment counts where the machine has no settings, or where they say so.
 */
export const networkOf = (
  machine: MachineSettings | undefined,
  env: Readonly<Record<string, string | undefined>>,
  caFile = machine?.caFile,
): Network => {
  const ofEnvironment = machine === undefined || machine.proxyFromEnvironment === true
  const named = ofEnvironment ? env['https_proxy'] || env['HTTPS_PROXY'] : undefined
  const proxy = machine?.proxy ?? (named !== undefined && isProxyAddress(named) ? named : undefined)
  const except = ofEnvironment && machine?.proxy === undefined ? env['no_proxy'] || env['NO_PROXY'] : undefined
  const ca = machine?.caFile ?? caFile
  return {
    ...(ca === undefined ? {} : { caFile: ca }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(except === undefined || proxy === undefined ? {} : { except }),
  }
}

const isLanguage = (value: string): value is Language => Object.hasOwn(languages, value)

/** The windows that the command line asks for by `--window=`; a kind that does not exist is none. */
export const windowsAsked = (args: readonly string[]): readonly WindowDoor[] =>
  args.flatMap((argument) => windowDoors.filter((door) => argument === `--window=${door}`))
