import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import type { PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { confirm, fillRequest, printState, setUpDesk, signIn, type Desk } from './desk.ts'
import type { Guichet } from './harness.ts'

let desk: Desk
let guichet: Guichet
const shot = (name: string) => guichet.screenshot(join(root, 'out/test/e2e', `${name}.png`))

beforeAll(async () => {
  desk = await setUpDesk()
  guichet = await desk.open()
  await signIn(guichet.page)
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  await desk.close()
})

interface Filed {
  number: string
  seq: string
  complete: boolean
}
const filed = () => desk.query<Filed>('SELECT number, seq, complete FROM deposit ORDER BY seq')
const commands = () => desk.query<{ seq: string; status: string }>('SELECT seq, status FROM command ORDER BY seq')

/** The platform holds exactly these deposits, each once, and every command in order without a gap. */
async function platformHolds(numbers: readonly string[]): Promise<void> {
  await expect
    .poll(async () => (await filed()).map((row) => row.number), { timeout: 60_000, interval: 300 })
    .toEqual(numbers)
  const rows = await commands()
  expect(rows.map((row) => Number(row.seq))).toEqual(rows.map((_, at) => at + 1))
  expect(rows.map((row) => row.status)).toEqual(rows.map(() => 'applied'))
}

/**
 * Pulls a card and waits until the reader has told: pcscd looks only so often, and a card swapped in between is the
 * same to it.
 */
async function takeBack(card: PluggedCard): Promise<void> {
  await card.pull()
  await expect.poll(() => guichet.page.getByTestId('status-reader').innerText(), { timeout: 20_000 }).toMatch(/retirée/)
}

const serve = async (): Promise<string> => {
  const { page } = guichet
  const card = await desk.insertCard()
  await expect.poll(() => page.getByTestId('citizen-name').innerText(), { timeout: 20_000 }).toMatch(/\S/)
  await fillRequest(page, 'residence')
  const number = await confirm(page)
  await takeBack(card)
  return number
}
const numbers: string[] = []

describe('a citizen is served with the keyboard alone, on real parts', () => {
  test('online: card, request, number, paper, platform', async () => {
    const { page } = guichet
    const card = await desk.insertCard()
    await expect.poll(() => page.getByTestId('citizen-name').innerText(), { timeout: 20_000 }).toMatch(/\S/)
    await expect
      .poll(() => page.getByTestId('citizen-verdicts').innerText(), { timeout: 20_000 })
      .not.toMatch(/non vérifié/i)
    await fillRequest(page, 'residence')
    await shot('1-request')
    const number = await confirm(page)
    numbers.push(number)
    expect(number).toBe(`${String(new Date().getFullYear())}/RAB03-G2/000001`)
    await printState(page, 'printed')
    await shot('2-printed')
    expect(await desk.printer.received()).toHaveLength(1)
    await platformHolds(numbers)
    await takeBack(card)
    await page.keyboard.press('F4')
  })

  test('offline: the job goes on, and everything drains in order when the platform returns', async () => {
    const { page } = guichet
    desk.platform.faults?.set({ down: true })
    for (let count = 0; count < 2; count += 1) {
      numbers.push(await serve())
      await printState(page, 'printed')
      await page.keyboard.press('F4')
    }
    await expect.poll(() => page.getByTestId('sync-pending').innerText()).toMatch(/[1-9]/)
    await shot('3-offline')
    expect(await filed()).toHaveLength(1)
    desk.platform.faults?.set({})
    await page.keyboard.press('Alt+5')
    await page.getByTestId('sync-drain').click()
    await platformHolds(numbers)
    await shot('4-drained')
    await page.keyboard.press('Alt+2')
  })

  test('an answer that is lost is asked for again, and the act counts once', async () => {
    const { page } = guichet
    desk.platform.faults?.set({ loseAnswers: 1 })
    numbers.push(await serve())
    await expect.poll(async () => (await filed()).length, { timeout: 30_000 }).toBe(numbers.length)
    desk.platform.faults?.set({})
    await page.keyboard.press('Alt+5')
    await page.getByTestId('sync-drain').click()
    await expect
      .poll(() => page.getByTestId('sync-pending').innerText(), { timeout: 30_000 })
      .toMatch(/tout est envoyé/)
    await platformHolds(numbers)
    await page.keyboard.press('Alt+2')
    await page.keyboard.press('F4')
  })

  test('paper out: the agent is told why, and the receipt comes out when paper is back', async () => {
    const { page } = guichet
    await desk.printer.set('paperOut')
    numbers.push(await serve())
    await printState(page, 'blocked')
    await shot('5-paper-out')
    await desk.printer.set('ready')
    await printState(page, 'printed')
    await page.keyboard.press('F4')
  })

  test('killed between commit and print: nothing is lost, nothing is doubled, and the paper comes out after the restart', async () => {
    const before = (await desk.printer.received()).length
    await desk.printer.set('off')
    await desk.printer.spooler('down')
    numbers.push(await serve())
    await guichet.kill()
    await desk.printer.spooler('up')
    await desk.printer.set('ready')
    guichet = await desk.open()
    await signIn(guichet.page)
    await expect
      .poll(async () => (await desk.printer.received()).length, { timeout: 60_000, interval: 500 })
      .toBe(before + 1)
    await platformHolds(numbers)
    numbers.push(await serve())
    expect(numbers.map((number) => number.split('/').at(-1))).toEqual(
      numbers.map((_, at) => String(at + 1).padStart(6, '0')),
    )
    await printState(guichet.page, 'printed')
    await platformHolds(numbers)
  })

  test('a card pulled while it is read is said in words, and the next one is read', async () => {
    const { page } = guichet
    await page.keyboard.press('F4')
    const pulled = await desk.insertCard({ removedAt: 4 })
    await pulled.left
    await page.locator('[data-code="card.removed"]').first().waitFor({ timeout: 20_000 })
    await shot('6-pulled')
    const number = await serve()
    numbers.push(number)
    await platformHolds(numbers)
  })
})
