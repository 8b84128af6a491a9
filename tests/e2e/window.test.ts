import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDisplay } from '#scripts/display.ts'
import { launchArguments, readRuntime, root, runtimeEnv } from '#scripts/runtime.ts'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let guichet: Guichet

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-e2e-'))
  guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' } })
  await guichet.page.getByTestId('login-form').waitFor()
})
afterAll(async () => {
  await guichet.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const refusals: string[] = []

describe('the page', () => {
  it('is ours, isolated, and knows nothing of Node', async () => {
    const found = await guichet.page.evaluate(() => ({
      origin: location.origin,
      isolated: crossOriginIsolated,
      globals: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
    }))
    expect(found).toEqual({ origin: 'app://guichet', isolated: true, globals: [] })
  })

  it('draws what is Chromium’s own, fields for dates above all, in French', async () => {
    expect(await guichet.page.evaluate(() => navigator.language)).toBe('fr')
  })

  it('breaks no rule of its content policy on its way to the login screen', async () => {
    guichet.page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refusals.push(message.text())
    })
    await guichet.page.reload()
    await guichet.page.getByTestId('login-form').waitFor()
    expect(refusals).toEqual([])
  })

  it('runs no inline script and no evaluated code', async () => {
    const found = await guichet.page.evaluate(async () => {
      const refused = new Set<string>()
      // Both are known to be refused when Chromium says so, however slow the machine is.
      const both = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          refused.add(effectiveDirective)
          if (refused.has('script-src-elem') && refused.has('frame-src')) resolve()
        })
      })
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.head.append(script)
      const frame = document.createElement('iframe')
      frame.src = 'data:text/html,<script>parent.injected = true</script>'
      document.body.append(frame)
      await both
      script.remove()
      frame.remove()
      return { ran: 'injected' in window, refused: [...refused].sort() }
    })
    expect(found).toEqual({ ran: false, refused: ['frame-src', 'script-src-elem'] })
  })

  it.each(['https://example.org/', 'http://127.0.0.1:9/', 'file:///etc/hostname', 'app://other/'])(
    'loads nothing from %s',
    async (address) => {
      const outcome = await guichet.page.evaluate(
        (url) =>
          fetch(url).then(
            () => 'loaded',
            () => 'refused',
          ),
        address,
      )
      expect(outcome).toBe('refused')
    },
  )

  it('opens no window and goes nowhere else', async () => {
    expect(await guichet.page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
    // Hears each attempt after the program did: it was refused there, or it would have gone on.
    await guichet.app.evaluate(({ BrowserWindow }) => {
      const tried: boolean[] = []
      Object.assign(globalThis, { tried })
      BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => tried.push(event.defaultPrevented))
    })
    await guichet.page.evaluate(() => {
      location.href = 'https://example.org/'
    })
    await expect.poll(() => guichet.app.evaluate(() => (globalThis as { tried?: boolean[] }).tried)).toEqual([true])
    expect(guichet.page.url()).toMatch(/^app:\/\/guichet\//)
    expect(guichet.app.windows()).toHaveLength(1)
    // Playwright waits for the end of the navigation that was refused, until there is another one.
    await guichet.page.reload()
  })

  it.each(['geolocation', 'notifications', 'midi', 'camera', 'microphone', 'clipboard-read'])(
    'has no permission for %s',
    async (name) => {
      const state = await guichet.page.evaluate(
        (asked) => navigator.permissions.query({ name: asked as PermissionName }).then((found) => found.state),
        name,
      )
      expect(state).toBe('denied')
    },
  )
})

const pidOf = (name: string): Promise<number> =>
  guichet.app.evaluate(
    ({ app }, wanted) => app.getAppMetrics().find((metric) => metric.name === wanted)?.pid ?? 0,
    name,
  )

/** Ends a host as a crash would, and waits for the next one. */
async function crash(name: string): Promise<void> {
  const before = await pidOf(name)
  expect(before).toBeGreaterThan(0)
  process.kill(before, 'SIGKILL')
  await expect.poll(() => pidOf(name), { timeout: 20_000 }).not.toSatisfy((pid: number) => pid === before || pid === 0)
}

/** Signs in as an agent would who is told to try again while the register opens. */
async function signIn(): Promise<void> {
  const { page } = guichet
  const attempt = async (): Promise<boolean> => {
    await page
      .getByTestId('demo-agent')
      .click({ timeout: 3_000 })
      .catch(() => {})
    return page
      .getByTestId('nav-counter')
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      )
  }
  await expect.poll(attempt, { timeout: 60_000 }).toBe(true)
}

describe('a host that crashes', () => {
  it('is started again: the worker, before anybody signed in', async () => {
    await crash('guichet worker')
    await signIn()
  })

  it('is started again: the devices, while an agent works', async () => {
    await crash('guichet devices')
    await guichet.page.getByTestId('nav-counter').click()
    await guichet.page.getByTestId('simulate-card').click({ timeout: 30_000 })
    await guichet.page.getByTestId('citizen-name').waitFor({ timeout: 30_000 })
  })

  it('is started again: the worker, while an agent works, who then signs in again', async () => {
    await crash('guichet worker')
    await guichet.page.getByTestId('login-form').waitFor({ timeout: 30_000 })
    await signIn()
  })
})

describe('a second start', () => {
  it('on the same data folder ends at once', async () => {
    const runtime = readRuntime()
    const display = await openDisplay()
    const second = spawn(runtime.electron, [root, ...launchArguments()], {
      env: { ...process.env, ...display.env, ...runtimeEnv(runtime), GUICHET_DATA: dataDir },
      stdio: 'ignore',
    })
    const [code] = (await once(second, 'exit')) as [number]
    await display.close()
    expect(code).toBe(0)
  })
})
