import { lstatSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isPlatformAddress } from '#shared/domain/platformAddress.ts'

/** What only the machine's administrator decides: whose documents and programs are believed, and where acts go. */
export interface MachineSettings {
  readonly platformUrl?: string
  readonly trustDir?: string
  readonly cscaDir?: string
  readonly pluginsFile?: string
  /** Simulated devices stand in for absent ones, on a machine that people learn at. */
  readonly training?: boolean
}

const names: Readonly<Record<string, keyof MachineSettings>> = {
  training: 'training',
  platform: 'platformUrl',
  trust: 'trustDir',
  csca: 'cscaDir',
  plugins: 'pluginsFile',
}

/** Where the administrator of a Linux machine writes them. */
export const machineFile = '/etc/guichet/settings.json'

/**
 * Reads the settings of the machine; none where there is no file. Throws when the file or its folder could have been
 * written by anybody but root, when it is there and cannot be read,
 * and on a setting that does not exist or an address that acts may not go to: better no start than a wrong one.
 * @param owner the user who may write it, 0 for root
 */
export function readMachineSettings(file: string, owner = 0): MachineSettings {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {}
    throw cause
  }
  for (const path of [file, dirname(file)]) {
    const { uid, mode } = lstatSync(path)
    if (uid !== owner || (mode & 0o022) !== 0)
      throw new TypeError(`${path} must belong to root and be writable by root alone`)
  }
  const given: unknown = JSON.parse(text)
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`${file} must be an object`)
  return Object.fromEntries(
    Object.entries(given).map(([name, value]: [string, unknown]): [string, string | boolean] => {
      const key = Object.hasOwn(names, name) ? names[name] : undefined
      if (key === undefined) throw new TypeError(`${file}: there is no setting ${name}`)
      if (key === 'training') {
        if (typeof value !== 'boolean') throw new TypeError(`${file}: ${name} must be true or false`)
        return [key, value]
      }
      if (typeof value !== 'string' || value === '') throw new TypeError(`${file}: ${name} must be a text`)
      if (key === 'platformUrl' && !isPlatformAddress(value))
        throw new TypeError(`${file}: ${name} must be an address of https, or of this machine`)
      return [key, value]
    }),
  )
}
