import { expect, test } from 'vitest'
import { demoAccountList } from '../../core/bridge/demo/accounts.ts'
import { believedUntil, standingOf } from './standing.ts'

const now = new Date('2026-11-21T10:00:00Z')
const [sound, locked, tried] = demoAccountList(now)

test('what keeps somebody from signing in is said before what soon will', () => {
  const all = Object.fromEntries(demoAccountList(now).map((account) => [account.login, standingOf(account, now)]))
  expect(all).toEqual({
    agent: 'active',
    agent2: 'locked',
    clerk: 'tries',
    supervisor: 'active',
    admin: 'active',
    auditor: 'expiring',
    interim: 'expired',
    ancien: 'ended',
  })
  if (sound === undefined || locked === undefined || tried === undefined) throw new Error('no accounts')
  const { card: _, ...bare } = sound
  expect(standingOf(bare, now)).toBe('cardMissing')
  expect(standingOf({ ...locked, endedAt: now.toISOString() }, now)).toBe('ended')
  expect(standingOf(locked, new Date(now.getTime() + 3_600_000))).toBe('active')
  expect(standingOf({ ...tried, validUntil: '2026-11-30T00:00:00Z' }, now)).toBe('expiring')
})

test('an account is believed until its own end or the end without word from the platform', () => {
  expect(believedUntil({ validUntil: '2026-12-01T00:00:00Z', offlineUntil: '2026-11-25T00:00:00Z' })).toBe(
    '2026-11-25T00:00:00Z',
  )
  expect(believedUntil({ validUntil: '2026-12-01T00:00:00Z', offlineUntil: '2027-01-01T00:00:00Z' })).toBe(
    '2026-12-01T00:00:00Z',
  )
  expect(believedUntil({ validUntil: '2026-12-01T00:00:00Z' })).toBe('2026-12-01T00:00:00Z')
})
