import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './runtime.ts'

const sources = [
  'electron',
  'renderer',
  'shared',
  'drivers',
  'resources/recordings',
  'scripts/recordings',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]
const built = join(root, 'out/main/index.js')

const newestOf = (path: string): number => {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestOf(join(path, name))))
}

/** Builds main, preload, the two hosts and the pages into `out/`. Throws when the build fails. */
export function build(): void {
  const { status } = spawnSync(join(root, 'node_modules/.bin/electron-vite'), ['build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('the build failed')
}

/** Builds when a source is newer than what was built last. */
export function buildIfStale(): void {
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0
  if (sources.every((source) => newestOf(join(root, source)) <= builtAt)) return
  console.log('Building')
  build()
}
