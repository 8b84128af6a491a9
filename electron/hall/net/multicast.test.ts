import fc from 'fast-check'
import { expect, test } from 'vitest'
import { turnstile } from './multicast.ts'

test('whoever says too much is not heard for the rest of the second, and others are', () => {
  const isWelcome = turnstile({ ofOne: 2, all: 3 })
  expect(['a', 'a', 'a', 'b', 'c'].map((source) => isWelcome(source, 100))).toEqual([true, true, false, true, false])
  expect(isWelcome('a', 1_099)).toBe(false)
  expect(isWelcome('a', 1_100)).toBe(true)
})

test('however a flood comes, no second has more than its share', () => {
  const packet = fc.record({ source: fc.constantFrom('a', 'b', 'c', 'd'), after: fc.integer({ min: 0, max: 400 }) })
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 200 }), (packets) => {
      const isWelcome = turnstile({ ofOne: 3, all: 7 })
      let now = 0
      const heard = packets.flatMap(({ source, after }) => {
        now += after
        return isWelcome(source, now) ? [{ source, now }] : []
      })
      for (const { now: from } of heard) {
        const within = heard.filter((one) => one.now >= from && one.now < from + 1_000)
        // Windows stand where the first packet put them: any second meets two at most.
        expect(within.length).toBeLessThanOrEqual(2 * 7)
        for (const source of 'abcd')
          expect(within.filter((one) => one.source === source).length).toBeLessThanOrEqual(2 * 3)
      }
    }),
  )
})
