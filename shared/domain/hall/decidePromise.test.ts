import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEvent } from './applyEvent.ts'
import type { HallCommand } from './command.ts'
import { decide } from './decide.ts'
import type { DecidingFacts } from './decision.ts'
import { emptyHall, type Hall } from './hallState.ts'

const facts: DecidingFacts = {
  day: '2026-12-01',
  time: '09:00',
  station: 'station-1',
  range: '',
  services: ['A', 'B'],
  pattern: {
    weekdays: [1, 2, 3, 4, 5],
    from: '08:30',
    until: '16:30',
    minutes: 15,
    places: 1,
    closed: [],
    toleranceMinutes: 15,
  },
}
let seq = 0
const act = (hall: Hall, command: HallCommand): string => {
  const decided = decide(hall, command, facts)
  if (!decided.ok) return decided.fault.code
  if ('answer' in decided.value) return 'nothing'
  applyEvent(hall, { seq: (seq += 1), at: '2026-12-01T09:00:00Z' }, decided.value.event)
  return decided.value.event.type
}
type Said = Extract<HallCommand, { type: 'promise' }>
const base: Said = {
  type: 'promise',
  reference: '01a20000-0000-7000-8000-000000000001',
  service: 'A',
  day: '2026-12-02',
  time: '10:00',
  minutes: 15,
  state: 'booked',
}
const only = (hall: Hall) => [...hall.bookings.values()][0]

test('what a counter changed stays until the platform says something else', () => {
  const hall = emptyHall()
  expect(act(hall, base)).toBe('booked')
  expect(act(hall, base)).toBe('nothing')
  act(hall, { type: 'move', appointment: 'R0001', day: '2026-12-02', time: '11:00' })
  expect(act(hall, base)).toBe('nothing')
  expect(only(hall)).toMatchObject({ time: '11:00', state: 'booked' })
  expect(act(hall, { ...base, time: '12:00' })).toBe('moved')
  expect(act(hall, { ...base, state: 'cancelled' })).toBe('cancelled')
  expect(act(hall, { ...base, state: 'cancelled' })).toBe('nothing')
  expect(act(hall, { ...base, time: '12:00' })).toBe('moved')
  expect(only(hall)).toMatchObject({ time: '12:00', state: 'booked' })
  expect(act(hall, { ...base, reference: '01a20000-0000-7000-8000-000000000009', service: 'Z' })).toBe('ticket.service')
})

test('a promise has its place where all are taken, and then nobody else is given that time', () => {
  const hall = emptyHall()
  const book = { type: 'book', service: 'A', day: base.day, time: '10:00' } as const
  expect(act(hall, book)).toBe('booked')
  expect(act(hall, { ...base, time: '10:07' })).toBe('booked')
  expect(hall.bookings.get('R0002')).toMatchObject({ time: '10:07', place: 1 })
  expect(act(hall, { ...book, time: '10:15' })).toBe('booked')
  expect(act(hall, { ...book, time: '10:00' })).toBe('appointment.full')
})

test('however often and in whatever order it is said, there is one booking for each, as it was said last', () => {
  const said = fc.record({
    reference: fc.constantFrom('1', '2', '3').map((n) => `01a20000-0000-7000-8000-00000000000${n}`),
    time: fc.constantFrom('09:00', '10:00', '10:07'),
    state: fc.constantFrom('booked' as const, 'cancelled' as const),
  })
  fc.assert(
    fc.property(fc.array(said, { maxLength: 20 }), (list) => {
      const hall = emptyHall()
      for (const one of list) act(hall, { ...base, ...one })
      const last = new Map(list.map((one) => [one.reference, one]))
      for (const booking of hall.bookings.values()) {
        const one = last.get(booking.promise?.reference ?? '')
        expect(booking.state).toBe(one?.state)
        if (one?.state === 'booked') expect(booking.time).toBe(one.time)
      }
      const references = [...hall.bookings.values()].map(({ promise }) => promise?.reference)
      expect(new Set(references).size).toBe(references.length)
      const booked = list.filter(({ state }) => state === 'booked').map(({ reference }) => reference)
      expect(new Set(references)).toEqual(new Set(booked))
    }),
  )
})
