import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let guichet: Guichet
let page: Page
/** Strokes of the hand since the last look: a chord is as many as its keys. */
let strokes = 0
const press = async (keys: string): Promise<void> => {
  strokes += keys.split('+').length
  await page.keyboard.press(keys)
}
const type = async (text: string): Promise<void> => {
  strokes += text.length
  // At a person's pace: what comes faster is a scanner's.
  await page.keyboard.type(text, { delay: 60 })
}
const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null)
const said = async (id: string): Promise<string> =>
  (await page.getByTestId(id).innerText()).replaceAll(/[\u2066-\u2069\s]/gu, '')
/** Goes somewhere by its name. */
const go = async (name: string): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.locator('dialog[open]').waitFor()
  await page.keyboard.type(name, { delay: 60 })
  await page.keyboard.press('Enter')
}
const shot = (name: string) => guichet.screenshot(join(root, 'out/test/e2e', `mail-${name}.png`))

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-e2e-'))
  guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' } })
  page = guichet.page
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  await page.getByTestId('login-name').waitFor()
  for (const word of ['clerk', 'guichet-demo']) {
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
  }
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  rmSync(dataDir, { recursive: true, force: true })
})

describe('a morning of the mail office with the keyboard alone, over the real register', () => {
  it('begins at the registers, and the box that finds any letter has the focus', async () => {
    await page.getByTestId('mail-search').waitFor({ timeout: 60_000 })
    await expect.poll(focused).toBe('mail-search')
  })

  it('registers three letters, one of them a second time', async () => {
    await page.keyboard.press('F9')
    await expect.poll(focused).toBe('entry-party')
    const letters = [
      { party: 'Wilaya de Rabat', end: 'Tab', reference: 'W/4502', date: '1', subject: 'Circulaire de mars' },
      { party: 'Mme Zahra Alami', end: 'Tab', reference: '', date: '', subject: 'طلب شهادة إدارية' },
      { party: 'wil', end: 'Enter', reference: 'W/4502', date: '1', subject: 'Circulaire de mars' },
    ]
    const counted: string[] = []
    for (const [index, letter] of letters.entries()) {
      strokes = 0
      const began = performance.now()
      await type(letter.party)
      await press(letter.end)
      await type(letter.reference)
      await press('Enter')
      await type(letter.date)
      await press('Enter')
      await expect.poll(focused).toBe('entry-subject')
      await type(letter.subject)
      if (index === 2) await page.getByTestId('entry-likes').waitFor()
      await press('Control+Enter')
      await expect.poll(() => said('entry-number')).toBe(`A-${String(index + 1).padStart(6, '0')}`)
      await expect.poll(focused).toBe('entry-party')
      counted.push(`${String(strokes)} keys, ${((performance.now() - began) / 1000).toFixed(1)} s of the program`)
    }
    process.stdout.write(`mail entry: ${counted.join('; ')}\n`)
    expect(await said('entry-was-like')).toContain('A-000001')
    await shot('1-entry')
  })

  it('finds a letter by a word in Arabic, and routes what waits', async () => {
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('mail-search')
    await page.keyboard.type('الشهادة', { delay: 60 })
    await expect.poll(() => said('letter-number')).toMatch(/A-000002$/u)
    await page.keyboard.press('F10')
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.type('EC', { delay: 60 })
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('+8')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => page.getByTestId('letter-pane').innerText()).toContain('الحالة المدنية')
    await shot('2-routed')
  })

  it('hands it over against a slip, which comes back signed', async () => {
    await go('أوراق الإرسال')
    await page.getByTestId('slip-submit').waitFor()
    await page.keyboard.press('F10')
    await page.getByTestId('open-slips').waitFor()
    await shot('3-slip')
    for (let tabs = 0; tabs < 20; tabs += 1) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(() => document.activeElement?.closest('[data-testid=open-slips]') !== null)) break
    }
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('slip-by')
    await page.keyboard.type('Khadija Alaoui', { delay: 60 })
    await page.keyboard.press('Enter')
    await page.getByTestId('open-slips').waitFor({ state: 'detached' })
  })

  it('closes the day after one question, and takes no letter of it any more', async () => {
    await go('الإقفال')
    await page.getByTestId('mail-close').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByTestId('mail-day-closed').waitFor({ timeout: 30_000 })
    await shot('4-closed')
    await page.keyboard.press('F9')
    await expect.poll(focused).toBe('entry-party')
    await page.keyboard.type('Trop tard')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Une lettre')
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-code="letter.dayClosed"]').waitFor()
  })
})
