import { lstatSync, readFileSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { readSettingsText, type CheckedSettings } from '#shared/domain/machineSettings.ts'

/**
 * Where the administrator of a machine writes its settings: `/etc/guichet`, or `%ProgramData%\Guichet` on Windows, whose
 * folder the installer gives to administrators alone.
 */
export const machineFolder = (
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string => (platform === 'win32' ? win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'Guichet') : '/etc/guichet')

/** The settings file of a machine. */
export const machineFile = (...where: Parameters<typeof machineFolder>): string => {
  const folder = machineFolder(...where)
  return (folder.startsWith('/') ? posix : win32).join(folder, 'settings.json')
}

/**
 * Reads the settings of the machine; none where there is no file. What is wrong is told, key by key: a file or a folder
 * that could have been written by anybody but root, one that cannot be read, a setting that does not exist, a value
 * that is not as it has to be. Better no start than a wrong one.
 * @param owner the user who may write it, 0 for root; Windows keeps that by the rights of the folder
 */
export function readMachineSettings(
  file: string,
  owner: number | undefined = process.platform === 'win32' ? undefined : 0,
): CheckedSettings {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return { settings: {}, wrong: [] }
    return { settings: {}, wrong: [{ found: 'nothing', right: 'object' }] }
  }
  if (owner !== undefined)
    for (const path of [file, posix.dirname(file)]) {
      const { uid, mode } = lstatSync(path)
      // The mode of a link allows everything: a link in place of the file is refused with it.
      if (uid !== owner || (mode & 0o022) !== 0) return { settings: {}, wrong: [{ found: 'writable', right: 'root' }] }
    }
  return readSettingsText(text)
}
