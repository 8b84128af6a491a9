import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { buildIfStale } from '#scripts/build.ts'
import { root } from '#scripts/runtime.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { launchGuichet } from '#tests/e2e/harness.ts'
import { median, type Figure } from './measure.ts'
import { handsAt, type Taken } from './morning/hand.ts'
import { morningLetters } from './morning/letters.ts'
import { openStackScanner } from './morning/stackScanner.ts'
import { registerStack } from './morning/stackOfLetters.ts'
import { registerTyped } from './morning/typedLetters.ts'

/** Letters of one stack: four faces each, with both sides of a separator and a blank back. */
const stackSize = 20
/** Keys a second of somebody who types well, by which the time of the hand is told. */
const keysASecond = 5

/**
 * A morning of the mail office in the real window, by keyboard alone: a fifth of the letters is typed, the others come in
 * stacks with separators from SANE. Pictures of it in both languages are in `out/pictures/morning`.
 */
export async function benchMorning(count: number): Promise<readonly Figure[]> {
  buildIfStale()
  const folder = temporaryFolder()
  const scanner = openStackScanner(folder.path)
  const guichet = await launchGuichet({
    dataDir: join(folder.path, 'data'),
    env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' },
  })
  try {
    const { page } = guichet
    const hands = handsAt(page)
    const today = new Date().toISOString().slice(0, 10)
    const letters = morningLetters(count, today)
    const byHand = letters.filter((_, at) => at % 5 === 0)
    const scanned = letters.filter((_, at) => at % 5 !== 0)
    const shot = (name: string) =>
      hands.look(async () => {
        const focus = await page.evaluateHandle(() => document.activeElement)
        for (const language of ['ar', 'fr', 'ar']) {
          await page.locator(`[data-testid=language] [lang=${language}]`).click()
          await page.locator(`html[lang=${language}]`).waitFor()
          await guichet.screenshot(join(root, 'out/pictures/morning', `${name}-${language}.png`))
        }
        await focus.evaluate((element) => {
          if (element instanceof HTMLElement) element.focus()
        })
      })
    await signIn(page)
    await hands.press('F9')
    await hands.focusOn('entry-party')
    const typed = await registerTyped(hands, byHand)
    await shot('typed')
    await hands.press('Escape')
    const facesAt: number[] = []
    const inStack: Taken[] = []
    const splitting: number[] = []
    for (let at = 0; at < scanned.length; at += stackSize) {
      const part = scanned.slice(at, at + stackSize)
      const stack = await scanner.scanStack(part)
      facesAt.push(...stack.perPage)
      const done = await registerStack(hands, page, { letters: part, pdf: stack.pdf, first: at === 0, shot })
      splitting.push(done.split / stack.pages)
      inStack.push(...done.taken)
      console.error(`stack of ${String(part.length)}: ${told(done.taken)}; ${done.looks}`)
    }
    console.error(`typed, ${String(typed.length)} letters: ${told(typed)}`)
    console.error(`scanned, ${String(inStack.length)} letters: ${told(inStack)}`)
    return [
      figure('a letter typed: the program', typed),
      figure('a letter of a stack, looked at: the program', inStack),
      {
        name: 'a face of a stack, split',
        value: median(splitting),
        floor: { name: 'scanned by SANE', value: median(facesAt) },
        unit: 'ms',
        runs: facesAt.length,
      },
    ]
  } catch (cause) {
    await guichet.screenshot(join(root, 'out/pictures/morning/failed.png')).catch(() => undefined)
    throw cause
  } finally {
    await guichet.close().catch(() => undefined)
    scanner.close()
    folder.remove()
  }
}

const figure = (name: string, taken: readonly Taken[]): Figure => ({
  name,
  value: median(taken.map(({ waited }) => waited)),
  floor: {
    name: `its keys at ${String(keysASecond)} a second`,
    value: median(taken.map(({ strokes }) => (strokes * 1000) / keysASecond)),
  },
  unit: 'ms',
  runs: taken.length,
})

/** Keys and seconds of letters, in words: middle and worst twentieth. */
function told(taken: readonly Taken[]): string {
  const at = (values: readonly number[], share: number): number =>
    [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
  const strokes = taken.map((one) => one.strokes)
  const seconds = taken.map((one) => one.waited / 1000)
  const whole = taken.map((one) => one.waited / 1000 + one.strokes / keysASecond)
  return [
    `keys ${String(median(strokes))} (p95 ${String(at(strokes, 0.95))})`,
    `program ${median(seconds).toFixed(2)} s (p95 ${at(seconds, 0.95).toFixed(2)})`,
    `with the hand ${median(whole).toFixed(1)} s (p95 ${at(whole, 0.95).toFixed(1)})`,
  ].join(', ')
}

async function signIn(page: Page): Promise<void> {
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  await page.getByTestId('login-name').waitFor()
  for (const word of ['clerk', 'guichet-demo']) {
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
  }
  await page.getByTestId('mail-search').waitFor({ timeout: 60_000 })
}
