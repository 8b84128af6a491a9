import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readRuntime, root, runtimeEnv } from '#scripts/runtime.ts'
import { launchGuichet, type Guichet } from './harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'guichet-key-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const wrapOf = (dataDir: string): unknown =>
  (JSON.parse(readFileSync(join(dataDir, 'key.json'), 'utf8')) as { wrap?: unknown }).wrap

describe('where the system has a keystore', () => {
  const dataDir = join(folder, 'with-keystore')
  const processes: ChildProcess[] = []
  let env: Record<string, string | undefined>

  /** A session bus and the keyring of GNOME on it, unlocked, in a home of their own. */
  beforeAll(async () => {
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    processes.push(bus)
    const [address] = (await once(createInterface(bus.stdout), 'line')) as [string]
    env = {
      DBUS_SESSION_BUS_ADDRESS: address,
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_RUNTIME_DIR: folder,
      GUICHET_PASSPHRASE: undefined,
      GUICHET_DEMO: '1',
    }
    const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    processes.push(keyring)
    keyring.stdin.end('login password')
    const question = [
      '--session',
      '--dest=org.freedesktop.DBus',
      '--print-reply',
      '/',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets',
    ]
    await vi.waitFor(() => {
      expect(execFileSync('dbus-send', question, { env: { ...process.env, ...env }, encoding: 'utf8' })).toContain(
        'true',
      )
    }, 30_000)
    // Before its first keyring exists it would ask a person for a password.
    await vi.waitFor(() => {
      expect(existsSync(join(folder, 'keyrings/login.keyring'))).toBe(true)
    }, 30_000)
  })
  afterAll(() => {
    for (const one of processes.reverse()) one.kill()
  })

  it('asks for no passphrase, also at the second start', async () => {
    for (let start = 0; start < 2; start += 1) {
      const guichet = await launchGuichet({ dataDir, env, args: ['--password-store=gnome-libsecret'] })
      // The form is there before the register is open; the accounts come with it.
      await guichet.page.getByTestId('demo-agent').waitFor({ timeout: 60_000 })
      expect(await guichet.page.getByTestId('login-form').isVisible()).toBe(true)
      await guichet.close()
    }
    expect(wrapOf(dataDir)).toBe('keystore')
  })

  /** A command as `/usr/bin/guichet` starts it, without a display. */
  const command = (args: readonly string[], more: Record<string, string> = {}) => {
    const runtime = readRuntime()
    const { PATH = '' } = process.env
    const own = ['--no-sandbox', '--no-zygote', '--ozone-platform=headless', '--guichet-command', '--']
    return spawnSync(runtime.electron, [root, ...own, ...args, '--data', dataDir, '--json'], {
      env: { PATH, ...runtimeEnv(runtime), ...env, ...more },
      encoding: 'utf8',
      timeout: 60_000,
    })
  }

  it('opens for a command of that session, and says to another one that it has none', () => {
    const checked = command(['db', 'check'])
    expect(checked.status, checked.stdout + checked.stderr).toBe(0)
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true })
    const elsewhere = command(['db', 'check'], { DBUS_SESSION_BUS_ADDRESS: 'disabled:' })
    expect(elsewhere.status).toBe(1)
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({ fault: { code: 'register.noKeystore' } })
  })

  it('is refused in words when the keystore is gone', async () => {
    const guichet = await launchGuichet({
      dataDir,
      env: { ...env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
      args: ['--password-store=basic'],
    })
    await guichet.page.getByTestId('app-failed').waitFor({ timeout: 60_000 })
    expect(await guichet.page.getByTestId('app-failed').innerText()).toContain('REG-209')
    await guichet.close()
  })
})

describe('where the system has none', () => {
  const dataDir = join(folder, 'without-keystore')
  const launch = (): Promise<Guichet> =>
    launchGuichet({ dataDir, env: { GUICHET_PASSPHRASE: undefined }, args: ['--password-store=basic'] })
  const say = async ({ page }: Guichet, words: string): Promise<void> => {
    await page.getByTestId('passphrase').fill(words)
    const again = page.getByTestId('passphrase-again')
    if (await again.isVisible()) await again.fill(words)
    await page.getByTestId('passphrase-submit').click()
  }

  // There is a key then, and no register yet: its office file is asked for.
  it('an administrator chooses a passphrase, and it is asked at the next start', async () => {
    const first = await launch()
    await first.page.getByTestId('passphrase-again').waitFor({ timeout: 60_000 })
    await say(first, 'quatre mots au moins')
    await first.page.getByTestId('begin-form').waitFor({ timeout: 60_000 })
    await first.close()
    expect(wrapOf(dataDir)).toBe('passphrase')

    const second = await launch()
    await second.page.getByTestId('passphrase').waitFor({ timeout: 60_000 })
    await say(second, 'quatre autres mots')
    await second.page.getByRole('alert').waitFor()
    expect(await second.page.getByTestId('begin-form').isVisible()).toBe(false)
    await say(second, 'quatre mots au moins')
    await second.page.getByTestId('begin-form').waitFor({ timeout: 60_000 })
    await second.close()
  })
})
