import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../../runtime.ts'

/** Where `electron-builder.yml` takes them from. */
const folder = join(root, '.cache/windows')

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      optional: z.boolean().optional(),
      dev: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
    }),
  ),
})
const packagesOf = (file: string) => lock.parse(JSON.parse(readFileSync(file, 'utf8'))).packages

/**
 * Fetches the native parts for Windows, which npm leaves out on another system: the optional packages of the lock file
 * that are for it, each with the bytes that the lock file knows. Throws a sentence where they cannot be had.
 */
export function fetchNativeParts(): void {
  const wanted = Object.entries(packagesOf(join(root, 'package-lock.json'))).filter(
    ([, { optional, dev, os, cpu }]) =>
      optional === true && dev !== true && os?.includes('win32') === true && cpu?.includes('x64') === true,
  )
  const named = wanted.map(([path, { version = '' }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const only = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund']
  // By force: npm refuses what is for another system.
  const system = ['--force', '--os=win32', '--cpu=x64', '--prefix', folder]
  const ran = spawnSync('npm', ['install', ...only, ...system, ...named], { cwd: folder, encoding: 'utf8' })
  if (ran.status !== 0)
    throw new Error(
      `the native parts for Windows cannot be had here (${named.join(', ')}): build where npm reaches its registry`,
    )
  const got = packagesOf(join(folder, 'node_modules/.package-lock.json'))
  for (const [path, { integrity }] of wanted)
    if (integrity === undefined || got[path]?.integrity !== integrity)
      throw new Error(`${path} is not the package that package-lock.json knows: nothing is made of it`)
}
