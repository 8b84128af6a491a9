import { expect, test } from 'vitest'
import type { LinkState } from '../ports.ts'
import { linkAfter } from './link.ts'

const [first, later] = ['2026-11-21T10:00:00.000Z', '2026-11-22T10:00:00.000Z']
const unknown: LinkState = { link: 'unknown', code: 'K7F2' }

test('how a device stands is remembered once, and what is heard again is no news', () => {
  const asked = linkAfter(unknown, 'asked', first)
  expect(asked).toEqual({ ...unknown, askedAt: first })
  expect(linkAfter(asked, 'asked', later)).toBe(asked)
  const approved = linkAfter(asked, 'approved', first)
  expect(approved).toEqual({ ...asked, enrolledAt: first })
  expect(linkAfter(approved, 'approved', later)).toBe(approved)
})

test('a revocation is kept until the device is approved again, with the day of its first enrolment', () => {
  const approved: LinkState = { ...unknown, askedAt: first, enrolledAt: first }
  const revoked = linkAfter(approved, 'revoked', later)
  expect(revoked).toEqual({ ...approved, revokedAt: later })
  expect(linkAfter(revoked, 'revoked', first)).toBe(revoked)
  expect(linkAfter(revoked, 'refused', later)).toMatchObject({ revokedAt: later })
  expect(linkAfter(revoked, 'approved', later)).toEqual(approved)
})

test('a code that is refused is dropped', () => {
  expect(linkAfter(unknown, 'refused', first)).toEqual({ link: 'unknown' })
  const without: LinkState = { link: 'unknown' }
  expect(linkAfter(without, 'refused', first)).toBe(without)
})
