import fc from 'fast-check'
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useLookup, type Lookup } from './useLookup.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A lookup whose answers are let through by the test. */
function lookUp() {
  const asked: string[] = []
  const answers = new Map<string, (answer: string | Error) => void>()
  const taken: (string | undefined)[] = []
  const scope = effectScope()
  const lookup = scope.run(() =>
    useLookup(
      (words) => {
        asked.push(words)
        return new Promise<string>((resolve, reject) => {
          answers.set(words, (answer) => {
            if (answer instanceof Error) reject(answer)
            else resolve(answer)
          })
        })
      },
      (answer) => {
        taken.push(answer)
      },
    ),
  ) as Lookup // `run` gives nothing only in a scope that ended
  const answer = async (words: string, what: string | Error = words): Promise<void> => {
    answers.get(words)?.(what)
    await vi.advanceTimersByTimeAsync(0)
  }
  return {
    ...lookup,
    asked,
    taken,
    answer,
    end: () => {
      scope.stop()
    },
  }
}

it('asks once for what was typed in one go, and at once when one is in a hurry', async () => {
  const { typed, hurry, waiting, asked, taken, answer } = lookUp()
  for (const words of ['p', 'pe', 'per']) typed(words)
  expect([asked, waiting.value]).toEqual([[], true])
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toEqual(['per'])
  await answer('per')
  expect([taken, waiting.value]).toEqual([['per'], false])
  typed('perm')
  hurry()
  await vi.advanceTimersByTimeAsync(0)
  hurry()
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toEqual(['per', 'perm'])
})

it('a failure is no answer, and the next words are asked for', async () => {
  const { look, waiting, taken, answer } = lookUp()
  void look('a')
  await vi.advanceTimersByTimeAsync(0)
  await answer('a', new Error('gone'))
  expect([taken, waiting.value]).toEqual([[undefined], false])
  void look('b')
  await vi.advanceTimersByTimeAsync(0)
  await answer('b')
  expect(taken).toEqual([undefined, 'b'])
})

it('in whatever order answers come, the last one taken is that to the newest words', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }).chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n })),
      async (order) => {
        const { look, waiting, taken, answer } = lookUp()
        for (const index of [...order.keys()]) void look(String(index))
        await vi.advanceTimersByTimeAsync(0)
        for (const index of order) await answer(String(index))
        expect([taken, waiting.value]).toEqual([[String(order.length - 1)], false])
      },
    ),
  )
})

it('says nothing to a screen that is gone', async () => {
  const { typed, look, asked, taken, answer, end } = lookUp()
  void look('a')
  await vi.advanceTimersByTimeAsync(0)
  typed('b')
  end()
  await vi.advanceTimersByTimeAsync(200)
  await answer('a')
  expect([asked, taken]).toEqual([['a'], []])
})
