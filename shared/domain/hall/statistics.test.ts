import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEvent } from './applyEvent.ts'
import { decide } from './decide.ts'
import type { HallCommand } from './command.ts'
import { emptyHall } from './hallState.ts'
import { statisticsOf, type ServiceCount, type Timed } from './statistics.ts'

/** Days of an office, as its log has them: two services, midnight inside, a server whose clock is behind. */
const ticket = fc.constantFrom('A001', 'A002', 'A003', 'B001', 'B002')
const command: fc.Arbitrary<HallCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('issue' as const), service: fc.constantFrom('A', 'B') }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('call' as const), counter: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('done' as const), ticket }) },
  fc.record({ type: fc.constantFrom('return' as const, 'park' as const, 'missed' as const), ticket }),
  fc.record({ type: fc.constant('recall' as const), ticket, counter: fc.constant(1) }),
  fc.record({ type: fc.constant('transfer' as const), ticket, service: fc.constantFrom('A', 'B') }),
  fc.record({ type: fc.constantFrom('open' as const, 'close' as const) }),
)
const step = fc.record({ command, minutes: fc.integer({ min: -3, max: 240 }) })

/** Only what is decided comes into a log. */
function logOf(steps: readonly { command: HallCommand; minutes: number }[]): readonly Timed[] {
  const hall = emptyHall()
  const log: Timed[] = []
  let at = Date.parse('2026-12-01T20:00:00Z')
  for (const { command: one, minutes } of [{ command: { type: 'open' } as const, minutes: 0 }, ...steps]) {
    at += minutes * 60_000
    const instant = new Date(at).toISOString()
    const decided = decide(hall, one, {
      day: instant.slice(0, 10),
      time: instant.slice(11, 16),
      station: 'station-1',
      range: '',
      services: ['A', 'B'],
      pattern: { weekdays: [], from: '08:30', until: '16:30', minutes: 15, places: 0, closed: [], toleranceMinutes: 0 },
    })
    if (!decided.ok || !('event' in decided.value)) continue
    applyEvent(hall, { seq: 0, at: instant }, decided.value.event)
    log.push({ at: instant, event: decided.value.event })
  }
  return log
}

/** Slowly: for each ticket of each day its own events are picked out of the whole log and read again. */
function slowly(log: readonly Timed[]): readonly ServiceCount[] {
  const days: { day: string; events: Timed[] }[] = []
  for (const one of log) {
    if (one.event.type === 'opened' && days.at(-1)?.day !== one.event.day) days.push({ day: one.event.day, events: [] })
    days.at(-1)?.events.push(one)
  }
  const rows = days.flatMap(({ day, events }) => {
    const names = [...new Set(events.flatMap(({ event }) => ('ticket' in event ? [event.ticket] : [])))]
    return names.map((name) => {
      const own = events.filter(({ event }) => 'ticket' in event && event.ticket === name)
      const types = own.map(({ event }) => event.type)
      const calls = own.flatMap(({ event, at }, index) => {
        if (event.type !== 'called' && event.type !== 'recalled') return []
        const rest = own.slice(index + 1)
        const end = rest.find((next) => next.event.type !== 'recalled')
        // A recall of who is called goes on with the same call.
        const before = types.slice(0, index).findLast((type) => type !== 'recalled')
        const goesOn = event.type === 'recalled' && (types[index - 1] === 'called' || types[index - 1] === 'recalled')
        return goesOn || before === undefined ? [] : [{ at: Date.parse(at), end }]
      })
      const good = calls.filter(({ end }) => end?.event.type !== 'returned')
      const [first] = own
      const served = good.reduce(
        (sum, { at, end }) =>
          sum + (end === undefined || end.event.type === 'missed' ? 0 : Math.max(0, Date.parse(end.at) - at)),
        0,
      )
      // The first call that was not taken back ends the wait, unless a taken back one came after it was called already.
      const waited = good[0] === undefined ? undefined : Math.max(0, good[0].at - Date.parse(first?.at ?? ''))
      const last = own.findLast(({ event }) =>
        ['called', 'recalled', 'done', 'missed', 'transferred'].includes(event.type),
      )?.event.type
      const service = own.reduce(
        (now, { event }) => ('service' in event && event.service !== undefined ? event.service : now),
        '',
      )
      return { day, service, waited, served, end: last === 'done' ? 'served' : last === 'missed' ? 'missed' : 'left' }
    })
  })
  const keys = [...new Set(rows.map(({ day, service }) => `${day}/${service}`))].sort()
  const rank = (values: readonly number[], share: number): number => {
    const sorted = values.map((ms) => Math.round(ms / 1_000)).sort((a, b) => a - b)
    return sorted.find((_, index) => index + 1 >= share * sorted.length) ?? 0
  }
  return keys.map((key) => {
    const group = rows.filter(({ day, service }) => `${day}/${service}` === key)
    const count = (end: string): number => group.filter((one) => one.end === end).length
    const waits = group.flatMap(({ waited }) => (waited === undefined ? [] : [waited]))
    const services = group.filter(({ end }) => end === 'served').map(({ served }) => served)
    return {
      day: key.slice(0, 10),
      service: key.slice(11),
      issued: group.length,
      served: count('served'),
      missed: count('missed'),
      left: count('left'),
      waitMedian: rank(waits, 0.5),
      waitP90: rank(waits, 0.9),
      serviceMedian: rank(services, 0.5),
      serviceP90: rank(services, 0.9),
    }
  })
}

test('statistics are those of a slow count of the log: over midnight, reopened days, clocks that go back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const log = logOf(steps)
      expect(statisticsOf(log)).toEqual(slowly(log))
      // A restart in between counts the same: the log is all there is.
      expect(statisticsOf(log.map((one) => ({ ...one })))).toEqual(statisticsOf(log))
    }),
    { numRuns: 300 },
  )
})
