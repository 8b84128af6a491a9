import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { hallRoster } from '#shared/contract/hallFolder.ts'
import { sha256 } from '../node/entry.ts'
import { selfSigned } from './certificate.ts'
import { sealRoster, type Roster, type StationAddress } from './roster.ts'

/** The files of one station: what `readStation` reads again. */
export interface StationFiles {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
}

/** What an office is made from. */
export interface OfficeParts {
  readonly addresses: readonly StationAddress[]
  readonly services: readonly string[]
  /** Days without appointments. */
  readonly closed: readonly string[]
  /** How many stations vote, the first ones of the roster; all, where nothing is said. */
  readonly voters?: number
  /** What services are called, and from how many minutes of waiting on the supervisor is told. */
  readonly names?: Roster['serviceNames']
  readonly thresholds?: Roster['thresholds']
  /** The sheets that open for citizens with an appointment. */
  readonly procedures?: Roster['procedures']
}

/**
 * An office for demonstrations and tests: each station with its key, and a signed roster. The key that
 * signed it is thrown away: nobody can put a stranger in later. Appointments on working days from 08:30 to 16:30, as
 * decree 2-05-916 has the hours of administrations.
 */
export function makeOffice(parts: OfficeParts): readonly StationFiles[] {
  const { addresses, services, closed, names, thresholds, procedures, voters = addresses.length } = parts
  const office = generateKeyPairSync('ed25519')
  const officeKey = office.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const personKey = randomBytes(32).toString('base64')
  const stations = addresses.map((address, index) => {
    const name = `station-${String(index + 1)}`
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return { name, address, keys, certificate: selfSigned(name, keys).toString('base64') }
  })
  const roster: Roster = {
    version: 1,
    log: sha256(randomBytes(32).toString('hex')),
    zone: 'Africa/Casablanca',
    services: [...services],
    ...(names === undefined ? {} : { serviceNames: names }),
    ...(thresholds === undefined ? {} : { thresholds }),
    ...(procedures === undefined ? {} : { procedures }),
    appointments: {
      weekdays: [1, 2, 3, 4, 5],
      from: '08:30',
      until: '16:30',
      minutes: 15,
      places: 12,
      closed: [...closed],
      toleranceMinutes: 15,
    },
    stations: stations.map(({ name, address, certificate }, index) => ({
      name,
      ...address,
      certificate,
      votes: index < voters,
    })),
  }
  const sealed = sealRoster(roster, office.privateKey)
  return stations.map(({ name, keys }) => ({
    name,
    files: {
      [stationFile.roster]: sealed,
      [stationFile.officeKey]: officeKey,
      [stationFile.personKey]: personKey,
      [stationFile.key]: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  }))
}

/** Where things lie in the data folder of a station. */
export const stationFile = {
  roster: hallRoster,
  officeKey: 'hall/office-key.pem',
  key: 'hall/station-key.pem',
  /** Marks whose appointments are whose, the same at every station of the office: 32 bytes in base64. */
  personKey: 'hall/person-key',
  /** Both keys, where a keystore wraps them: `stationKeys.ts`. */
  wrappedKeys: 'hall/keys.json',
  log: 'hall/hall.log',
  socket: 'hall/hall.sock',
} as const
