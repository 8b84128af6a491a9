import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatHlc, nextHlc, parseHlc, type Hlc } from './hlc.ts'

const instants = fc.array(fc.integer({ min: 0, max: 4_102_444_800_000 }), { minLength: 2, maxLength: 60 })

test('readings always grow as text, whatever the wall clock does', () => {
  fc.assert(
    fc.property(instants, (walls) => {
      let last: Hlc | undefined
      for (const wall of walls) {
        const next = nextHlc(last, wall, 'RAB03-G2')
        if (last !== undefined) expect(formatHlc(next) > formatHlc(last)).toBe(true)
        expect(next.wall).toBeGreaterThanOrEqual(wall)
        last = next
      }
    }),
  )
})

test('the text form is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.integer({ min: 0, max: 0xffff }), (wall, count) => {
      const hlc = { wall, count, node: 'RAB03-G2' }
      expect(parseHlc(formatHlc(hlc))).toEqual(hlc)
    }),
  )
})

test('a full count moves to the next millisecond', () => {
  expect(nextHlc({ wall: 5, count: 0xffff, node: 'A' }, 1, 'A')).toEqual({ wall: 6, count: 0, node: 'A' })
})

test.each(['', 'x', '2026-11-21T20:56:27.123Z', '2026-11-21T20:56:27.123Z-00g0-A', '2026-99-21T20:56:27.123Z-0000-A'])(
  '%j is no reading',
  (text) => {
    expect(parseHlc(text)).toBeUndefined()
  },
)
