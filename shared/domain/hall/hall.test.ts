import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEvent } from './applyEvent.ts'
import { calendarFile } from './calendarFile.ts'
import type { HallCommand } from './command.ts'
import { decide } from './decide.ts'
import type { DecidingFacts } from './decision.ts'
import { emptyHall, type Hall } from './hallState.ts'
import { bundledZone } from '../clock/zone.ts'

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
    places: 2,
    closed: ['2026-12-02'],
    toleranceMinutes: 15,
  },
}

/** Does a command in a hall: what it answers, or the code of its fault. */
function act(hall: Hall, command: HallCommand, more: Partial<DecidingFacts> = {}): unknown {
  const decided = decide(hall, command, { ...facts, ...more })
  if (!decided.ok) return decided.fault.code
  if ('answer' in decided.value) return decided.value.answer.ticket ?? decided.value.answer.day ?? null
  const { event } = decided.value
  applyEvent(hall, { seq: 0, at: `${more.day ?? facts.day}T${more.time ?? facts.time}:00.000Z` }, event)
  return 'ticket' in event ? event.ticket : 'appointment' in event ? event.appointment : event.type
}

const open = (): Hall => {
  const hall = emptyHall()
  act(hall, { type: 'open' })
  return hall
}
const issue = (hall: Hall, service = 'A', priority?: 'urgent' | 'elderly' | 'disabled' | 'pregnant') =>
  act(hall, { type: 'issue', service, ...(priority === undefined ? {} : { priority }) })
const call = (hall: Hall, counter = 1, service?: string) =>
  act(hall, { type: 'call', counter, ...(service === undefined ? {} : { service }) })

describe('who is called next', () => {
  test('urgent; elderly, disabled, pregnant by issue; appointments by their time; the others by issue', () => {
    const hall = open()
    issue(hall)
    issue(hall)
    for (const time of ['10:00', '09:30']) act(hall, { type: 'book', service: 'A', day: '2026-12-01', time })
    act(hall, { type: 'checkIn', appointment: 'R0001' })
    act(hall, { type: 'checkIn', appointment: 'R0002' })
    issue(hall, 'A', 'pregnant')
    issue(hall, 'A', 'elderly')
    issue(hall, 'A', 'urgent')
    expect(Array.from({ length: 8 }, () => call(hall))).toEqual([
      'A007',
      'A005',
      'A006',
      'A004',
      'A003',
      'A001',
      'A002',
      null,
    ])
  })

  test('of one service, when one is named; of a counter, what was transferred to it', () => {
    const hall = open()
    issue(hall, 'A')
    issue(hall, 'B')
    expect(call(hall, 1, 'B')).toBe('B001')
    act(hall, { type: 'transfer', ticket: 'B001', counter: 2 })
    expect([call(hall, 1, 'B'), call(hall, 2, 'B')]).toEqual([null, 'B001'])
  })

  test('a transferred ticket, and a wrong call that is taken back, keep their place', () => {
    const hall = open()
    issue(hall, 'A')
    issue(hall, 'B')
    expect(call(hall, 1, 'A')).toBe('A001')
    act(hall, { type: 'transfer', ticket: 'A001', service: 'B' })
    expect(call(hall, 1, 'B')).toBe('A001')
    act(hall, { type: 'return', ticket: 'A001' })
    expect(call(hall, 3, 'B')).toBe('A001')
  })
})

describe('what may be done with a ticket', () => {
  test('whoever is called is called by nobody else, and ended at no other counter', () => {
    const hall = open()
    issue(hall)
    call(hall, 4)
    expect(act(hall, { type: 'call', ticket: 'A001', counter: 5 })).toBe('ticket.state')
    expect(act(hall, { type: 'done', ticket: 'A001', counter: 5 })).toBe('ticket.state')
    expect(act(hall, { type: 'done', ticket: 'A001', counter: 4 })).toBe('A001')
    expect(act(hall, { type: 'done', ticket: 'A001' })).toBe('ticket.state')
    expect(act(hall, { type: 'done', ticket: 'A099' })).toBe('ticket.unknown')
  })

  test('three recalls, then no more; parked and missed come back', () => {
    const hall = open()
    issue(hall)
    call(hall)
    const again = (): unknown => act(hall, { type: 'recall', ticket: 'A001' })
    expect([again(), again(), again(), again()]).toEqual(['A001', 'A001', 'A001', 'ticket.recalled'])
    act(hall, { type: 'missed', ticket: 'A001' })
    act(hall, { type: 'transfer', ticket: 'A001', service: 'A' })
    expect(call(hall)).toBe('A001')
    act(hall, { type: 'park', ticket: 'A001' })
    expect(act(hall, { type: 'recall', ticket: 'A001', counter: 2 })).toBe('A001')
    expect(hall.tickets.get('A001')).toMatchObject({ state: 'called', counter: 2 })
  })

  test('nothing while the hall is closed, and of no service that is none', () => {
    const hall = emptyHall()
    expect(issue(hall)).toBe('hall.notOpen')
    act(hall, { type: 'open' })
    expect(issue(hall, 'Z')).toBe('ticket.service')
    act(hall, { type: 'close' })
    expect(call(hall)).toBe('hall.notOpen')
  })
})

