import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

const addon = join(root, 'node_modules/better-sqlite3')
const header = join(root, 'scripts/setup/stringReference.h')

const run = (command, args) =>
  new Promise((resolve, reject) => {
    spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
      .on('error', reject)
      .on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))))
  })

/** SQLite's compile-time options, as the package itself declares them. */
const defines = () =>
  [...readFileSync(join(addon, 'deps/defines.gypi'), 'utf8').matchAll(/^\s*'(\w+(?:=[^']*)?)',$/gm)].map(
    (match) => `-D${match[1]}`,
  )

/**
 * Builds the register's addon for Node-API 9, for runtimes older than its prebuilt binaries (Node-API 10).
 * The compiler is called directly: the headers come from npm packages, so no node-gyp, Python or Node headers are
 * needed.
 * Returns the path of the built file; a file built from the same sources is kept.
 */
export async function buildSqliteAddon(cacheDir) {
  const version = JSON.parse(readFileSync(join(addon, 'package.json'), 'utf8')).version
  const stamp = createHash('sha256').update(version).update(readFileSync(header)).digest('hex').slice(0, 12)
  const dir = join(cacheDir, `sqlite-napi9-${process.arch}-${stamp}`)
  const built = join(dir, 'better_sqlite3.node')
  if (existsSync(built)) return built
  console.error('Building the encrypted SQLite addon for the stand-in runtime (about a minute)')
  mkdirSync(dir, { recursive: true })
  const sqlite = join(addon, 'deps/sqlite3')
  const common = ['-O2', '-fPIC', '-DNDEBUG', '-w', '-c']
  await Promise.all([
    run('gcc', [
      ...common,
      '-std=c99',
      '-D_GNU_SOURCE',
      ...defines(),
      join(sqlite, 'sqlite3.c'),
      '-o',
      join(dir, 'sqlite3.o'),
    ]),
    run('g++', [
      ...common,
      '-std=c++20',
      '-fvisibility=hidden',
      '-DNAPI_VERSION=9',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      '-DBUILDING_NODE_EXTENSION',
      '-I',
      sqlite,
      '-I',
      join(root, 'node_modules/node-addon-api'),
      '-I',
      join(root, 'node_modules/node-api-headers/include'),
      '-include',
      header,
      join(addon, 'src/better_sqlite3.cpp'),
      '-o',
      join(dir, 'better_sqlite3.o'),
    ]),
  ])
  const objects = [join(dir, 'better_sqlite3.o'), join(dir, 'sqlite3.o')]
  const linked = join(dir, 'linked.node')
  await run('g++', [
    '-shared',
    '-Wl,-Bsymbolic',
    '-Wl,--exclude-libs,ALL',
    ...objects,
    '-ldl',
    '-lpthread',
    '-o',
    linked,
  ])
  renameSync(linked, built)
  for (const object of objects) rmSync(object)
  return built
}
