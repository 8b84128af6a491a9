import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDisplay, type Display } from '#scripts/display.ts'
import { launchGuichet, type Guichet } from './harness.ts'

/** Keys of a keyboard by their place, as X numbers them: 8 more than linux/input-event-codes.h. */
const places: Readonly<Record<string, number | string>> = {
  ...Object.fromEntries([...'1234567890'].map((key, at) => [key, 10 + at])),
  ...Object.fromEntries([...'QWERTYUIOP'].map((key, at) => [key, 24 + at])),
  ...Object.fromEntries([...'ASDFGHJKL;'].map((key, at) => [key, 38 + at])),
  ...Object.fromEntries([...'ZXCVBNM'].map((key, at) => [key, 52 + at])),
  ...Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`F${String(at + 1)}`, 67 + at])),
  // A number of one digit is a character to xdotool.
  Esc: 'Escape',
  Tab: 23,
  Enter: 36,
  Ctrl: 37,
  Alt: 64,
  Space: 65,
  Down: 116,
}

let display: Display
let dataDir: string
let guichet: Guichet
let pressed = 0

const x = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { env: { ...process.env, ...display.env }, encoding: 'utf8' })
/** One stroke of the hand, through the X server and its layout: `Alt 2`, `Ctrl Enter`. */
const press = (stroke: string): void => {
  const codes = stroke.split(' ').map((key) => String(places[key]))
  pressed += 1
  x('xdotool', ...codes.flatMap((code) => ['keydown', code]), ...codes.toReversed().flatMap((code) => ['keyup', code]))
}

beforeAll(async () => {
  display = await openDisplay({ stays: true })
  Object.assign(process.env, display.env)
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-e2e-'))
  guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' } })
  await guichet.page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  // Nobody manages windows on this screen: the keyboard goes where it is sent.
  const [window] = x('xdotool', 'search', '--onlyvisible', '--name', 'Guichet').trim().split('\n').slice(-1)
  x('xdotool', 'windowfocus', '--sync', window ?? '')
})
afterAll(async () => {
  await guichet.close()
  rmSync(dataDir, { recursive: true, force: true })
  await display.close()
})

const focused = (): Promise<string> =>
  guichet.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? '')
/** The name and the password are not what is counted. */
async function signIn(): Promise<void> {
  const { page } = guichet
  await page.getByTestId('login-name').fill('agent')
  await page.getByTestId('login-password').fill('guichet-demo')
  await page.getByTestId('login-password').focus()
  press('Enter')
  await page.getByTestId('procedure-search').waitFor({ timeout: 30_000 })
}
/**
 * Puts the card in; in training that is a key, at a real counter the citizen’s hand. One that is still in is read by
 * itself when its agent comes back.
 */
async function insertCard(): Promise<void> {
  const { page } = guichet
  await page.locator('[data-testid=simulate-card], [data-testid=citizen-name]').first().waitFor({ timeout: 30_000 })
  if ((await page.getByTestId('citizen-name').count()) === 0) {
    press('F2')
    pressed -= 1
  }
  await page.getByTestId('citizen-name').waitFor({ timeout: 30_000 })
  await expect.poll(focused, { timeout: 20_000 }).toBe('procedure-search')
}
/** From the card to the number, with the fewest keys that there are; what was pressed. */
async function serve(words: readonly string[]): Promise<number> {
  const { page } = guichet
  await insertCard()
  const before = pressed
  for (const letter of words) press(letter)
  await page.getByTestId('procedure-option').first().waitFor()
  press('Enter')
  const pieces = page.locator('[data-testid^="piece-"]')
  await pieces.first().waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('checkbox')
  const at = (): Promise<string> =>
    guichet.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-testid]')?.dataset['testid'] ?? '')
  // Enter receives a piece and goes on to the next that is owed; after the last one it is the act itself.
  for (let here = await at(); here !== 'confirm'; here = await at()) {
    press('Enter')
    await expect.poll(at).not.toBe(here)
  }
  press('Enter')
  await page.getByTestId('receipt-number').waitFor({ timeout: 30_000 })
  return pressed - before
}

/** The most keys from the card to the number, and from the password to the first number. */
const most = { residence: 7, birth: 6, fromPassword: 8 }

describe.each([
  { layout: 'us', residence: ['R', 'E', 'S'], birth: ['N', 'A', 'I'] },
  { layout: 'fr', residence: ['R', 'E', 'S'], birth: ['N', 'Q', 'I'] },
  { layout: 'de', residence: ['R', 'E', 'S'], birth: ['N', 'A', 'I'] },
  // شها, نسخ
  { layout: 'ara', residence: ['A', 'I', 'H'], birth: ['K', 'S', 'O'] },
])('under the X layout $layout', ({ layout, residence, birth }) => {
  beforeAll(() => {
    x('setxkbmap', layout)
  })

  it('a citizen is served from the keyboard, in counted strokes', async () => {
    const { page } = guichet
    const before = pressed
    await signIn()
    const served = { residence: await serve(residence), birth: 0 }
    const fromPassword = pressed - before
    press('F4')
    served.birth = await serve(birth)
    console.log(
      `${layout}: keys from the card ${JSON.stringify(served)}, from the password to the first receipt ${String(fromPassword)}`,
    )
    expect(served.residence).toBeLessThanOrEqual(most.residence)
    expect(served.birth).toBeLessThanOrEqual(most.birth)
    expect(fromPassword).toBeLessThanOrEqual(most.fromPassword)
    press('F4')
    await page.getByTestId('simulate-card').waitFor({ timeout: 30_000 })
  })

  it('pages, palette, help and lock are where they are drawn', async () => {
    const { page } = guichet
    press('Alt 1')
    await page.getByTestId('home-next').waitFor()
    press('Alt 2')
    await page.getByTestId('procedure-search').waitFor()
    press('Ctrl K')
    await page.getByTestId('palette').waitFor()
    press('Esc')
    await page.getByTestId('palette').waitFor({ state: 'detached' })
    press('F1')
    await page.getByTestId('first-day').waitFor()
    press('Esc')
    await page.getByTestId('first-day').waitFor({ state: 'detached' })
    press('F9')
    await page.locator('[data-testid="typed-family-name"]:focus').waitFor()
    press('Esc')
    await page.getByTestId('simulate-card').waitFor()
    press('Ctrl L')
    await page.getByTestId('login-locked').waitFor({ timeout: 30_000 })
  })
})
