import { expect, test } from 'vitest'
import { clockFinding, examineClock, parseTimedatectl, zonesThatDiffer } from './examineClock.ts'

const now = new Date('2026-11-29T09:00:00Z')

test('what timedatectl tells is read, what it does not tell is not made up', () => {
  expect(
    parseTimedatectl('Timezone=Africa/Casablanca\nLocalRTC=no\nCanNTP=yes\nNTP=yes\nNTPSynchronized=yes\n'),
  ).toEqual({
    zone: 'Africa/Casablanca',
    synchronised: true,
    localRtc: false,
  })
  expect(parseTimedatectl('')).toEqual({})
  expect(parseTimedatectl('Timezone=\nNTPSynchronized=maybe')).toEqual({})
})

test('a runtime with old tables is told apart, zone by zone', () => {
  const old = (zone: string): number => (zone === '' ? 0 : 60)
  expect(zonesThatDiffer(now, old)).toEqual([{ zone: 'Africa/Casablanca', runtime: 60, ours: 0 }])
  expect(zonesThatDiffer(now, (zone) => (zone === 'Africa/Casablanca' ? 0 : 60))).toEqual([])
})

test('a clock that no network keeps, or a battery clock in local time, has its remedy', () => {
  expect(clockFinding(now, { zone: 'UTC', synchronised: true, localRtc: false })).toMatchObject({ verdict: 'ok' })
  expect(clockFinding(now, { synchronised: false })).toMatchObject({
    verdict: 'warning',
    remedy: expect.stringMatching(/set-ntp/),
  })
  expect(clockFinding(now, { synchronised: true, localRtc: true })).toMatchObject({ verdict: 'warning' })
  expect(clockFinding(now, {}).found).toContain('unknown')
})

test('this machine is examined without failing, with or without timedatectl', async () => {
  const findings = await examineClock(now)
  expect(findings.map((one) => one.part)).toEqual(['zones', 'clock'])
})
