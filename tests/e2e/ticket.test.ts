import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { encodePng } from '#drivers/card/png.ts'
import { root } from '#scripts/runtime.ts'
import { startEscposPrinter, type EscposPrinter } from '#tests/emulators/escpos/escposPrinter.ts'
import { confirm, fillRequest, printState, signIn } from './desk.ts'
import { launchGuichet, type Guichet } from './harness.ts'

const pictures = join(root, 'out/test/e2e')
let dataDir: string
let printer: EscposPrinter
let guichet: Guichet
let kiosk: Page
let board: Page

const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/gu, '')
/** The number that was given goes by itself, or with a touch. */
const touch = async (service: string): Promise<void> => {
  await kiosk
    .getByTestId('kiosk-done')
    .click({ timeout: 500 })
    .catch(() => undefined)
  await kiosk.getByTestId(`kiosk-service-${service}`).click({ timeout: 60_000 })
}

const called = (ticket: string): Promise<void> =>
  expect
    .poll(async () => (await board.getByTestId('board-large').innerText()).replaceAll(/\s/gu, ''), { timeout: 30_000 })
    .toMatch(new RegExp(`${ticket}.*2$`, 'u'))

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-ticket-'))
  printer = await startEscposPrinter()
  const env = { GUICHET_DEMO: '1', GUICHET_TRAINING: '1', GUICHET_TICKET_PRINTER: printer.address }
  guichet = await launchGuichet({ dataDir, env, args: ['--window=kiosk', '--window=board'] })
  const opened = (name: string): Promise<Page> =>
    vi.waitUntil(() => guichet.app.windows().find((page) => page.url().endsWith(`/${name}.html`)), { timeout: 60_000 })
  kiosk = await opened('kiosk')
  board = await opened('board')
  await mkdir(pictures, { recursive: true })
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  await printer.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a touch at the kiosk is a number on the screen, on paper and in the line of the counter', async () => {
  await touch('A')
  await expect.poll(() => kiosk.getByTestId('kiosk-ticket').innerText(), { timeout: 30_000 }).toBe('A001')
  expect(await kiosk.getByTestId('kiosk-given').innerText()).toContain('Prenez votre ticket')
  await kiosk.screenshot({ path: join(pictures, 'kiosk-ticket.png') })
  expect(printer.tickets).toHaveLength(1)
  const { width = 0, height = 0, dots = new Uint8Array() } = printer.tickets[0] ?? {}
  expect(width).toBe(576)
  const pixels = dots.map((dot) => (dot === 1 ? 0 : 255))
  await writeFile(join(pictures, 'ticket-80.png'), encodePng({ width, height, channels: 1, pixels }))
})

test('he is called on the board, served by his card at the counter, leaves with a receipt, and the next one is called', async () => {
  const { page } = guichet
  const strip = (words: string): Promise<void> =>
    expect.poll(() => page.getByTestId('queue-strip').innerText().then(plain), { timeout: 30_000 }).toContain(words)
  await signIn(page)
  await page.getByTestId('queue-sign-on').click()
  await strip('Appeler A001')
  await page.keyboard.press('F4')
  await strip('appelé, pas encore là')
  await called('A001')
  // Where one is stands above, in both scripts: the board was opened before the register was.
  expect(await board.locator('header').innerText()).toMatch(/Service d’accueil|Service d'accueil/u)
  await board.screenshot({ path: join(pictures, 'board-called.png') })
  await page.keyboard.press('F2')
  await strip('au guichet')
  await fillRequest(page, 'residence')
  await confirm(page)
  await printState(page, 'printed')
  await touch('A')
  await expect.poll(() => kiosk.getByTestId('kiosk-ticket').innerText(), { timeout: 30_000 }).toBe('A002')
  await strip('Appeler A002')
  await page.keyboard.press('F4')
  await strip('A002')
  await called('A002')
})

test('without paper the kiosk closes and counts nobody; with paper it opens again', async () => {
  printer.set('out')
  await expect
    .poll(() => kiosk.getByTestId('kiosk-off').innerText(), { timeout: 30_000 })
    .toContain('Il n’y a plus de papier ici')
  await kiosk.screenshot({ path: join(pictures, 'kiosk-no-paper.png') })
  printer.set('ready')
  await touch('B')
  await expect.poll(() => kiosk.getByTestId('kiosk-ticket').innerText(), { timeout: 30_000 }).toBe('B001')
  expect(printer.tickets).toHaveLength(3)
})

test('paper that ends in the middle: the number is to be remembered', async () => {
  printer.after(150, 'out')
  await touch('C')
  await expect
    .poll(() => kiosk.getByTestId('kiosk-given').innerText(), { timeout: 30_000 })
    .toContain('Retenez ce numéro')
  expect(await kiosk.getByTestId('kiosk-ticket').innerText()).toBe('C001')
  expect(printer.tickets).toHaveLength(3)
})
