import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { launchGuichet, type Guichet } from './harness.ts'

// Starts that fail say so in a window, and a start asks the network for nothing.

const folder = mkdtempSync(join(tmpdir(), 'guichet-start-'))
let guichet: Guichet | undefined
afterEach(async () => {
  await guichet?.close().catch(() => undefined)
  guichet = undefined
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const settings = join(folder, 'settings.json')
const launch = async (env: Readonly<Record<string, string | undefined>>): Promise<Guichet> => {
  guichet = await launchGuichet({ dataDir: join(folder, 'data'), env })
  return guichet
}
const reasons = async ({ page }: Guichet): Promise<string> => {
  await page.getByTestId('start-again').waitFor({ timeout: 60_000 })
  return page.getByRole('alert').innerText()
}

test('a wrong setting of the machine is named, quoted nowhere, and tried again once it was put right', async () => {
  writeFileSync(settings, '{ "training": "secret-yes", "language": "fr" }', { mode: 0o644 })
  const started = await launch({ GUICHET_MACHINE: settings })
  const said = await reasons(started)
  expect(said).toMatch(/training.*true ou false/u)
  expect(said + started.log()).not.toContain('secret-yes')
  await started.screenshot(join(root, 'out/test/e2e/start-setting.png'))
  // The test sees that it would start again, and ends this one itself.
  await started.app.evaluate(({ app }) => {
    app.relaunch = () => {
      process.env['GUICHET_STARTED_AGAIN'] = '1'
    }
    app.exit = () => undefined
  })
  // The button has the focus; nothing is navigated to.
  await started.page.keyboard.press('Enter')
  await expect.poll(() => started.app.evaluate(() => process.env['GUICHET_STARTED_AGAIN'])).toBe('1')
})

test('a variable that makes no sense, and a folder that cannot be made, are reasons in words', async () => {
  expect(await reasons(await launch({ GUICHET_PLATFORM: 'plateforme.example' }))).toMatch(/GUICHET_PLATFORM/u)
  await guichet?.close()
  guichet = await launchGuichet({
    dataDir: join(folder, 'data'),
    env: { GUICHET_DATA: '/proc/guichet', GUICHET_LANGUAGE: 'ar' },
  })
  expect(await reasons(guichet)).toMatch(/لا يمكن إنشاء المجلد/u)
  expect(await guichet.page.locator('html').getAttribute('dir')).toBe('rtl')
})

test('a machine that nobody set up says so, and where to put what', async () => {
  const { page } = await launch({})
  await page.getByTestId('begin-form').waitFor({ timeout: 60_000 })
  expect(await page.getByTestId('begin-form').innerText()).toMatch(/Poste non configuré[\s\S]*guichet provision/u)
})

test('settings of the machine say where the register is', async () => {
  writeFileSync(settings, JSON.stringify({ dataDir: join(folder, 'machine') }), { mode: 0o644 })
  const { page, app } = await launch({ GUICHET_MACHINE: settings })
  await page.getByTestId('begin-form').waitFor({ timeout: 60_000 })
  // Chromium's own files stay in the account's.
  expect(await app.evaluate(({ app: one }) => one.getPath('userData'))).not.toContain(join(folder, 'machine'))
})

let proxy: Server
const asked: string[] = []
beforeAll(async () => {
  proxy = createServer((request, answer) => {
    asked.push(request.url ?? '')
    answer.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 502 no\r\n\r\n')
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
})
afterAll(() => {
  proxy.close()
})

test('a start asks the network for nothing: no dictionary, no component, no clock', { timeout: 240_000 }, async () => {
  const address = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`
  const env = {
    http_proxy: address,
    https_proxy: address,
    HTTP_PROXY: address,
    HTTPS_PROXY: address,
    GUICHET_DEMO: '1',
  }
  const { page, app } = await launch(env)
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  // What Chromium asks at all, it asks in the seconds after its start.
  await new Promise((resolve) => setTimeout(resolve, 15_000))
  const resolved = await app.evaluate(({ session }) =>
    session.defaultSession.resolveProxy('https://redirector.gvt1.com/'),
  )
  expect(resolved).toBe('PROXY 127.0.0.1:9')
  expect(asked).toEqual([])
})
