import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerOf, applyEvent } from './applyEvent.ts'
import type { HallCommand } from './command.ts'
import { decide } from './decide.ts'
import { emptyHall, type Hall } from './hallState.ts'
import { estimateWait, waitParts } from './waiting.ts'

const start = Date.parse('2026-12-01T09:00:00Z')

/** Does a command, so many minutes after nine: what it answers, or the code of its fault. */
function act(hall: Hall, command: HallCommand, minute = 0): unknown {
  const at = new Date(start + minute * 60_000).toISOString()
  const decided = decide(hall, command, {
    day: at.slice(0, 10),
    time: at.slice(11, 16),
    station: 'station-1',
    range: '',
    services: ['A', 'B'],
    pattern: { weekdays: [], from: '08:30', until: '16:30', minutes: 15, places: 0, closed: [], toleranceMinutes: 0 },
  })
  if (!decided.ok) return decided.fault.code
  if ('answer' in decided.value) return decided.value.answer.ticket ?? null
  applyEvent(hall, { seq: 0, at }, decided.value.event)
  return answerOf(hall, decided.value.event).ticket ?? null
}

const opened = (...services: string[]): Hall => {
  const hall = emptyHall()
  act(hall, { type: 'open' })
  for (const service of services) act(hall, { type: 'issue', service })
  return hall
}
const stateOf = (hall: Hall) => Object.fromEntries([...hall.tickets.values()].map((one) => [one.ticket, one.state]))

describe('a counter', () => {
  test('calls the services that its agent signed on with, and all of them where nobody did', () => {
    const hall = opened('A', 'B', 'B')
    act(hall, { type: 'signOn', counter: 1, agent: 'Salma', services: ['B'] })
    expect(act(hall, { type: 'call', counter: 1 })).toBe('B001')
    expect(act(hall, { type: 'call', counter: 2 })).toBe('A001')
    act(hall, { type: 'signOff', counter: 1 })
    expect(hall.counters.size).toBe(0)
  })

  test('that its agent leaves leaves whoever was called to it alone, until somebody signs on or he waits again', () => {
    const hall = opened('A', 'A')
    const leftAt = (ticket: string) => hall.tickets.get(ticket)?.leftAt
    for (const counter of [1, 2]) {
      act(hall, { type: 'signOn', counter, agent: 'Salma', services: [] })
      act(hall, { type: 'call', counter })
    }
    act(hall, { type: 'here', ticket: 'A001' })
    act(hall, { type: 'signOff', counter: 1 }, 5)
    expect([leftAt('A001'), leftAt('A002')]).toEqual(['2026-12-01T09:05:00.000Z', undefined])
    act(hall, { type: 'signOn', counter: 1, agent: 'Omar', services: [] }, 6)
    expect(leftAt('A001')).toBe(undefined)
    act(hall, { type: 'signOff', counter: 1 }, 7)
    act(hall, { type: 'return', ticket: 'A001' }, 8)
    expect(leftAt('A001')).toBe(undefined)
    act(hall, { type: 'signOff', counter: 2 }, 9)
    act(hall, { type: 'park', ticket: 'A002' }, 10)
    act(hall, { type: 'recall', ticket: 'A002', counter: 3 }, 11)
    expect(hall.tickets.get('A002')).toMatchObject({ state: 'called', counter: 3 })
    expect(leftAt('A002')).toBe(undefined)
  })

  test('that a supervisor closed calls nothing but who was sent to it', () => {
    const hall = opened('A', 'A')
    act(hall, { type: 'assign', counter: 1, services: [] })
    expect(act(hall, { type: 'next', counter: 1 })).toBe(null)
    act(hall, { type: 'transfer', ticket: 'A002', counter: 1 })
    expect(act(hall, { type: 'next', counter: 1 })).toBe('A002')
  })

  test('lets who was sent to it go on in his place when its agent leaves', () => {
    const hall = opened('A', 'A')
    act(hall, { type: 'signOn', counter: 1, agent: 'Salma', services: [] })
    act(hall, { type: 'signOn', counter: 2, agent: 'Omar', services: [] })
    act(hall, { type: 'transfer', ticket: 'A001', counter: 2 })
    expect(act(hall, { type: 'call', counter: 1 })).toBe('A002')
    act(hall, { type: 'return', ticket: 'A002' })
    act(hall, { type: 'signOff', counter: 2 })
    expect(act(hall, { type: 'call', counter: 1 })).toBe('A001')
  })

  test('is on a break only when somebody signed on; help is asked for whatever happens', () => {
    const hall = opened()
    expect(act(hall, { type: 'away', counter: 1, away: true })).toBe('hall.notSignedOn')
    act(hall, { type: 'signOn', counter: 1, agent: 'Salma', services: [] })
    act(hall, { type: 'away', counter: 1, away: true, back: '10:15' })
    act(hall, { type: 'alarm', counter: 1, on: true }, 3)
    expect(hall.counters.get('1')).toMatchObject({
      away: { back: '10:15' },
      alarmSince: '2026-12-01T09:03:00.000Z',
    })
    act(hall, { type: 'away', counter: 1, away: false })
    act(hall, { type: 'close' })
    act(hall, { type: 'signOff', counter: 1 })
    expect(hall.counters.get('1')).toEqual({ counter: 1, alarmSince: '2026-12-01T09:03:00.000Z' })
    act(hall, { type: 'alarm', counter: 1, on: false })
    expect(hall.counters.get('1')).toEqual({ counter: 1 })
  })
})

