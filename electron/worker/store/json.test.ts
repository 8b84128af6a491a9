import { expect, test } from 'vitest'
import { z } from 'zod'
import { parsed, parsedOnce } from './json.ts'

const shape = z.strictObject({ n: z.int() })

test('a text is read by the schema that is named, or it throws', () => {
  expect(parsed(shape, '{"n":1}')).toEqual({ n: 1 })
  for (const text of ['{"n":1.5}', '{"n":1,"m":2}', '{'])
    for (const read of [parsed, parsedOnce]) expect(() => read(shape, text)).toThrow()
})

test('the same text is parsed once for each schema, and a changed one again', () => {
  let times = 0
  const counting = z.preprocess((value) => {
    times += 1
    return value
  }, shape)
  const first = parsedOnce(counting, '{"n":1}')
  expect(parsedOnce(counting, '{"n":1}')).toBe(first)
  expect(parsedOnce(counting, '{"n":2}')).toEqual({ n: 2 })
  expect(times).toBe(2)
  expect(parsedOnce(z.strictObject({ n: z.literal(1) }), '{"n":1}')).not.toBe(first)
})

test('what is remembered is bounded: the oldest text is read again', () => {
  const first = parsedOnce(shape, '{"n":0}')
  for (let n = 1; n <= 300; n += 1) parsedOnce(shape, `{"n":${String(n)}}`)
  expect(parsedOnce(shape, '{"n":0}')).not.toBe(first)
})
