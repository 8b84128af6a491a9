import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOneAtATime } from './oneAtATime.ts'

test('work of one key goes in the order in which it was asked, never two at a time; keys do not wait for another', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.constantFrom('a', 'b'), fails: fc.boolean() }), { maxLength: 20 }),
      fc.scheduler(),
      async (orders, scheduler) => {
        const oneAtATime = createOneAtATime()
        const begun: Record<string, number[]> = { a: [], b: [] }
        const under: Record<string, number> = { a: 0, b: 0 }
        let most = 0
        const all = orders.map(({ key, fails }, index) =>
          oneAtATime(key, async () => {
            begun[key]?.push(index)
            most = Math.max(most, (under[key] = (under[key] ?? 0) + 1))
            await scheduler.schedule(Promise.resolve())
            under[key] = (under[key] ?? 0) - 1
            if (fails) throw new Error('no')
            return index
          }),
        )
        const outcomes = scheduler.waitFor(Promise.allSettled(all))
        expect((await outcomes).map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual(
          orders.map(({ fails }, index) => (fails ? 'failed' : index)),
        )
        for (const key of ['a', 'b'])
          expect(begun[key]).toEqual(orders.flatMap((one, index) => (one.key === key ? [index] : [])))
        expect(most).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('another key begins while the first is still at work', async () => {
  const oneAtATime = createOneAtATime()
  let finish = (): void => undefined
  const first = oneAtATime('a', () => new Promise<void>((resolve) => (finish = resolve)))
  await oneAtATime('b', async () => undefined)
  finish()
  await first
})
