import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addToRepository } from '#scripts/package/repository.ts'
import { temporaryFolder } from '#tests/builders/register.ts'

let folder: ReturnType<typeof temporaryFolder>
let home: string | undefined
const repository = (): string => join(folder.path, 'repository')

/** A small package of the same name: the repository knows nothing of what is inside. */
const aPackage = (version: string): string => {
  const stage = join(folder.path, `stage-${version}`)
  mkdirSync(join(stage, 'DEBIAN'), { recursive: true })
  const control = {
    Package: 'guichet',
    Version: version,
    Architecture: 'amd64',
    Maintainer: 'Specimen <specimen@example.org>',
    Description: 'specimen',
  }
  writeFileSync(
    join(stage, 'DEBIAN/control'),
    Object.entries(control)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(''),
  )
  const file = join(folder.path, `guichet_${version}_amd64.deb`)
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', stage, file], { stdio: 'ignore' })
  return file
}

beforeAll(() => {
  folder = temporaryFolder()
  home = process.env['GNUPGHOME']
  process.env['GNUPGHOME'] = join(folder.path, 'gnupg')
  mkdirSync(process.env['GNUPGHOME'], { mode: 0o700 })
  const made = [
    '--batch',
    '--passphrase',
    '',
    '--quick-generate-key',
    'Depot <depot@example.org>',
    'ed25519',
    'sign',
    'never',
  ]
  execFileSync('gpg', made, { stdio: 'ignore' })
  for (const version of ['0.1.0', '0.2.0'])
    addToRepository({ folder: repository(), package: aPackage(version), key: 'depot@example.org', now: new Date() })
}, 60_000)
afterAll(() => {
  spawnSync('gpgconf', ['--kill', 'all'])
  if (home === undefined) delete process.env['GNUPGHOME']
  else process.env['GNUPGHOME'] = home
  folder.remove()
})

/** apt of a machine of its own, which knows this repository and its key alone. */
function machine(name: string, served: string) {
  const root = join(folder.path, name)
  for (const part of [
    'etc/apt/apt.conf.d',
    'etc/apt/preferences.d',
    'var/lib/apt/lists/partial',
    'var/cache/apt/archives/partial',
    'var/lib/dpkg',
    'down',
  ])
    mkdirSync(join(root, part), { recursive: true })
  writeFileSync(join(root, 'var/lib/dpkg/status'), '')
  cpSync(join(repository(), 'guichet.gpg'), join(root, 'guichet.gpg'))
  writeFileSync(
    join(root, 'etc/apt/sources.list'),
    `deb [arch=amd64 signed-by=${join(root, 'guichet.gpg')}] copy:${served} ./\n`,
  )
  const own = [
    '-o',
    `Dir=${root}`,
    '-o',
    `Dir::State::status=${join(root, 'var/lib/dpkg/status')}`,
    '-o',
    'APT::Sandbox::User=root',
    '-o',
    'APT::Architecture=amd64',
    '-o',
    'Dir::Bin::methods=/usr/lib/apt/methods',
  ]
  return (...args: readonly string[]) =>
    spawnSync('apt-get', [...own, ...args], {
      cwd: join(root, 'down'),
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    })
}

test('apt takes the newest version, and an older one when it is asked for', () => {
  const apt = machine('sound', repository())
  const updated = apt('update')
  expect(updated.status, updated.stderr).toBe(0)
  expect(updated.stderr).not.toContain('W:')
  expect(apt('install', '--simulate', 'guichet').stdout).toContain('Inst guichet (0.2.0')
  expect(apt('download', 'guichet=0.1.0').status).toBe(0)
})

/** Changes one bit in the middle of a file. */
const bend = (file: string): void => {
  const bytes = readFileSync(file)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

test.each(['InRelease', 'Packages.gz', 'guichet_0.2.0_amd64.deb'])('one byte of %s changed: apt refuses', (file) => {
  const served = join(folder.path, `bent-${file}`)
  cpSync(repository(), served, { recursive: true })
  bend(join(served, file))
  // What else would be asked in its place is not there.
  if (file === 'Packages.gz') bend(join(served, 'Packages'))
  const apt = machine(`machine-${file}`, served)
  const ran = [apt('update', '--error-on=any'), apt('download', 'guichet')]
  expect(ran.map(({ status }) => status)).toContain(100)
  expect(ran.map(({ stderr }) => stderr).join('')).toMatch(/signature|Hash Sum mismatch|NODATA|not signed|BADSIG/i)
})

test('signed by another key: apt refuses', () => {
  const made = [
    '--batch',
    '--passphrase',
    '',
    '--quick-generate-key',
    'Other <other@example.org>',
    'ed25519',
    'sign',
    'never',
  ]
  execFileSync('gpg', made, { stdio: 'ignore' })
  const served = join(folder.path, 'other')
  addToRepository({ folder: served, package: aPackage('0.3.0'), key: 'other@example.org', now: new Date() })
  const updated = machine('machine-other', served)('update', '--error-on=any')
  expect(updated.status).toBe(100)
  expect(updated.stderr).toContain('NO_PUBKEY')
})

test('a key that there is not is one sentence', () => {
  expect(() => {
    addToRepository({
      folder: join(folder.path, 'none'),
      package: aPackage('0.4.0'),
      key: 'nobody@example.org',
      now: new Date(),
    })
  }).toThrow(/^gpg: .*nobody@example.org/)
})
