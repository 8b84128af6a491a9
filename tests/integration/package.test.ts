import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getCurrentFuseWire, FuseState, FuseV1Options } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { openDisplay, type Display } from '#scripts/display.ts'
import { launchArguments, readRuntime, root } from '#scripts/runtime.ts'
import { asarFiles } from '#tests/builders/asar.ts'
import { anOfficeFile, aPlatformKey, officeBytes } from '#tests/builders/platformKeys.ts'

const program = join(root, 'dist/test/linux-unpacked/guichet')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const deb = join(root, 'dist/test', `guichet_${version}_amd64.deb`)
const passphrase = 'one counter, one key'
const makePackage = (args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts/package.ts'), ...args], { cwd: root, encoding: 'utf8' })

let display: Display
let dataDir: string

beforeAll(async () => {
  display = await openDisplay({ stays: true })
  // In a package no variable says where the register is: it is where desktops keep such things.
  dataDir = join(mkdtempSync(join(tmpdir(), 'guichet-package-')), 'Guichet')
  mkdirSync(dataDir)
  const made = makePackage(['--test-build'])
  if (made.status !== 0) throw new Error(made.stdout + made.stderr)
}, 600_000)
afterAll(async () => {
  await display.close()
  rmSync(dirname(dataDir), { recursive: true, force: true })
})

describe('the package', () => {
  it.runIf(readRuntime().standIn)('is not made of the stand-in runtime', () => {
    const refused = makePackage([])
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('stand-in')
  })

  /** Only what a desktop gives to a program: nothing of the repository's environment. */
  const smoke = (more: Record<string, string> = {}) => {
    const { PATH = '', HOME = '' } = process.env
    const env = {
      PATH,
      HOME,
      ...display.env,
      XDG_CONFIG_HOME: dirname(dataDir),
      GUICHET_PASSPHRASE: passphrase,
      ...more,
    }
    const started = spawnSync(program, ['--smoke', ...launchArguments()], {
      env,
      cwd: tmpdir(),
      encoding: 'utf8',
      timeout: 90_000,
    })
    const ready = started.stdout.split('\n').find((line) => line.startsWith('READY '))
    expect(ready, started.stdout + started.stderr).toBeDefined()
    expect(JSON.parse(ready?.slice('READY '.length) ?? '')).toMatchObject({
      packaged: true,
      electron: readRuntime().version,
    })
    expect(started.status).toBe(0)
  }

  it('makes no register of the demonstration, whatever the environment says, and has none of its accounts', () => {
    smoke({ GUICHET_DEMO: '1' })
    expect(existsSync(join(dataDir, 'register.db'))).toBe(false)
    expect(existsSync(join(program, '../resources/guichet/calendars'))).toBe(true)
    expect(existsSync(join(program, '../resources/guichet/seed'))).toBe(false)
  })

  it('starts on a register that its office file began: window, devices, and every page encrypted', () => {
    const by = aPlatformKey()
    const file = join(dataDir, 'office.jws')
    writeFileSync(file, officeBytes(anOfficeFile(by), by))
    execFileSync(
      process.execPath,
      [join(root, 'electron/cli/guichet.ts'), 'register', 'begin', file, '--fingerprint', by.fingerprint],
      { env: { PATH: process.env['PATH'] ?? '', GUICHET_DATA: dataDir, GUICHET_PASSPHRASE: passphrase } },
    )
    smoke()
    const register = readFileSync(join(dataDir, 'register.db'))
    expect(register.length).toBeGreaterThan(4096)
    expect(register.includes('SQLite format 3')).toBe(false)
  })

  it('holds the program and nothing else, and is no bigger than it may be', () => {
    const archive = join(program, '../resources/app.asar')
    const files = [...asarFiles(archive).keys()]
    expect(files).toEqual(expect.arrayContaining(['ar', 'fr'].map((one) => `out/renderer/recordings/${one}/20.wav`)))
    const rooms = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')))
    const alien = [...rooms].filter(
      (room) => !/^(out\/(main|preload|renderer)|package\.json|node_modules\/.+)$/.test(room),
    )
    expect(alien).toEqual([])
    const megabytes = { archive: statSync(archive).size / 1e6, package: statSync(deb).size / 1e6 }
    expect(megabytes.archive).toBeLessThan(80)
    expect(megabytes.package).toBeLessThan(180)
  })

  describe('its command line', () => {
    let command: string
    let home: string
    beforeAll(() => {
      home = mkdtempSync(join(tmpdir(), 'guichet-home-'))
      command = join(home, 'guichet')
      const script = readFileSync(join(root, 'scripts/package/debian/guichet.sh'), 'utf8')
      writeFileSync(command, script.replaceAll('/opt/Guichet/guichet', program), { mode: 0o755 })
      chmodSync(home, 0o777)
    })
    afterAll(() => {
      rmSync(home, { recursive: true, force: true })
    })

    const asOther: readonly string[] = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups']
    const users: readonly { readonly who: string; readonly before: readonly string[] }[] =
      process.getuid?.() === 0
        ? [
            { who: 'root', before: [] },
            { who: 'a user', before: asOther },
          ]
        : [{ who: 'a user', before: [] }]

    test.each(users)('answers without a display and without an environment, as $who', ({ before }) => {
      const guichet = (...args: readonly string[]) => {
        const [first = command, ...rest] = [...before, command, ...args]
        const ran = spawnSync('/usr/bin/env', ['-i', first, ...rest], { encoding: 'utf8', timeout: 60_000, cwd: '/' })
        expect([0, 1, 2], `${args.join(' ')}: ${String(ran.status)} ${String(ran.signal)} ${ran.stderr}`).toContain(
          ran.status,
        )
        return ran
      }
      expect(guichet('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' })
      const none = join(home, 'none')
      const examined = guichet('doctor', '--json', '--data', none)
      const { findings } = JSON.parse(examined.stdout) as { findings: { part: string; verdict: string }[] }
      const good = findings.filter(({ verdict }) => verdict === 'ok').map(({ part }) => part)
      // What the command finds inside the package: its native part, fonts, trust.
      expect(good).toEqual(expect.arrayContaining(['runtime', 'sqlite', 'fonts', 'countries']))
      expect(existsSync(none)).toBe(false)
      expect(JSON.parse(guichet('db', 'check', '--json', '--data', none).stdout)).toMatchObject({
        fault: { code: 'register.none' },
      })
      expect(guichet('demo').status).toBe(2)
      expect(guichet('--help').stdout).not.toContain('demo')
      expect(guichet('mrz', 'parse', '--example').status).toBe(0)
    })

    it('looks at the register of the window, and leaves every byte where it is', () => {
      const bytes = (): string =>
        readdirSync(dataDir)
          .filter((name) => name !== 'window' && name !== 'logs')
          .sort()
          .map(
            (name) =>
              `${name} ${
                statSync(join(dataDir, name)).isFile()
                  ? createHash('sha256')
                      .update(readFileSync(join(dataDir, name)))
                      .digest('hex')
                  : ''
              }`,
          )
          .join('\n')
      const before = bytes()
      for (const words of [['db', 'check'], ['doctor'], ['journal', 'verify']]) {
        const ran = spawnSync(command, [...words, '--json', '--data', dataDir], {
          env: { GUICHET_PASSPHRASE: passphrase },
          encoding: 'utf8',
        })
        expect(ran.stderr).toBe('')
        expect(ran.stdout).not.toContain('internal')
      }
      expect(bytes()).toBe(before)
    })

    it('reads a letter by what is in the package: picture reader and its languages', () => {
      const picture = join(home, 'letter.png')
      const drawn = [
        '-size',
        '1240x400',
        'xc:white',
        '-pointsize',
        '48',
        '-annotate',
        '+60+120',
        'Rabat, le 12 mars 2026',
      ]
      execFileSync('convert', [...drawn, picture])
      // Apart from the tree: what is not in the package would be found in the folders above it.
      const apart = join(home, 'apart')
      cpSync(join(program, '..'), apart, { recursive: true })
      const own = readFileSync(command, 'utf8').replaceAll(program, join(apart, 'guichet'))
      writeFileSync(join(home, 'guichet-apart'), own, { mode: 0o755 })
      const ran = spawnSync(join(home, 'guichet-apart'), ['mail', 'propose', picture, '--json'], {
        env: {},
        encoding: 'utf8',
      })
      expect(JSON.parse(ran.stdout), ran.stderr).toMatchObject({ date: { value: '2026-03-12' } })
    })
  })

  it('cannot be used as a plain Node, nor be inspected', async () => {
    const fuses = await getCurrentFuseWire(program)
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
    ])
      expect(fuses[off]).toBe(FuseState.DISABLE)
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE)
    expect(existsSync(join(program, '../resources/app'))).toBe(false)
  })

  it('is a Debian package with its entry in the menu', () => {
    const field = (name: string): string =>
      execFileSync('dpkg-deb', ['--field', deb, name], { encoding: 'utf8' }).trim()
    expect([field('Package'), field('Architecture'), field('Version')]).toEqual(['guichet', 'amd64', version])
    expect(field('Depends')).toContain('libgtk-3-0')
    const contents = execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    for (const path of [
      './opt/Guichet/guichet',
      './opt/Guichet/resources/app.asar',
      './usr/share/applications/guichet.desktop',
      './usr/share/icons/hicolor/256x256/apps/guichet.png',
    ])
      expect(contents).toContain(path)
    expect(contents).not.toMatch(/(darwin|win32)-(x64|arm64)\.node/)
  })
})
