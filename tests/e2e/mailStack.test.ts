import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pressHere } from '#electron/press/pressHere.ts'
import { root } from '#scripts/runtime.ts'
import { valueOf } from '#tests/builders/register.ts'
import { blankPage, letter, pagesFrom, stackOf } from '#tests/builders/stacks.ts'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let sane: string
let guichet: Guichet
let page: Page
let stack: Uint8Array
const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.role ?? null)
const said = async (id: string): Promise<string> =>
  (await page.getByTestId(id).innerText()).replaceAll(/[\u2066-\u2069]/gu, '')
const shot = (name: string) => guichet.screenshot(join(root, 'out/test/e2e', `mail-stack-${name}.png`))

beforeAll(async () => {
  const press = pressHere({ resourcesDir: join(root, 'resources') })
  const sheets = valueOf(
    await press.separators([
      { serial: 'AAAA2222', service: 'URB' },
      { serial: 'BBBB3333', service: 'SG', confidentiality: 'confidential' },
    ]),
  )
  stack = await stackOf(
    pagesFrom(sheets, 1, 2),
    letter('Objet : demande de renseignements'),
    blankPage,
    pagesFrom(sheets, 3, 4),
    letter('Objet : rapport annuel'),
    letter('Suite du rapport'),
  )
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-e2e-'))
  // SANE with its test backend alone, whose feeder holds ten sheets.
  sane = mkdtempSync(join(tmpdir(), 'guichet-sane-'))
  writeFileSync(join(sane, 'dll.conf'), 'test\n')
  copyFileSync('/etc/sane.d/test.conf', join(sane, 'test.conf'))
  guichet = await launchGuichet({
    dataDir,
    env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1', SANE_CONFIG_DIR: sane },
  })
  page = guichet.page
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  await page.getByTestId('login-name').waitFor()
  for (const word of ['clerk', 'guichet-demo']) {
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
  }
  await page.getByTestId('mail-search').waitFor({ timeout: 60_000 })
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(sane, { recursive: true, force: true })
})

// The clerk of the demonstration reads Arabic.
describe('a stack over the real register', () => {
  it('is split, its balance is seen, each letter is read, looked at and registered', async () => {
    await expect.poll(focused).toBe('mail-search')
    for (const key of ['Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Enter']) await page.keyboard.press(key)
    await expect.poll(focused).toBe('stack-counted-first')
    await page.keyboard.type('2')
    const handed = { name: 'pile.pdf', mimeType: 'application/pdf', buffer: Buffer.from(stack) }
    await page.getByTestId('stack-file').setInputFiles(handed)
    await expect.poll(focused, { timeout: 60_000 }).toBe('stack-counted')
    expect(await said('stack-gap')).toContain('لا فارق')
    expect(await said('stack-total')).toContain('8')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('row')
    await expect.poll(() => page.getByText('قراءة', { exact: true }).count(), { timeout: 60_000 }).toBe(0)
    // A picture that was drawn has the size of its page.
    await expect
      .poll(() => page.getByTestId('stack-picture').evaluate((paper: HTMLCanvasElement) => paper.width))
      .toBe(992)
    await shot('1-read')
    for (const [sender, subject] of [
      ['Agence urbaine de Rabat', 'Demande de renseignements'],
      ['Wilaya de Rabat', 'Rapport annuel'],
    ] as const) {
      await page.getByTestId('entry-party').fill(sender)
      await page.getByTestId('stack-subject').fill(subject)
      for (const field of ['stack-date', 'stack-reference']) {
        await page.getByTestId(field).fill('')
      }
      await page.keyboard.press('Control+Enter')
      await page
        .getByText(subject === 'Rapport annuel' ? 'A-000002' : 'A-000001')
        .first()
        .waitFor()
    }
    await page.getByTestId('stack-clear').waitFor()
    expect(await said('stack-left')).toBe('سجل كل شيء')
    await shot('2-registered')
  })
  it('comes from the feeder of a scanner by one key: every face of it stands in the balance', async () => {
    await page.getByTestId('stack-clear').click()
    await expect.poll(focused).toBe('stack-counted-first')
    await page.keyboard.press('F6')
    await expect.poll(focused, { timeout: 60_000 }).toBe('stack-counted')
    expect(await said('stack-total')).toContain('10')
    await shot('3-scanned')
  })
})