describe('a business day', () => {
  test('is what was opened: midnight changes neither numbers nor tickets', () => {
    const hall = open()
    issue(hall)
    expect(act(hall, { type: 'issue', service: 'A' }, { day: '2026-12-02', time: '00:10' })).toBe('A002')
    expect(hall.tickets.get('A002')?.day).toBe('2026-12-01')
    expect(call(hall)).toBe('A001')
  })

  test('opened again on its day goes on; the next one begins at 001; an older one is refused', () => {
    const hall = open()
    issue(hall)
    act(hall, { type: 'close' })
    act(hall, { type: 'open' })
    expect(issue(hall)).toBe('A002')
    act(hall, { type: 'open' }, { day: '2026-12-02' })
    expect(issue(hall)).toBe('A001')
    expect(act(hall, { type: 'open' }, { day: '2026-12-01' })).toBe('clock.behind')
  })
})

describe('appointments', () => {
  const book = (hall: Hall, time: string, day = '2026-12-01') => act(hall, { type: 'book', service: 'A', day, time })

  test('no more at once than there are places, over their whole length', () => {
    const hall = open()
    expect([book(hall, '10:00'), book(hall, '10:05'), book(hall, '10:10'), book(hall, '10:15')]).toEqual([
      'R0001',
      'R0002',
      'appointment.full',
      'R0003',
    ])
    act(hall, { type: 'cancel', appointment: 'R0002' })
    expect(book(hall, '10:05')).toBe('R0004')
  })

  test('never overlap in one place, whatever is booked, moved and cancelled', () => {
    const time = fc
      .integer({ min: 102, max: 110 })
      .map((cell) => `${String(Math.floor(cell / 12)).padStart(2, '0')}:${String((cell % 12) * 5).padStart(2, '0')}`)
    const id = fc.integer({ min: 1, max: 12 }).map((n) => `R${String(n).padStart(4, '0')}`)
    const step = fc.oneof(
      fc.record({
        type: fc.constant('book' as const),
        service: fc.constant('A'),
        day: fc.constant('2026-12-01'),
        time,
      }),
      fc.record({ type: fc.constant('move' as const), appointment: id, day: fc.constant('2026-12-01'), time }),
      fc.record({ type: fc.constant('cancel' as const), appointment: id }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const hall = open()
        for (const one of steps) act(hall, one, { time: '08:00' })
        const held = new Map<string, string>()
        for (const { appointment, time: from, minutes, place, state } of hall.bookings.values()) {
          if (state === 'cancelled') continue
          const start = Number(from.slice(0, 2)) * 60 + Number(from.slice(3))
          for (let at = start; at < start + minutes; at += 5) {
            expect(held.get(`${String(place)}/${String(at)}`)).toBeUndefined()
            held.set(`${String(place)}/${String(at)}`, appointment)
            expect(place).toBeLessThan(2)
          }
        }
        expect(hall.cells.size).toBe(held.size)
      }),
    )
  })

  test('are refused outside the hours, on closed days, in the past', () => {
    const hall = open()
    expect([
      book(hall, '08:15'),
      book(hall, '16:20'),
      book(hall, '10:02'),
      book(hall, '10:00', '2026-12-05'),
      book(hall, '10:00', '2026-12-02'),
      book(hall, '08:45'),
    ]).toEqual([...Array.from({ length: 5 }, () => 'appointment.closed'), 'appointment.past'])
  })

  test('are missed only after time and tolerance, and are called early when they are here', () => {
    const hall = open()
    book(hall, '10:00')
    expect(act(hall, { type: 'checkIn', appointment: 'R0001' })).toBe('A001')
    expect(call(hall)).toBe('A001')
    const missed = (time: string): unknown => act(hall, { type: 'missed', ticket: 'A001' }, { time })
    expect([missed('10:14'), missed('10:15')]).toEqual(['ticket.early', 'A001'])
    expect(hall.bookings.get('R0001')?.state).toBe('missed')
    expect(act(hall, { type: 'checkIn', appointment: 'R0001' })).toBe('appointment.state')
  })

  test('who comes late goes by issue; on another day not at all', () => {
    const hall = open()
    book(hall, '09:00')
    book(hall, '09:00', '2026-12-03')
    issue(hall)
    expect(act(hall, { type: 'checkIn', appointment: 'R0001' }, { time: '09:16' })).toBe('A002')
    expect(call(hall)).toBe('A001')
    expect(act(hall, { type: 'checkIn', appointment: 'R0002' })).toBe('appointment.otherDay')
  })

  test('as iCalendar stand in UTC, on both sides of the change of legal time', () => {
    const hall = open()
    book(hall, '10:00')
    const [booking] = hall.bookings.values()
    const rule = bundledZone('Africa/Casablanca')
    if (booking === undefined || rule === undefined) throw new Error('nothing booked')
    const text = calendarFile(
      [booking, { ...booking, appointment: 'R0002', day: '2026-09-01' }],
      rule,
      'ab'.repeat(32),
      0,
    )
    expect(text).toContain('DTSTART:20261201T100000Z\r\nDTEND:20261201T101500Z')
    expect(text).toContain('DTSTART:20260901T090000Z')
    expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })
})
