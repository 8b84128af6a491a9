import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aCounter } from '#tests/builders/commands.ts'
import { createTimekeeper } from './timekeeper.ts'

const counter = aCounter()
const start = Date.parse('2026-11-21T09:00:00Z')
/** A wall clock and a monotonic one that are moved by hand. */
function clocks() {
  const at = { wall: start, monotonic: 0 }
  return { at, clock: { now: () => new Date(at.wall), monotonic: () => at.monotonic } }
}

test('a machine that slept is not taken for a clock set back: the monotonic one stood still, the wall went on', () => {
  const { at, clock } = clocks()
  const timekeeper = createTimekeeper(clock, counter, undefined)
  timekeeper.moment()
  at.wall += 8 * 60 * 60_000
  at.monotonic += 1_000
  expect(timekeeper.moment()).toMatchObject({ at: '2026-11-21T17:00:00.000Z', backMs: 0 })
})

test('a clock set back while the machine slept is still noticed: it stands behind the last act', () => {
  const { at, clock } = clocks()
  const timekeeper = createTimekeeper(clock, counter, undefined)
  timekeeper.moment()
  at.wall -= 60 * 60_000
  expect(timekeeper.moment().backMs).toBe(60 * 60_000)
  // Acts never go back by their own clock.
  const [one, other] = [timekeeper.moment().hlc, timekeeper.moment().hlc]
  expect(one < other).toBe(true)
})

test('someone who puts the hands right in a wrong zone moves the instant, which is noticed; the zone alone moves nothing', () => {
  const { at, clock } = clocks()
  const timekeeper = createTimekeeper(clock, counter, undefined)
  timekeeper.moment()
  at.monotonic += 60_000
  at.wall += 60_000 - 3 * 60 * 60_000
  expect(timekeeper.moment().backMs).toBe(3 * 60 * 60_000)
})

test('the day of the office is that of its own zone, wherever the machine thinks it is', () => {
  const script = `
    import { officeSpan } from './features/journal/officeSpan.ts'
    import { officeDay } from './core/context.ts'
    const office = { zone: 'Europe/Brussels', legalTime: [] }
    console.log(JSON.stringify([officeDay(office, new Date('2026-11-21T23:30:00Z')).day, officeSpan(office, '2026-11-22')]))`
  const told = ['UTC', 'Pacific/Auckland', 'America/Anchorage'].map((zone) =>
    execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    }),
  )
  expect(new Set(told).size).toBe(1)
  expect(JSON.parse(told[0] ?? '')).toEqual([
    '2026-11-22',
    { from: '2026-11-21T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z' },
  ])
}, 30_000)

test('a doubtful reading never moves the hybrid clock; once it is confirmed it goes on from there', () => {
  const { at, clock } = clocks()
  const timekeeper = createTimekeeper(clock, counter, undefined)
  timekeeper.moment()
  at.wall += 365 * 86_400_000
  const doubtful = timekeeper.moment()
  expect(doubtful).toMatchObject({ aheadMs: 365 * 86_400_000, backMs: 0 })
  expect(doubtful.hlc.slice(0, 10)).toBe('2026-11-21')
  at.wall -= 365 * 86_400_000
  expect(timekeeper.moment()).toMatchObject({ aheadMs: 0, backMs: 0 })
  at.wall += 365 * 86_400_000
  timekeeper.confirm()
  expect(timekeeper.doubt()).toBeUndefined()
  expect(timekeeper.moment().hlc.slice(0, 10)).toBe('2027-11-21')
})

test('a process that began with the clock ahead does not take its correction for a clock set back', () => {
  const { at, clock } = clocks()
  at.wall = start + 365 * 86_400_000
  const timekeeper = createTimekeeper(clock, counter, { wall: start, count: 0, node: counter })
  expect(timekeeper.moment().aheadMs).toBeGreaterThan(0)
  at.wall = start + 60_000
  expect(timekeeper.moment()).toMatchObject({ aheadMs: 0, backMs: 0 })
})

test('what the platform says lifts the doubt of a counter that was closed for a month', () => {
  const { at, clock } = clocks()
  const timekeeper = createTimekeeper(clock, counter, { wall: start - 40 * 86_400_000, count: 0, node: counter })
  expect(timekeeper.doubt()?.kind).toBe('ahead')
  timekeeper.told(at.wall + 2_000)
  expect(timekeeper.doubt()).toBeUndefined()
  at.wall += 60 * 60_000
  expect(timekeeper.doubt()?.kind).toBe('hour')
})
