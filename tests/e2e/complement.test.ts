import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { withoutControls } from '#shared/domain/receipt/receiptText.ts'
import { visualLines } from '#tests/integration/pdfTools.ts'
import { confirm, printState, setUpDesk, signIn, type Desk } from './desk.ts'
import type { Guichet } from './harness.ts'

let desk: Desk
let guichet: Guichet
const shot = (name: string) => guichet.screenshot(join(root, 'out/test/e2e', `complement-${name}.png`))

beforeAll(async () => {
  desk = await setUpDesk()
  guichet = await desk.open()
  await signIn(guichet.page)
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  await desk.close()
})

const focused = (): Promise<string | null> =>
  guichet.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null)
const standing = async (number: string): Promise<unknown> =>
  (await desk.query(`SELECT complete, standing FROM deposit WHERE number = '${number}'`))[0]

describe('a citizen comes back with what was missing, on real parts and with the keyboard alone', () => {
  let number = ''

  test('he deposits with one piece, and the receipt says what is missing', async () => {
    const { page } = guichet
    await desk.insertCard()
    await expect.poll(() => page.getByTestId('citizen-name').innerText(), { timeout: 20_000 }).toMatch(/\S/)
    await page.keyboard.press('F3')
    await page.keyboard.type('permis')
    await page.getByTestId('procedure-option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-testid^="piece-"] input[type=checkbox]').first().focus()
    await page.keyboard.press('Space')
    number = await confirm(page)
    await printState(page, 'printed')
    await expect.poll(() => standing(number), { timeout: 60_000 }).toEqual({ complete: false, standing: 'deposited' })
  })

  test('his card lists what he owes; Enter completes it, and another receipt comes out', async () => {
    const { page } = guichet
    await page.keyboard.press('F4')
    await page.keyboard.press('F2')
    await page.getByTestId('earlier').waitFor({ timeout: 20_000 })
    await page.keyboard.press('F5')
    await page.getByTestId('earlier-owed').waitFor()
    const owed = withoutControls(await page.getByTestId('earlier-owed').innerText())
    expect(owed).toMatch(/Pièces jusqu’au \d\d\/\d\d\/\d{4}\s+Il manque : .+/)
    await shot('1-owed')
    for (let tabs = 0; tabs < 4 && (await page.locator('dialog [role=row]:focus').count()) === 0; tabs += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const pieces = page.getByTestId('complement-piece')
    await pieces.first().waitFor()
    await expect.poll(() => page.locator('[data-testid="complement-piece"] input:focus').count()).toBe(1)
    for (let at = 0; at < (await pieces.count()); at += 1) {
      await page.keyboard.press('Space')
      await page.keyboard.press('ArrowDown')
    }
    await expect.poll(() => page.getByTestId('complement-said').innerText()).toContain('sera complet')
    await shot('2-complement')
    await page.keyboard.press('Control+Enter')
    await page.getByTestId('complement').waitFor({ state: 'detached' })
    await expect.poll(() => standing(number), { timeout: 60_000 }).toEqual({ complete: true, standing: 'deposited' })
    await expect.poll(async () => (await desk.printer.received()).length, { timeout: 60_000, interval: 300 }).toBe(2)
    const [, paper] = await desk.printer.received()
    const file = join(root, 'out/test/e2e/complement.pdf')
    writeFileSync(file, paper ?? new Uint8Array())
    const words = (await visualLines(file)).flat().join(' ')
    for (const said of [number, 'complément', 'complète']) expect(words).toContain(said)
  })

  test('the agent sees his own mistake of the day on the sheet, and corrects it although it was applied', async () => {
    const { page } = guichet
    await page.keyboard.press('Alt+1')
    await page.getByTestId('figure-served').press('Enter')
    await page.locator('[role=row]:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.getByTestId('deposit-correct').waitFor()
    await shot('3-sheet')
    await page.getByTestId('deposit-correct').press('Enter')
    await page.getByTestId('correction-own').waitFor()
    await page.keyboard.press('F9')
    await page.getByTestId('correction-form').waitFor()
    for (let tabs = 0; tabs < 14 && (await focused()) !== 'correction-reason'; tabs += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.type('nom mal lu', { delay: 40 })
    await shot('4-correction')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => standing(number), { timeout: 60_000 }).toEqual({ complete: true, standing: 'corrected' })
  })
})
