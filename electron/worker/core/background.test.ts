import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { createBackground, rest, type Background } from './background.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-29T09:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

const withLog = (onChange?: () => void): { background: Background; lines: string[] } => {
  const lines: string[] = []
  return {
    lines,
    background: createBackground({
      clock: { now: () => new Date() },
      log: (line) => lines.push(line),
      ...(onChange === undefined ? {} : { onChange }),
    }),
  }
}
const minute = 60_000

test('a task that throws is caught, logged by its place, and tried again: later and later', async () => {
  const { background, lines } = withLog()
  const at: number[] = []
  const begun = Date.now()
  background.start(
    'backup',
    () => {
      at.push(Date.now() - begun)
      throw Object.assign(new Error('ELFASSI Nadia'), { code: 'ENOSPC' })
    },
    { every: 1_000, backoff: [1_000, 4_000] },
  )
  await vi.advanceTimersByTimeAsync(12_000)
  expect(at).toEqual([0, 1_000, 3_000, 7_000, 11_000])
  expect(lines).toHaveLength(5)
  expect(lines[0]).toMatch(/^background backup: Error ENOSPC\n\s+at .*background\.test\.ts/)
  expect(lines.join()).not.toContain('ELFASSI')
  await background.close()
})

test('what fails is shown since when and how often, until it works again', async () => {
  const changes = vi.fn()
  const { background } = withLog(changes)
  let broken = true
  background.start('check', () => (broken ? err(faultOf('register.diskFull', 'a table')) : ok(undefined)), {
    every: minute,
    backoff: [minute, minute],
  })
  await vi.advanceTimersByTimeAsync(minute)
  expect(background.failing()).toEqual([
    {
      task: 'check',
      since: new Date('2026-11-29T09:00:00Z'),
      failures: 2,
      fault: expect.objectContaining({ code: 'register.diskFull' }),
    },
  ])
  expect(changes).toHaveBeenCalledTimes(2)
  broken = false
  await vi.advanceTimersByTimeAsync(minute)
  expect(background.failing()).toEqual([])
  expect(changes).toHaveBeenCalledTimes(3)
  await background.close()
})

test('a log line of a fault is its code alone', async () => {
  const { background, lines } = withLog()
  background.start('wiping', async () => err(faultOf('register.readOnly', '/home/ELFASSI/register.db')))
  await vi.advanceTimersByTimeAsync(0)
  expect(lines).toEqual(['background wiping: register.readOnly'])
  await background.close()
})

test('a call that was given up is no failure', async () => {
  const { background, lines } = withLog()
  background.start('uploads', async () => err(faultOf('call.cancelled')))
  background.settle('uploads', Promise.resolve(err(faultOf('call.cancelled'))))
  await vi.advanceTimersByTimeAsync(0)
  expect([lines, background.failing()]).toEqual([[], []])
})

test('without `every` a task runs until it has once succeeded', async () => {
  const { background } = withLog()
  let runs = 0
  background.start('trust', async () => {
    runs += 1
    if (runs < 3) throw new Error('not yet')
  })
  await vi.advanceTimersByTimeAsync(100 * minute)
  expect(runs).toBe(3)
  expect(background.failing()).toEqual([])
})

test('the first run waits as asked', async () => {
  const { background } = withLog()
  const work = vi.fn()
  background.start('backup', work, { first: 20_000, every: minute })
  await vi.advanceTimersByTimeAsync(19_999)
  expect(work).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(work).toHaveBeenCalledTimes(1)
  await background.close()
})

test('a wake runs now; during a run it makes one more, never two at a time', async () => {
  const { background } = withLog()
  let under = 0
  let most = 0
  let runs = 0
  const task = background.start(
    'sync',
    async () => {
      most = Math.max(most, ++under)
      runs += 1
      await rest(100)
      under -= 1
    },
    { every: 100 * minute },
  )
  task.wake()
  task.wake()
  await vi.advanceTimersByTimeAsync(1_000)
  expect([runs, most]).toEqual([2, 1])
  task.wake()
  await vi.advanceTimersByTimeAsync(1_000)
  expect([runs, most]).toEqual([3, 1])
  await background.close()
})

test('a loop that fails is begun again, and says itself when it is well', async () => {
  const { background } = withLog()
  let begun = 0
  background.start('print', async ({ signal, well }) => {
    begun += 1
    if (begun === 1) throw new Error('a page that cannot be read')
    well()
    await rest(Infinity, signal)
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(background.failing()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(minute)
  expect([begun, background.failing()]).toEqual([2, []])
  await background.close()
})

test('closing aborts the run, waits for its end and lets none begin', async () => {
  const { background } = withLog()
  let ended = false
  const work = vi.fn(async ({ signal }: { signal: AbortSignal }) => {
    await rest(Infinity, signal)
    await rest(10)
    ended = true
  })
  const task = background.start('sync', work, { every: 1 })
  const closing = background.close()
  await vi.advanceTimersByTimeAsync(10)
  await closing
  expect(ended).toBe(true)
  task.wake()
  background.start('late', work)
  await vi.advanceTimersByTimeAsync(minute)
  expect(work).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a promise nobody waits for tells its failure until one of its name succeeds', async () => {
  const { background, lines } = withLog()
  background.settle('cards', Promise.reject(new TypeError('ELFASSI')))
  await vi.advanceTimersByTimeAsync(0)
  expect(lines[0]).toMatch(/^background cards: TypeError/)
  expect(background.failing().map((one) => one.task)).toEqual(['cards'])
  background.settle('cards', Promise.resolve())
  await vi.advanceTimersByTimeAsync(0)
  expect(background.failing()).toEqual([])
})

test('a listener and a timer that throw end nothing; a timer is called off', async () => {
  const { background } = withLog()
  const thrown = (): void => {
    throw new Error('no')
  }
  background.safely('cards', thrown)
  background.after('checkpoint', 5_000, thrown)
  const off = vi.fn()
  background.after('checkpoint', 5_000, off)()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(background.failing().map((one) => one.task)).toEqual(['cards', 'checkpoint'])
  expect(off).not.toHaveBeenCalled()
})

test('whoever is told may fail too', async () => {
  const { background, lines } = withLog(() => {
    throw new RangeError('the view')
  })
  background.safely('cards', () => {
    throw new Error('no')
  })
  expect(lines.map((line) => line.split('\n')[0])).toEqual([
    'background cards: Error',
    'background onChange: RangeError',
  ])
})

test('a rest ends early when its signal is aborted, and leaves nothing behind', async () => {
  const stop = new AbortController()
  const removed = vi.spyOn(stop.signal, 'removeEventListener')
  const waiting = rest(Infinity, stop.signal)
  stop.abort()
  await waiting
  await rest(10_000, stop.signal)
  expect(vi.getTimerCount()).toBe(0)
  expect(removed).toHaveBeenCalled()
})
