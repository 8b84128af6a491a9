import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { encode, type Answer } from 'dns-packet'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeOffice, stationFile } from '../office/makeOffice.ts'
import { openRoster, type Roster } from '../office/roster.ts'
import { announce, isProved, longest, officeCode, question, read, type Announcement } from './announcement.ts'

const stations = makeOffice({
  addresses: [1, 2].map((n) => ({ host: `192.0.2.${String(n)}`, port: 7100 })),
  services: ['A'],
  closed: [],
})
const textOf = (name: string, station = 0): string => stations[station]?.files[name] ?? ''
const roster = openRoster(textOf(stationFile.roster), textOf(stationFile.officeKey)) as Roster
const [, second] = roster.stations
const key = createPrivateKey(textOf(stationFile.key, 1))
const office = officeCode(roster)
const at = { station: 'station-2', host: '192.0.2.22', port: 7100 }
const certificate = second?.certificate ?? ''

const announcementIn = (bytes: Uint8Array): Announcement => {
  const heard = read(bytes, office)
  if (typeof heard !== 'object') throw new Error('nobody said where a station is')
  return heard
}

test('a station says where it is, and whoever has the roster knows that it was the station', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }), (host, port) => {
      const said = announce(office, { ...at, host, port }, key)
      expect(said.length).toBeLessThan(longest)
      const heard = announcementIn(said)
      expect(heard).toMatchObject({ station: 'station-2', host, port })
      expect(isProved(office, heard, certificate)).toBe(true)
    }),
  )
})

test('what a stranger says, or changes, is not proved', () => {
  const heard = announcementIn(announce(office, at, key))
  for (const [what, changed] of Object.entries({ host: '192.0.2.66', port: 7101, station: 'station-1' }))
    expect(isProved(office, { ...heard, [what]: changed }, certificate), what).toBe(false)
  expect(isProved('0123456789abcdef', heard, certificate), 'of another office').toBe(false)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  expect(isProved(office, announcementIn(announce(office, at, privateKey)), certificate)).toBe(false)
})

test('the question of the own office is heard, and nothing of another one', () => {
  expect(read(question(office), office)).toBe('question')
  expect(read(question('0123456789abcdef'), office)).toBeUndefined()
  expect(read(announce('0123456789abcdef', at, key), office)).toBeUndefined()
})

test('neither question nor announcement says what the office is called, nor how its log is named', () => {
  for (const said of [question(office), announce(office, at, key)])
    for (const secret of [roster.log, roster.log.slice(0, 16)]) expect(said.toString('latin1')).not.toContain(secret)
})

test('what is longer than a station speaks is not even looked at', () => {
  const good = announce(office, at, key)
  const padded = Buffer.concat([good, Buffer.alloc(longest - good.length)])
  expect(read(padded, office)).toMatchObject(at)
  expect(read(Buffer.concat([padded, Buffer.alloc(1)]), office)).toBeUndefined()
})

test('an announcement of which a part is missing moves nobody', () => {
  const name = `x.${office}.local`
  const place: Answer = { type: 'SRV', name, data: { target: name, port: 7100 } }
  const address: Answer = { type: 'A', name, data: at.host }
  const text = (...data: string[]): Answer => ({ type: 'TXT', name, data })
  const parts = [text(`office=${office}`, 'station=station-2', `proof=${'A'.repeat(86)}==`), place, address]
  const said = (answers: readonly Answer[]) => read(encode({ type: 'response', answers: [...answers] }), office)
  expect(said(parts)).toMatchObject(at)
  for (const missing of parts) expect(said(parts.filter((one) => one !== missing)), missing.type).toBeUndefined()
  for (const told of [
    ['station=station-2'],
    [`office=${office}`],
    [`office=${office}`, 'station=station-2', 'proof=1'],
  ])
    expect(said([text(...told), place, address]), told.join()).toBeUndefined()
})
