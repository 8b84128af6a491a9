import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { demoJobs } from '../bridge/demo/acts.ts'
import { demoId } from '../bridge/demo/ids.ts'
import { usePrint } from './print.ts'

const [pattern] = demoJobs(new Date('2026-09-01T09:00:00.000Z'), 1, false)
const job = (n: number, over: boolean): NonNullable<typeof pattern> => {
  if (pattern === undefined) throw new Error('no job')
  const { endedAt: _, ...open } = pattern
  const at = new Date(Date.UTC(2026, 8, 1) + n * 60_000).toISOString()
  return { ...open, printJobId: demoId.job(n), queuedAt: at, state: 'printed', ...(over ? { endedAt: at } : {}) }
}
beforeEach(() => {
  setActivePinia(createPinia())
})

it('does not grow while the window lives: the newest stay, and every paper that is not over', () => {
  const print = usePrint()
  print.put(job(0, false))
  for (let n = 1; n <= 700; n += 1) print.put(job(n, true))
  expect(print.jobs).toHaveLength(501)
  expect(print.jobs[0]?.printJobId).toBe(demoId.job(700))
  expect(print.jobs.at(-1)?.printJobId).toBe(demoId.job(0))
})

it('takes a list as it is, newest first, and a job that moved in its place', () => {
  const print = usePrint()
  print.put(job(9, true))
  print.fill([job(1, true), job(3, true), job(2, true)])
  print.put({ ...job(2, true), state: 'failed' })
  expect(print.jobs.map(({ printJobId, state }) => [printJobId, state])).toEqual([
    [demoId.job(3), 'printed'],
    [demoId.job(2), 'failed'],
    [demoId.job(1), 'printed'],
  ])
})
