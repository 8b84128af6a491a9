import type * as Rules from '#electron/hall/node/rules.ts'
import { afterAll, afterEach, expect, test, vi } from 'vitest'

/** Which of the three rules is broken now. */
const broken = vi.hoisted(() => ({ majority: false, promise: false, epoch: false }))

vi.mock('#electron/hall/node/rules.ts', async (original) => {
  const rules = await original<typeof Rules>()
  return {
    majorityOf: (voters: number) => (broken.majority ? Math.max(1, Math.floor(voters / 2)) : rules.majorityOf(voters)),
    isOld: (epoch: number, promised: number) => !broken.epoch && rules.isOld(epoch, promised),
    promiseRecords: (epoch: number, to: string) => (broken.promise ? [] : rules.promiseRecords(epoch, to)),
  } satisfies typeof rules
})
// Test files share their modules: what another one has loaded is loaded again with the mock, and without it afterwards.
vi.resetModules()
const { liveDay } = await import('./simulation/day.ts')
const { Violation } = await import('./simulation/world.ts')
afterAll(() => {
  vi.doUnmock('#electron/hall/node/rules.ts')
  vi.resetModules()
})

afterEach(() => {
  Object.assign(broken, { majority: false, promise: false, epoch: false })
})

/** The first days that go wrong, of so many. */
const firstViolation = (days: number): string | undefined => {
  for (let seed = 1; seed <= days; seed += 1)
    try {
      liveDay(seed)
    } catch (cause) {
      if (!(cause instanceof Violation)) throw cause
      return cause.message
    }
  return undefined
}

test('with its rules the same days go well', () => {
  expect(firstViolation(60)).toBeUndefined()
})

test('half of the voters are no majority: the simulation finds two histories', () => {
  broken.majority = true
  expect(firstViolation(60)).toMatch(/committed|lost/)
})

test('a promise that a crash forgets lets the old server go on beside the new one', () => {
  broken.promise = true
  expect(firstViolation(3_000)).toMatch(/committed|lost|twice/)
})

test('entries of an older epoch are refused, or two servers write', () => {
  broken.epoch = true
  expect(firstViolation(60)).toMatch(/committed|lost|twice/)
})
