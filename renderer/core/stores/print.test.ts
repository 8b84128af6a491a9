import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import type { PrintJobView } from '#shared/contract/features/papers.ts'
import { usePrint } from './print.ts'

const job = (minute: number, over: Partial<PrintJobView> = {}): PrintJobView =>
  ({
    printJobId: `job-${String(minute)}`,
    queuedAt: new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString(),
    state: 'queued',
    ...over,
  }) as PrintJobView // the store looks at these alone
const ids = (): readonly string[] => usePrint().jobs.map((one) => one.printJobId)

beforeEach(() => {
  setActivePinia(createPinia())
})

test('jobs stand newest first, each once and as it was told last', () => {
  const print = usePrint()
  print.fill([job(1), job(3)])
  print.put(job(2))
  print.put(job(1, { state: 'printed' }))
  print.put(job(4))
  expect(ids()).toEqual(['job-4', 'job-3', 'job-2', 'job-1'])
  expect(print.jobs.at(-1)?.state).toBe('printed')
})

test('a window that is open for long keeps the newest jobs and no more', () => {
  const print = usePrint()
  for (let minute = 0; minute < 700; minute += 1) print.put(job(minute))
  expect(ids()).toHaveLength(500)
  expect(ids()[0]).toBe('job-699')
  print.fill([job(3)])
  expect(ids()).toEqual(['job-3'])
})
