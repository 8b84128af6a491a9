import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from '../../runtime.ts'
import { electronBuilder } from '../electronBuilder.ts'
import { makeInstallers } from './installers.ts'
import { fetchNativeParts } from './nativeParts.ts'
import { standInRuntime } from './standIn.ts'

/** The version that a file of the tree names. */
const versionIn = (file: string): string =>
  (JSON.parse(readFileSync(join(root, file), 'utf8')) as { version: string }).version

/**
 * Makes the installers for Windows of what was built. Throws a sentence when something is missing.
 * @param runtime an unpacked official Electron for Windows; without it a stand-in takes its place
 * @returns their paths
 */
export function packageWindows(runtime: string | undefined): readonly string[] {
  const wanted = versionIn('node_modules/electron/package.json')
  const output = join(root, runtime === undefined ? 'dist/test' : 'dist')
  const folder = runtime === undefined ? join(output, 'windows-stand-in') : resolve(runtime)
  if (runtime === undefined) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    standInRuntime(folder, wanted)
  }
  const [program, version] = [join(folder, 'electron.exe'), join(folder, 'version')]
  if (!existsSync(program) || !existsSync(version))
    throw new Error(`${folder} is no unpacked Electron for Windows: electron.exe or version is not there`)
  const found = readFileSync(version, 'utf8').trim().replace(/^v/, '')
  if (found !== wanted) throw new Error(`${folder} is Electron ${found}; this program is built for ${wanted}`)
  fetchNativeParts()
  electronBuilder(output, wanted, ['--win', 'dir', '--x64', `-c.electronDist=${folder}`])
  return makeInstallers(join(output, 'win-unpacked'), output, versionIn('package.json'))
}