describe('one stroke', () => {
  test('ends who is here and calls who is next, in one entry; where nobody waits, it ends', () => {
    const hall = opened('A', 'A')
    expect(act(hall, { type: 'next', counter: 1 })).toBe('A001')
    act(hall, { type: 'here', ticket: 'A001' })
    expect(act(hall, { type: 'next', counter: 1 })).toBe('A002')
    expect(stateOf(hall)).toEqual({ A001: 'done', A002: 'called' })
    act(hall, { type: 'here', ticket: 'A002' })
    expect(act(hall, { type: 'next', counter: 1 })).toBe(null)
    expect(stateOf(hall)).toEqual({ A001: 'done', A002: 'done' })
  })

  test('of a hasty finger ends nobody who is not here yet', () => {
    const hall = opened('A', 'A')
    act(hall, { type: 'next', counter: 1 })
    expect(act(hall, { type: 'next', counter: 1 })).toBe('ticket.notHere')
    expect(stateOf(hall)).toEqual({ A001: 'called', A002: 'waiting' })
  })

  test('a wrong call is taken back, and the next call is a new one', () => {
    const hall = opened('A')
    act(hall, { type: 'next', counter: 1 })
    act(hall, { type: 'here', ticket: 'A001' })
    act(hall, { type: 'return', ticket: 'A001' })
    act(hall, { type: 'next', counter: 2 }, 4)
    expect(hall.tickets.get('A001')).toMatchObject({ counter: 2, recalls: 0 })
    expect(hall.tickets.get('A001')?.hereAt).toBeUndefined()
  })
})

describe('the house', () => {
  test('a service that is closed gives no number, and who waits is called', () => {
    const hall = opened('A')
    act(hall, { type: 'service', service: 'A', open: false, opensAt: '14:00' })
    expect(act(hall, { type: 'issue', service: 'A' })).toBe('ticket.serviceClosed')
    expect(act(hall, { type: 'next', counter: 1 })).toBe('A001')
    act(hall, { type: 'service', service: 'A', open: true })
    expect(act(hall, { type: 'issue', service: 'A' })).toBe('A002')
  })

  test('messages, counters and closed services end with their day', () => {
    const hall = opened()
    act(hall, { type: 'message', from: 'Nadia', text: 'Pause à 11 h' })
    act(hall, { type: 'signOn', counter: 1, agent: 'Salma', services: ['A'] })
    act(hall, { type: 'service', service: 'B', open: false })
    expect(hall.messages).toMatchObject([{ from: 'Nadia', text: 'Pause à 11 h' }])
    act(hall, { type: 'open' }, 24 * 60)
    expect([hall.messages.length, hall.counters.size, hall.closedServices.size]).toEqual([0, 0, 0])
  })
})

describe('the estimate', () => {
  /** Served one after the other at counter 1, each for so many minutes; then so many wait. */
  const after = (services: readonly number[], waiting: readonly string[]) => {
    const hall = opened()
    act(hall, { type: 'signOn', counter: 1, agent: 'Salma', services: [] })
    let minute = 0
    for (const length of services) {
      act(hall, { type: 'issue', service: 'A' }, minute)
      act(hall, { type: 'next', counter: 1 }, minute)
      act(
        hall,
        { type: 'here', ticket: hall.tickets.size === 0 ? '' : ([...hall.tickets.keys()].at(-1) ?? '') },
        minute,
      )
      minute += length
      act(hall, { type: 'done', ticket: [...hall.tickets.keys()].at(-1) ?? '' }, minute)
    }
    for (const service of waiting) act(hall, { type: 'issue', service }, minute)
    return { hall, now: start + minute * 60_000 }
  }

  test('is the median service of the hour times who is before, by the counters', () => {
    const { hall, now } = after([4, 5, 12], ['A', 'A', 'A', 'B'])
    expect(waitParts(hall, 'A', now)).toMatchObject({ service: 5 * 60_000, turns: 4 })
    expect(estimateWait(hall, 'A', now)).toEqual({ minutes: 20, error: 7 })
    act(hall, { type: 'signOn', counter: 2, agent: 'Hind', services: ['A'] })
    // Counter 1 clears four, counter 2 three: 1 / (1/4 + 1/3) turns.
    expect(waitParts(hall, 'A', now)?.turns).toBeCloseTo(12 / 7)
    act(hall, { type: 'signOn', counter: 1, agent: 'Salma', services: ['B'] })
    expect(estimateWait(hall, 'B', now)?.minutes).toBe(5)
  })

  test('says nothing of what was not measured, and nothing waits where nobody is before', () => {
    const { hall, now } = after([4, 5], ['A'])
    expect(estimateWait(hall, 'A', now)).toBeUndefined()
    const known = after([4, 5, 6], [])
    expect(estimateWait(known.hall, 'A', known.now)).toEqual({ minutes: 0, error: 0 })
    expect(estimateWait(known.hall, 'A', known.now + 2 * 60 * 60_000)).toBeUndefined()
    act(known.hall, { type: 'away', counter: 1, away: true })
    expect(estimateWait(known.hall, 'A', known.now)).toBeUndefined()
  })

  test('is never less than nothing, and more of who waits never makes it shorter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 6 }),
        fc.nat(20),
        (times, more) => {
          const few = after(times, [])
          const many = after(
            times,
            Array.from({ length: more }, () => 'A'),
          )
          const [one, other] = [few, many].map(({ hall, now }) => estimateWait(hall, 'A', now)?.minutes ?? 0)
          expect(other).toBeGreaterThanOrEqual(one ?? 0)
        },
      ),
    )
  })
})
