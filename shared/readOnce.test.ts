import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOnce } from './readOnce.ts'

describe('what is read once', () => {
  it('is read once for all who ask, while it is read and later', async () => {
    let reads = 0
    const read = readOnce(() => Promise.resolve((reads += 1)))
    expect(await Promise.all([read(), read()])).toEqual([1, 1])
    expect(await read()).toBe(1)
  })

  it('is read again after each failure, thrown or told, and never again after the first good answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('thrown', 'told'), { maxLength: 6 }), async (failures) => {
        let reads = 0
        const read = readOnce(
          () => {
            const failure = failures[reads++]
            return failure === 'thrown' ? Promise.reject(new Error('torn')) : Promise.resolve(failure ?? 'good')
          },
          (answer) => answer === 'good',
        )
        for (const failure of failures) expect(await read().catch(() => 'thrown')).toBe(failure)
        expect([await read(), await read(), reads]).toEqual(['good', 'good', failures.length + 1])
      }),
    )
  })
})
