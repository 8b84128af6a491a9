import { isPlatformAddress } from './platformAddress.ts'
import { ticketPrinterAddress } from './ticketPrinterAddress.ts'

/** What a value has to be. Each is a sentence in `electron/main/startWords.ts` and in docs/administration.md. */
export type SettingKind =
  | 'switch'
  | 'folder'
  | 'file'
  | 'platform'
  | 'proxy'
  | 'recoveryKey'
  | 'fingerprint'
  | 'language'
  | 'ticketPrinter'
  | 'spoken'
  | 'percent'

/**
 * Every setting that the administrator of a machine may write into its settings file, and what its value has to be. One
 * table for the window, the doctor, `guichet provision` and docs/administration.md, which a test compares. Checked by
 * hand: the window waits for this, and a schema library would be most of the wait.
 */
export const machineSettings = {
  /** The data folder of this machine, in place of one in the home of whoever starts the program. */
  dataDir: 'folder',
  /** Where the central platform is, for a register that no office file began. */
  platform: 'platform',
  /** The office file with which a machine without a register begins by itself. */
  officeFile: 'file',
  /** Of the key that has to have signed it, from the operator's sheet of paper. */
  officeFingerprint: 'fingerprint',
  /** Certificates (PEM) of authorities that are believed besides those of the system. */
  caFile: 'file',
  /** The platform is asked through this proxy. */
  proxy: 'proxy',
  /** `https_proxy` and `no_proxy` of the desk's account count where no proxy is set here. */
  proxyFromEnvironment: 'switch',
  /** Copies of the register go to this second folder or share as well. */
  backupDir: 'folder',
  /** The public key of the office's recovery key (age): the register's key is wrapped for it too. */
  recoveryKey: 'recoveryKey',
  /** Simulated devices stand in for absent ones, on a machine that people learn at. */
  training: 'switch',
  /** The language of the first screen. */
  language: 'language',
  /** Tickets of the hall are printed there: a thermal printer on the office's network. */
  ticketPrinter: 'ticketPrinter',
  /** Stations of the hall are looked for on the office's network when they are not at the addresses of the roster. */
  hallDiscovery: 'switch',
  /** The office's own recordings of the wall, in place of the voice that is shipped (resources/recordings/README.md). */
  recordings: 'folder',
  /** In which languages the wall says a call, in their order. */
  boardSpeaks: 'spoken',
  /** How loud the wall rings and speaks. */
  boardVolume: 'percent',
  /** Pinned roots of the card profiles, in place of those that are shipped. */
  trust: 'folder',
  /** Country signers of passports and permits, in place of those that are shipped. */
  csca: 'folder',
  /** The list of programs for national cards. */
  plugins: 'file',
} as const satisfies Record<string, SettingKind>

export type SettingName = keyof typeof machineSettings

/** The settings of a machine, every value as it has to be. */
export type MachineSettings = {
  readonly [K in SettingName]?: (typeof machineSettings)[K] extends 'switch'
    ? boolean
    : (typeof machineSettings)[K] extends 'percent'
      ? number
      : string
}

/** One setting that is not as it has to be; what was found is told by its shape, never quoted. */
export interface WrongSetting {
  /** The key; absent when it is the file. */
  readonly name?: string
  readonly found: 'text' | 'emptyText' | 'number' | 'switch' | 'list' | 'object' | 'nothing' | 'noJson' | 'writable'
  /** What is right; `none`: there is no such setting; `object`: the file is one JSON object; `root`: root's alone. */
  readonly right: SettingKind | 'none' | 'object' | 'root'
  /** Where JSON ends to be JSON. */
  readonly line?: number
}

/** What was read of a settings file. Nothing of it counts while something is wrong. */
export interface CheckedSettings {
  readonly settings: MachineSettings
  readonly wrong: readonly WrongSetting[]
}

/** Checks the content of a settings file: every key and every value. */
export function checkMachineSettings(given: unknown): CheckedSettings {
  if (shapeOf(given) !== 'object') return { settings: {}, wrong: [{ found: shapeOf(given), right: 'object' }] }
  const settings: Record<string, unknown> = {}
  const wrong: WrongSetting[] = []
  // The shape was looked at above.
  for (const [name, value] of Object.entries(given as object) as [string, unknown][]) {
    const kind = isSettingName(name) ? machineSettings[name] : undefined
    if (kind !== undefined && isRight(kind, value)) settings[name] = value
    else wrong.push({ name: name.slice(0, 60), found: shapeOf(value), right: kind ?? 'none' })
  }
  return { settings, wrong }
}

/** Checks the text of a settings file. */
export function readSettingsText(text: string): CheckedSettings {
  try {
    return checkMachineSettings(JSON.parse(text) as unknown)
  } catch (cause) {
    // Engines name the place in their own words; what they quote of the file stays out.
    const at = cause instanceof Error ? /position (\d+)/u.exec(cause.message)?.[1] : undefined
    const line = at === undefined ? undefined : text.slice(0, Number(at)).split('\n').length
    return {
      settings: {},
      wrong: [{ found: 'noJson', right: 'object', ...(line === undefined ? {} : { line }) }],
    }
  }
}

/** The settings as support is told them: switches, figures and languages as they are, everything else only that it is set. */
export const tellSettings = (settings: MachineSettings): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      typeof value !== 'string' || name === 'language' ? value : 'set',
    ]),
  )

const isSettingName = (name: string): name is SettingName => Object.hasOwn(machineSettings, name)

const shapeOf = (value: unknown): Exclude<WrongSetting['found'], 'noJson' | 'writable'> => {
  if (typeof value === 'string') return value === '' ? 'emptyText' : 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'switch'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' && value !== null ? 'object' : 'nothing'
}

/** From the root of a file system, a drive or a share. */
const absolute = /^(?:\/|[A-Za-z]:[\\/]|\\\\[^\\]+\\)/u
const languages: readonly string[] = ['fr', 'ar', 'zgh', 'en']
/** Bech32 of an X25519 recipient (age-encryption.org/v1). */
const recipient = /^age1[02-9ac-hj-np-z]{58}$/u
/** Eight groups of four letters of `enrolment.ts`, as they are typed. */
const fingerprint = /^(?:[0-9A-Za-z]{4}[- ]?){8}$/u

const isRight = (kind: SettingKind, value: unknown): boolean => {
  if (kind === 'switch') return typeof value === 'boolean'
  if (kind === 'percent') return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100
  if (typeof value !== 'string' || value === '' || /\p{Cc}/u.test(value)) return false
  switch (kind) {
    case 'folder':
    case 'file':
      return absolute.test(value)
    case 'platform':
      return isPlatformAddress(value)
    case 'proxy':
      return isProxyAddress(value)
    case 'recoveryKey':
      return recipient.test(value)
    case 'fingerprint':
      return fingerprint.test(value)
    case 'language':
      return languages.includes(value)
    case 'spoken':
      return /^(?:none|ar|fr|ar,fr|fr,ar)$/u.test(value)
    case 'ticketPrinter':
      return ticketPrinterAddress(value) !== undefined
  }
}

/** The languages of `boardSpeaks`, in their order. */
export const spokenLanguages = (value: string): readonly ('fr' | 'ar')[] =>
  value.split(',').filter((one) => one === 'fr' || one === 'ar')

/** `http://proxy.example:3128`, with a name and a password where it asks for them. */
export function isProxyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname, search } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && hostname !== '' && pathname === '/' && search === ''
}
