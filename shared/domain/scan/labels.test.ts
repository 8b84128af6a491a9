import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classifyScan } from './classify.ts'
import { parseLabel } from './labels.ts'

const now = new Date('2026-11-21T09:00:00Z')

test('tickets and labels of the mail are told apart', () => {
  expect(classifyScan('GT1:RAB03/2026-11-21/A042', now)).toEqual({
    kind: 'ticket',
    office: 'RAB03',
    day: '2026-11-21',
    place: 'A042',
  })
  expect(classifyScan(']Q1GM1:A/2026/RAB03-B1/000123\r\n', now)).toEqual({
    kind: 'mail',
    direction: 'arrival',
    number: '2026/RAB03-B1/000123',
  })
  expect(classifyScan('GM1:D/2026/RAB03-B1/000123', now)).toMatchObject({ kind: 'mail', direction: 'departure' })
  expect(classifyScan('GM1:2026/RAB03-M1/A-000123', now)).toEqual({
    kind: 'mail',
    direction: 'arrival',
    number: '2026/RAB03-M1/A-000123',
  })
  expect(classifyScan(' rr 473 124 829 ma\r', now)).toEqual({ kind: 'posted', code: 'RR473124829MA' })
  expect(classifyScan('RR473124828MA', now).kind).toBe('other')
  expect(classifyScan('2026/RAB03-M1/I-000123', now)).toMatchObject({ kind: 'mail', direction: 'internal' })
  expect(classifyScan('2026/RAB03-G2/000001', now)).toEqual({
    kind: 'registerNumber',
    register: 'requests',
    number: '2026/RAB03-G2/000001',
  })
})

test.each([
  'GT1:RAB03/2026-13-21/A042',
  'GT1:rab/2026-11-21/A042',
  'GT1:RAB03/2026-11-21/42',
  'GM1:X/2026/RAB03-B1/000123',
  'GM1:2026/RAB03-B1/000123',
  'GM1:A/2026/RAB03-B1/A-000123',
  'GM1:2026/RAB03-B1/P-000123',
  'GM1:A/2026/RAB03-B1/1',
  'GT1:',
  'GM1:A/',
])('%s is no label', (text) => {
  expect(parseLabel(text)).toBeUndefined()
  expect(classifyScan(text, now).kind).toBe('other')
})

test('any text is answered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      expect(['ticket', 'mail', undefined]).toContain(parseLabel(`GT1:${text}`)?.kind)
    }),
  )
})
