import { expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { usualLimits } from '#shared/domain/limits.ts'
import type { FailingTask } from '../../core/background.ts'
import { viewSync, type Standing } from './viewSync.ts'

const now = new Date('2026-11-29T12:00:00Z')
const standing = (over: Partial<Standing> = {}): Standing => ({
  now,
  createdAt: '2026-11-01T08:00:00Z',
  limits: usualLimits,
  skewMs: undefined,
  accountUntil: undefined,
  disk: { free: 50e9, alarm: 2e9, refusal: 32e6 },
  backupAt: '2026-11-29T11:00:00Z',
  checkedAt: '2026-11-29T08:00:00Z',
  outside: undefined,
  referenceAt: '2026-11-29T11:59:00Z',
  clockDoubt: undefined,
  failing: [],
  ...over,
})
const failing = (minutes: number, task = 'backup'): FailingTask => ({
  task,
  since: new Date(now.getTime() - minutes * 60_000),
  failures: 3,
  fault: faultOf('register.diskFull'),
})
const lines = (over: Partial<Standing>) =>
  viewSync({ link: 'online', pending: 0, refused: 0 }, standing(over)).budget.lines

test('what fails in the background has a line each: a warning, and after an hour more than that', () => {
  expect(lines({})?.filter((line) => line.kind === 'background')).toEqual([])
  expect(lines({ failing: [failing(5), failing(60, 'wiping')] })?.filter((line) => line.kind === 'background')).toEqual(
    [
      { kind: 'background', task: 'backup', used: 300_000, limit: 3_600_000, state: 'warn' },
      { kind: 'background', task: 'wiping', used: 3_600_000, limit: 3_600_000, state: 'over' },
    ],
  )
})

test('a doubtful clock has its line; a few minutes behind have none', () => {
  const kinds = (clockDoubt: Standing['clockDoubt']) =>
    lines({ clockDoubt })?.flatMap((line) => (line.kind.startsWith('clock') ? [[line.kind, line.state]] : []))
  expect(kinds(undefined)).toEqual([])
  expect(kinds({ kind: 'behind', ms: 4 * 60_000 })).toEqual([])
  expect(kinds({ kind: 'behind', ms: 6 * 60_000 })).toEqual([['clockBehind', 'over']])
  expect(kinds({ kind: 'ahead', ms: 365 * 86_400_000 })).toEqual([['clockAhead', 'over']])
  expect(kinds({ kind: 'hour', ms: 3_600_000 })).toEqual([['clockHour', 'over']])
})
