import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { crashOf } from './crash.ts'

const thrownBy = (act: () => unknown): unknown => {
  try {
    act()
  } catch (cause) {
    return cause
  }
  throw new Error('nothing was thrown')
}

test('what a parser was given is in no crash line; where it failed is', () => {
  const mark = 'ZZMARQUENOM'
  for (const cause of [
    thrownBy(() => JSON.parse(`${mark} {`) as unknown),
    thrownBy(() => z.strictObject({ a: z.enum(['x']) }).parse({ a: mark, [mark]: 1 })),
    thrownBy(() => {
      throw new RangeError(`line one\n    ${mark}\nline three ${mark}\n    at ${mark} (x.ts:1:1)`)
    }),
    thrownBy(() => decodeURIComponent(`%E0%A4%A${mark}`)),
  ]) {
    expect(crashOf(cause)).not.toContain(mark)
    expect(crashOf(cause)).toMatch(/^\w+Error[\s\S]*crash\.test\.ts/)
  }
})

test('no message gets through, whatever it looks like', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(crashOf(new Error(`ZZ${text}`)).includes(`ZZ${text}`)).toBe(false)
    }),
  )
  expect(crashOf('ZZMARQUENOM')).toBe('failed')
})
