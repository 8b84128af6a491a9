import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Repository {
  /** The folder that a web server or a share offers. Packages that lie there stay: the way back to a version of before. */
  readonly folder: string
  /** The package that is added. */
  readonly package: string
  /** A key of GnuPG that can sign, by its fingerprint or address. */
  readonly key: string
  readonly now: Date
}

/**
 * Adds a package to a repository that apt reads (a flat one, https://wiki.debian.org/DebianRepository/Format) and signs
 * its index: apt then refuses it when one byte of anything was changed. The public key lies beside it, `guichet.gpg`.
 * Throws one sentence when a program is missing or the key cannot sign.
 */
export function addToRepository({ folder, package: file, key, now }: Repository): void {
  mkdirSync(folder, { recursive: true })
  copyFileSync(file, join(folder, basename(file)))
  const packages = readdirSync(folder)
    .filter((name) => name.endsWith('.deb'))
    .sort()
    .map((name) => entryOf(folder, name))
    .join('\n')
  writeFileSync(join(folder, 'Packages'), packages)
  writeFileSync(join(folder, 'Packages.gz'), gzipSync(packages, { level: 9 }))
  writeFileSync(join(folder, 'Release'), releaseOf(folder, now))
  const signed = ['--local-user', key, '--digest-algo', 'SHA512', '--yes', '--batch']
  gpg([...signed, '--armor', '--clear-sign', '--output', join(folder, 'InRelease'), join(folder, 'Release')])
  gpg([...signed, '--armor', '--detach-sign', '--output', join(folder, 'Release.gpg'), join(folder, 'Release')])
  rmSync(join(folder, 'guichet.gpg'), { force: true })
  gpg(['--batch', '--output', join(folder, 'guichet.gpg'), '--export', key])
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** The paragraph of a package in the index: its own fields, and where and what its file is. */
const entryOf = (folder: string, name: string): string => {
  const file = join(folder, name)
  const control = output('dpkg-deb', ['--field', file]).trim()
  return `${control}\nFilename: ./${name}\nSize: ${String(statSync(file).size)}\nSHA256: ${sha256(file)}\n`
}

const releaseOf = (folder: string, now: Date): string =>
  [
    'Origin: Guichet',
    'Label: Guichet',
    'Suite: stable',
    'Architectures: amd64',
    `Date: ${now.toUTCString().replace('GMT', 'UTC')}`,
    'SHA256:',
    ...['Packages', 'Packages.gz'].map(
      (name) => ` ${sha256(join(folder, name))} ${String(statSync(join(folder, name)).size)} ${name}`,
    ),
    '',
  ].join('\n')

const gpg = (args: readonly string[]): void => {
  output('gpg', args)
}

const output = (program: string, args: readonly string[]): string => {
  const ran = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  if (ran.error !== undefined) throw new Error(`${program} is not on this machine: the repository needs it`)
  if (ran.status !== 0) throw new Error(`${program}: ${ran.stderr.trim().split('\n')[0] ?? 'failed'}`)
  return ran.stdout
}
