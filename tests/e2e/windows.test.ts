import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { signIn } from './desk.ts'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let guichet: Guichet
let clerk: Page
let other: Page
let board: Page

interface Held {
  port?: MessagePort | undefined
}
/** Keeps the port that the preload hands to the page, as a page that was taken over would. */
const keepPort = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    addEventListener('message', (event) => {
      if (event.data === 'guichet:port') (globalThis as Held).port = event.ports[0]
    })
  })
  await page.reload()
  await page.waitForFunction(() => (globalThis as Held).port !== undefined)
}
/** Asks the worker past every client; what came back, as it came. `reload`: without waiting for it. */
const askRaw = (page: Page, call: string, input: object = {}): Promise<unknown> =>
  page.evaluate(
    ([name, question]) =>
      new Promise((resolve) => {
        const port = (globalThis as Held).port
        const id = 1_000_000 + Math.floor(performance.now())
        port?.addEventListener('message', ({ data }: MessageEvent<{ id?: number }>) => {
          if (data.id === id) resolve(data)
        })
        port?.postMessage({ kind: 'call', id, call: name, input: question })
      }),
    [call, input] as const,
  )
const session = async (page: Page): Promise<string | undefined> => {
  const { value } = (await askRaw(page, 'session.current')) as { value: { session?: { login: string } } }
  return value.session?.login
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-windows-'))
  guichet = await launchGuichet({
    dataDir,
    env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' },
    args: ['--window=board', '--window=clerk'],
  })
  clerk = guichet.page
  await clerk.getByTestId('login-form').waitFor({ timeout: 60_000 })
  const rest = await vi.waitUntil(
    () => {
      const pages = guichet.app.windows().filter((page) => page !== clerk)
      return pages.length === 2 && pages.every((page) => page.url().startsWith('app:')) ? pages : undefined
    },
    { timeout: 60_000 },
  )
  board = rest.find((page) => page.url().endsWith('/board.html')) ?? clerk
  other = rest.find((page) => page !== board) ?? clerk
  for (const page of [board, clerk, other]) await keepPort(page)
})
afterAll(async () => {
  await guichet.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('the board shows the office and the time; a clerk’s call does not exist for it', async () => {
  await board.getByTestId('board-clock').waitFor()
  await expect.poll(() => askRaw(board, 'app.state')).toMatchObject({ ok: true, value: { phase: 'ready' } })
  await expect.poll(() => board.locator('header').innerText()).toMatch(/Service d[’']accueil/u)
  for (const call of ['home.day', 'session.signIn', 'session.current', 'receipt.issue'])
    expect(await askRaw(board, call)).toMatchObject({ ok: false, fault: { code: 'call.unknown' } })
})

test('two clerks’ windows have two sessions; a sign-out of one leaves the other as it was', async () => {
  await signIn(clerk, 'agent')
  await expect.poll(() => session(clerk)).toBe('agent')
  expect(await session(other)).toBeUndefined()
  await signIn(other, 'supervisor')
  await expect.poll(() => session(other)).toBe('supervisor')
  expect(await askRaw(board, 'home.day')).toMatchObject({ fault: { code: 'call.unknown' } })
  await askRaw(other, 'session.signOut')
  expect([await session(clerk), await session(other)]).toEqual(['agent', undefined])
})

test('a reload in the middle of a call loses neither the session nor what the call wrote', async () => {
  await clerk.evaluate(() => {
    const port = (globalThis as Held).port
    port?.postMessage({ kind: 'call', id: 2_000_000, call: 'session.language', input: { language: 'en' } })
    location.reload()
  })
  await clerk.waitForFunction(() => (globalThis as Held).port !== undefined)
  expect(await askRaw(clerk, 'session.current')).toMatchObject({
    value: { session: { login: 'agent', language: 'en' } },
  })
})
