import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeOffice, stationFile } from '../office/makeOffice.ts'
import { openRoster, type Roster } from '../office/roster.ts'
import { announce, officeCode, question, type Announcement } from './announcement.ts'
import { openDiscovery } from './discovery.ts'
import type { Multicast } from './multicast.ts'

const office = makeOffice({
  addresses: [1, 2].map((n) => ({ host: `192.0.2.${String(n)}`, port: 7100 })),
  services: ['A'],
  closed: [],
})
const textOf = (station: number, name: string): string => office[station - 1]?.files[name] ?? ''
const roster = openRoster(textOf(1, stationFile.roster), textOf(1, stationFile.officeKey)) as Roster
const code = officeCode(roster)
const moved = { station: 'station-2', host: '192.0.2.22', port: 7100 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A network in this process: everybody who is on it hears everybody else. */
function network() {
  const on = new Set<(bytes: Buffer) => void>()
  const said: Buffer[] = []
  const say = (bytes: Buffer, from?: (bytes: Buffer) => void): void => {
    said.push(bytes)
    for (const hear of [...on]) if (hear !== from) hear(bytes)
  }
  const open = (hear: (bytes: Buffer) => void): Multicast => {
    let at: readonly string[] = []
    return {
      join: (addresses) => {
        at = addresses
        if (at.length > 0) on.add(hear)
        else on.delete(hear)
        return Promise.resolve()
      },
      say: (text) => {
        for (const address of at) say(text(address), hear)
      },
      close: () => on.delete(hear),
    }
  }
  return { open, say, said, on }
}

function stationOn(lan: ReturnType<typeof network>, station: 1 | 2, now: { at?: string; misses?: boolean }) {
  const found: Omit<Announcement, 'proof'>[] = []
  const search = openDiscovery({
    facts: { me: `station-${String(station)}`, roster, key: textOf(station, stationFile.key) },
    addresses: () => [now.at ?? `192.0.2.${String(station)}`],
    isAway: () => now.at !== undefined,
    misses: () => now.misses ?? false,
    found: ({ proof: _proof, ...at }) => found.push(at),
    open: lan.open,
  })
  return { look: search.look, found }
}

test('while all are where the roster says, nothing is said and nobody listens', async () => {
  const lan = network()
  const both = [stationOn(lan, 1, {}), stationOn(lan, 2, {})]
  for (const one of both) await one.look()
  expect([lan.said.length, lan.on.size]).toEqual([0, 0])
})

test('a station that got another address says so by itself, and is found', async () => {
  const lan = network()
  const first = stationOn(lan, 1, { misses: true })
  const now: { at?: string } = {}
  const second = stationOn(lan, 2, now)
  await first.look()
  await second.look()
  expect(first.found).toEqual([])
  now.at = moved.host
  await second.look()
  expect(first.found).toEqual([moved])
  await second.look()
  expect(first.found, 'once at each address').toHaveLength(1)
  now.at = '192.0.2.23'
  await second.look()
  expect(first.found).toEqual([moved, { ...moved, host: '192.0.2.23' }])
})

test('who misses somebody asks every ten seconds, and a station at its address does not answer', async () => {
  const lan = network()
  const first = stationOn(lan, 1, { misses: true })
  const second = stationOn(lan, 2, { misses: true })
  await first.look()
  await second.look()
  expect(lan.said).toEqual([question(code), question(code)])
  vi.advanceTimersByTime(9_999)
  await first.look()
  expect(lan.said).toHaveLength(2)
  vi.advanceTimersByTime(1)
  await first.look()
  expect(lan.said).toHaveLength(3)
})

test('a station that moved answers who asks, and a thousand questions of a second once', async () => {
  const lan = network()
  const second = stationOn(lan, 2, { at: moved.host })
  await second.look()
  const first = stationOn(lan, 1, { misses: true })
  vi.advanceTimersByTime(1_000)
  await first.look()
  expect(first.found).toEqual([moved])
  for (let n = 0; n < 1_000; n++) lan.say(question(code))
  expect(first.found).toHaveLength(1)
  vi.advanceTimersByTime(1_000)
  lan.say(question(code))
  expect(first.found).toHaveLength(2)
})

test('a stranger who says that he is station 2 is not believed, and the station is', async () => {
  const lan = network()
  const first = stationOn(lan, 1, { misses: true })
  await first.look()
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const own = createPrivateKey(textOf(1, stationFile.key))
  for (const key of [privateKey, own]) lan.say(announce(code, { ...moved, host: '192.0.2.66' }, key))
  lan.say(announce(code, { ...moved, station: 'station-9' }, privateKey))
  lan.say(announce(code, moved, createPrivateKey(textOf(2, stationFile.key))))
  expect(first.found).toEqual([moved])
})
