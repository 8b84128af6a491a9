import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCurrentFuseWire, FuseState, FuseV1Options } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDisplay, type Display } from '#scripts/display.ts'
import { launchArguments, readRuntime, root } from '#scripts/runtime.ts'
import { anOfficeFile, aPlatformKey, officeBytes } from '#tests/builders/platformKeys.ts'

const program = join(root, 'dist/test/linux-unpacked/guichet')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const passphrase = 'one counter, one key'
const makePackage = (args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts/package.ts'), ...args], { cwd: root, encoding: 'utf8' })

let display: Display
let dataDir: string

beforeAll(async () => {
  display = await openDisplay({ stays: true })
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-package-'))
  const made = makePackage(['--test-build'])
  if (made.status !== 0) throw new Error(made.stdout + made.stderr)
}, 600_000)
afterAll(async () => {
  await display.close()
  rmSync(dataDir, { recursive: true, force: true })
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
    const env = { PATH, HOME, ...display.env, GUICHET_DATA: dataDir, GUICHET_PASSPHRASE: passphrase, ...more }
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
    const deb = join(root, 'dist/test', `guichet_${version}_amd64.deb`)
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
