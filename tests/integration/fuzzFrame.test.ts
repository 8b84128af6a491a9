import { expect, test } from 'vitest'
import { calls, type Call } from '#shared/contract/calls.ts'
import * as platform from '#shared/contract/platform.ts'
import { createDraw } from '#tests/fuzz/draw.ts'
import { generate, stray } from '#tests/fuzz/generate.ts'
import { mutateBytes, mutateText, mutateValue } from '#tests/fuzz/mutate.ts'

const names = Object.keys(calls) as Call[] // the contract's own names

test.each(names)('%s: what is drawn for it is lawful', (name) => {
  for (const schema of [calls[name].input, calls[name].output]) {
    const drawn = Array.from({ length: 60 }, (_, at) => generate(createDraw(7, at), schema))
    // Rules that join several members are met by chance only, as a number of a register does: one in twenty is enough to start from.
    expect(drawn.filter((value) => schema.safeParse(value).success).length).toBeGreaterThan(3)
  }
})

test('the same seed and case make the same changes', () => {
  const changed = (seed: number, at: number): unknown => {
    const draw = createDraw(seed, at)
    return [mutateValue(draw, { a: [1, 'x'] }), mutateText(draw, 'abc'), [...mutateBytes(draw, Uint8Array.of(1, 2, 3))]]
  }
  expect(changed(1, 5)).toEqual(changed(1, 5))
  expect(changed(1, 5)).not.toEqual(changed(1, 6))
})

test('a member that a parser lets through unknown is noticed', () => {
  expect(stray(platform.counterState, { counterId: 'RAB03-G2', lastSeq: 1 })).toBeUndefined()
  expect(stray(platform.counterState, { counterId: 'RAB03-G2', lastSeq: 1, more: 1 })).toBe('.more')
  expect(
    stray(platform.batchAnswer, {
      lastSeq: 1,
      results: [{ id: 'a', seq: 1, status: 'applied', receivedAt: 'b', more: 1 }],
    }),
  ).toBe('.results.0.more')
})
