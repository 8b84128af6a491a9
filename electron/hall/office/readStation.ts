import { createPrivateKey, createPublicKey, hkdfSync, X509Certificate, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundledZone } from '#shared/domain/clock/zone.ts'
import { utcOffsetMinutes, wallTime } from '#shared/domain/clock/officeTime.ts'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { NodeOffice } from '../node/nodeState.ts'
import { stationFile } from './makeOffice.ts'
import { openRoster, type Roster } from './roster.ts'
import { readKeys } from './stationKeys.ts'

/** A station as its folder has it: who it is, with which key, among whom. */
export interface StationFacts {
  readonly me: string
  readonly roster: Roster
  /** PEM, PKCS#8. */
  readonly key: string
  /** Of the log of events: 32 bytes made from the station's key. */
  readonly logKey: Uint8Array
  /** Of the office: finds whose an appointment is. Offices of before have none, and find nobody by a card. */
  readonly personKey?: Uint8Array
  readonly office: NodeOffice
}

/** Reads the folder of a station. Which one it is, its key says. Faults: hall.roster, hall.keystore, hall.disk. */
export async function readStation(dataDir: string, keystore?: Keystore): Promise<Result<StationFacts>> {
  const signed = await readRoster(dataDir)
  if (!signed.ok) return signed
  const keys = await readKeys(dataDir, keystore)
  if (!keys.ok) return keys
  const roster = signed.value
  const { key, personKey: marking } = keys.value
  const secret = keyOf(key)
  const mine = secret === undefined ? undefined : roster.stations.find(({ certificate }) => isOf(certificate, secret))
  if (secret === undefined || mine === undefined) return err(faultOf('hall.roster', 'the key is none of the roster'))
  const logKey = new Uint8Array(
    hkdfSync('sha256', secret.export({ type: 'pkcs8', format: 'der' }), roster.log, 'guichet hall log 1', 32),
  )
  const personKey = marking === undefined ? undefined : Buffer.from(marking, 'base64')
  if (personKey !== undefined && personKey.length !== 32) return err(faultOf('hall.roster', stationFile.personKey))
  const facts = { me: mine.name, roster, key, logKey, office: officeOf(roster, mine.name) }
  return ok(personKey === undefined ? facts : { ...facts, personKey })
}

/** The roster of a folder, as its office signed it. Fault: hall.roster. */
export async function readRoster(dataDir: string): Promise<Result<Roster>> {
  const [signed, officeKey] = await Promise.all(
    [stationFile.roster, stationFile.officeKey].map((name) =>
      readFile(join(dataDir, name), 'utf8').catch(() => undefined),
    ),
  )
  if (signed === undefined || officeKey === undefined) return err(faultOf('hall.roster', `no station in ${dataDir}`))
  const roster = openRoster(signed, officeKey)
  return roster === undefined ? err(faultOf('hall.roster', 'the office did not sign this roster')) : ok(roster)
}

const keyOf = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

const isOf = (certificate: string, key: KeyObject): boolean =>
  createPublicKey(key).equals(new X509Certificate(Buffer.from(certificate, 'base64')).publicKey)

/** What the node of a station has to know of its office. */
const officeOf = (roster: Roster, me: string): NodeOffice => ({
  me,
  stations: roster.stations.map(({ name }) => name),
  voters: roster.stations.filter(({ votes }) => votes).map(({ name }) => name),
  services: roster.services,
  pattern: roster.appointments,
  genesis: roster.log,
  wall: (civil) => {
    const instant = new Date(civil)
    return wallTime(instant, utcOffsetMinutes({ name: roster.zone, changes: [] }, instant))
  },
})

/** The rule of the zone in which an office's appointments stand; nothing for a zone that came without one. */
export const zoneOf = (roster: Roster) => bundledZone(roster.zone)
