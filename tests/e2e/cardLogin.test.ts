import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let guichet: Guichet
let page: Page

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-card-'))
  guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' } })
  page = guichet.page
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
})
afterAll(async () => {
  await guichet.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const card = (state: string): Promise<void> =>
  page.locator(`[data-testid="login-card"][data-state="${state}"]`).waitFor({ timeout: 30_000, state: 'attached' })
const focused = (): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'])

it('an agent’s card is bound, opens the session with the password, locks it when it leaves, and opens it again: all by keyboard', async () => {
  // The card is put in at the login screen; nobody knows it yet. That there are simulated ones the worker says, a
  // moment after the form is there.
  await page.getByTestId('login-simulate-card').waitFor({ timeout: 30_000 })
  await page.keyboard.press('F2')
  await card('unknown')
  await page.keyboard.type('admin')
  await page.keyboard.press('Enter')
  await page.keyboard.type('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByTestId('nav-accounts').waitFor({ timeout: 30_000 })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('comptes')
  await page.keyboard.press('Enter')
  await page.getByTestId('account-agent').waitFor()
  // The first row is the administrator's own; the next one is the agent's.
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('row')
  await page.keyboard.press('ArrowDown')
  await page.locator('[role=row][aria-selected=true] [data-testid="account-agent"]').waitFor()
  await page.keyboard.press('F9')
  await page.getByTestId('bind-state').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('bind-submit').waitFor({ state: 'detached' })

  // Signed out: the card says who it is, only the password is left to type.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('déconnecter')
  await page.keyboard.press('Enter')
  await card('known')
  await expect.poll(() => page.getByTestId('login-name').inputValue()).toBe('agent')
  await expect.poll(focused).toBe('login-password')
  await page.keyboard.type('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByTestId('nav-counter').waitFor({ timeout: 30_000 })
  await page.keyboard.press('Alt+2')
  await page.getByTestId('procedure-search').waitFor()
  // The citizen's reader is empty: the agent's card is not his.
  expect(await page.getByTestId('citizen-name').count()).toBe(0)

  // The card leaves: locked, with the name kept and the password asked for.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('specimen')
  await page.keyboard.press('Enter')
  await page.getByTestId('login-locked').waitFor({ timeout: 30_000 })
  expect(await page.getByTestId('login-name').inputValue()).toBe('agent')
  await expect.poll(focused).toBe('login-password')

  await page.keyboard.press('F2')
  await card('known')
  await page.keyboard.type('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByTestId('nav-counter').waitFor({ timeout: 30_000 })
})
