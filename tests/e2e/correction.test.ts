import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { visualLines } from '#tests/integration/pdfTools.ts'
import { confirm, fillRequest, printState, setUpDesk, signIn, type Desk } from './desk.ts'
import type { Guichet } from './harness.ts'

let desk: Desk
let guichet: Guichet
const shot = (name: string) => guichet.screenshot(join(root, 'out/test/e2e', `correction-${name}.png`))
const usedStamp = 'T-2026-00417'
const rightStamp = 'T-2026-00418'

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

describe('a refused act is put right with the keyboard alone, on real parts', () => {
  let number = ''

  test('the platform refuses it, and the desk says why in the agent’s words with the platform’s own beside them', async () => {
    const { page } = guichet
    const year = String(new Date().getFullYear())
    await desk.query(`INSERT INTO deposit (counter_id, number, request_id, procedure_code, complete, seq, stamp)
      VALUES ('RAB03-G2', '${year}/RAB03-G2/000900', 'another', 'X', true, 0, '${usedStamp}')`)
    await desk.insertCard()
    await expect.poll(() => page.getByTestId('citizen-name').innerText(), { timeout: 20_000 }).toMatch(/\S/)
    await fillRequest(page, 'permis')
    await page.getByTestId('stamp-number').focus()
    await page.keyboard.type(usedStamp)
    number = await confirm(page)
    await printState(page, 'printed')
    await expect.poll(() => page.getByTestId('nav-corrections').innerText(), { timeout: 60_000 }).toMatch(/1/)
    await page.keyboard.press('Alt+4')
    await page.locator(`[data-testid="correction-row"][data-number="${number}"]`).waitFor()
    const shown = page.getByTestId('correction')
    await expect.poll(() => shown.innerText()).toContain('Ce numéro de timbre a déjà servi')
    expect(await shown.innerText()).toContain(`stamp ${usedStamp} was used before`)
    await shot('1-refused')
  })

  test('the draft is reopened where it was refused; the new act is taken, and a corrected receipt comes out', async () => {
    const { page } = guichet
    await page.keyboard.press('F9')
    await expect.poll(focused).toBe('correction-stamp')
    await shot('2-marked')
    await page.keyboard.press('Control+A')
    await page.keyboard.type(rightStamp)
    for (let tabs = 0; tabs < 12 && (await focused()) !== 'correction-reason'; tabs += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.type('timbre mal lu', { delay: 40 })
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(
        async () =>
          (await desk.query<{ status: string }>('SELECT status FROM command ORDER BY seq')).map((row) => row.status),
        { timeout: 60_000, interval: 300 },
      )
      .toEqual(['rejected', 'applied'])
    await expect.poll(() => page.getByTestId('nav-corrections').innerText(), { timeout: 30_000 }).not.toMatch(/\d/)
    expect(await desk.query('SELECT number, standing, stamp FROM deposit WHERE seq > 0')).toEqual([
      { number, standing: 'corrected', stamp: rightStamp },
    ])

    await expect.poll(async () => (await desk.printer.received()).length, { timeout: 60_000, interval: 300 }).toBe(2)
    const [, corrected] = await desk.printer.received()
    const file = join(root, 'out/test/e2e/corrected.pdf')
    writeFileSync(file, corrected ?? new Uint8Array())
    const words = (await visualLines(file)).flat().join(' ')
    for (const said of [number, 'rectificatif', 'remplace', rightStamp]) expect(words).toContain(said)
  })

  test('the history of the number is found by typing it', async () => {
    const { page } = guichet
    await page.keyboard.press('F3')
    // As fingers do: what comes all at once is a scan.
    await page.keyboard.type(number, { delay: 60 })
    await page.keyboard.press('Enter')
    await page.locator('[data-testid="standing"][data-standing="corrected"]').waitFor()
    const history = await page.getByTestId('history').innerText()
    for (const said of ['Refusé par la plateforme', 'Correction', 'timbre mal lu', 'imprimé'])
      expect(history).toContain(said)
    await shot('3-repaired')
  })
})
