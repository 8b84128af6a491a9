import { setTimeout as rest } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/** From one key to the next in milliseconds: what comes faster is a scanner's. */
const gap = 60

/** What one letter took: keys of the hand, and what the program let it wait for, in milliseconds. */
export interface Taken {
  readonly strokes: number
  readonly waited: number
}

/** The two hands of a clerk at a window: every stroke is counted, and its time is kept apart from that of the program. */
export function handsAt(page: Page) {
  let [strokes, typing, begun] = [0, 0, performance.now()]
  const own = async (work: () => Promise<unknown>): Promise<void> => {
    const started = performance.now()
    await work()
    typing += performance.now() - started
  }
  const hands = {
    /** A chord is as many strokes as its keys. */
    press: async (keys: string): Promise<void> => {
      strokes += keys.split('+').length
      await page.keyboard.press(keys)
      await own(() => rest(gap))
    },
    type: async (text: string): Promise<void> => {
      strokes += text.length
      for (const letter of text) {
        await page.keyboard.type(letter)
        await own(() => rest(gap))
      }
    },
    /** What somebody would not have to wait for: the looking of this bench. */
    look: async <T>(work: () => Promise<T>): Promise<T> => {
      let found: T | undefined
      await own(async () => {
        found = await work()
      })
      return found as T // set by the line before
    },
    begin: (): void => {
      ;[strokes, typing, begun] = [0, 0, performance.now()]
    },
    taken: (): Taken => ({ strokes, waited: performance.now() - begun - typing }),
    /** Waits until the page says so, looked at in each of its frames. */
    until: async <A>(what: (asked: A) => boolean, asked: A, timeout = 60_000): Promise<void> => {
      // Both are plain values of this file's callers.
      await page.waitForFunction(what as never, asked, { polling: 'raf', timeout })
    },
    focusOn: (id: string, timeout?: number): Promise<void> =>
      hands.until((wanted: string) => document.activeElement?.getAttribute('data-testid') === wanted, id, timeout),
    valueOf: (id: string): Promise<string> => hands.look(() => page.getByTestId(id).inputValue()),
  }
  return hands
}
export type Hands = ReturnType<typeof handsAt>
