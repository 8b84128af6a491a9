import { expect, test } from 'vitest'
import { aLetterOf } from '#tests/builders/letters.ts'
import { clockOfLetter } from './letterClock.ts'

const holidays = new Set(['2026-12-25'])
const clock = (over: Parameters<typeof aLetterOf>[0]) => clockOfLetter(aLetterOf(over).letter, holidays)

test('access to information has twenty working days, three where it is urgent, and as many again; a complaint two months; others none', () => {
  // From a Monday: four weeks, and the day off among them.
  expect(clock({ receivedOn: '2026-11-30', kind: 'information' })).toEqual({
    lastDay: '2026-12-29',
    source: 'loi 31-13',
    prolonged: '2027-01-26',
  })
  expect(clock({ receivedOn: '2026-11-30', kind: 'information', urgency: 'urgent' })?.prolonged).toBe('2026-12-08')
  expect(clock({ receivedOn: '2026-11-30', kind: 'complaint' })).toEqual({
    lastDay: '2027-01-29',
    source: 'décret 2-17-265',
    firstAnswer: '2026-12-15',
  })
  expect(clock({ receivedOn: '2026-11-30', kind: 'letter' })).toBeUndefined()
  expect(clock({ register: 'departure', receivedOn: '2026-11-30', kind: 'complaint' })).toBeUndefined()
})
