import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { procedureCode, serviceLetter } from '#shared/domain/hall/ticket.ts'
import { localised } from '#shared/domain/text.ts'
import { sha256Hex } from '#shared/ids.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Where a station listens: an address of one machine, never of all. */
export const stationAddress = z.strictObject({ host: z.string().min(1).max(255), port: z.int().min(1).max(65_535) })
export type StationAddress = z.infer<typeof stationAddress>

/** Who is in the hall of an office. Whoever is not in here is a stranger. */
export const roster = z.strictObject({
  version: z.literal(1),
  /** Names the log of this office; stays when stations change. */
  log: sha256Hex,
  zone: z.string(),
  services: z.array(serviceLetter).min(1).max(26),
  /** By letter. A service without a name is called by its letter. */
  serviceNames: z.record(serviceLetter, localised).exactOptional(),
  /** By letter: the minutes of waiting from which the supervisor is told. */
  thresholds: z.record(serviceLetter, z.int().min(1).max(600)).exactOptional(),
  /** By letter: the sheet of the catalogue that opens for a citizen with an appointment; a service may have none. */
  procedures: z.record(serviceLetter, procedureCode).exactOptional(),
  appointments: z.strictObject({
    weekdays: z.array(z.int().min(1).max(7)),
    from: time,
    until: time,
    minutes: z.int().min(5).max(480),
    places: z.int().min(0).max(200),
    closed: z.array(z.iso.date()),
    toleranceMinutes: z.int().min(0).max(240),
  }),
  stations: z
    .array(
      z.strictObject({
        name: z.string().regex(/^station-\d{1,2}$/),
        ...stationAddress.shape,
        votes: z.boolean(),
        /** DER in base64; its key is the station's. */
        certificate: z.base64(),
      }),
    )
    .min(1)
    .max(20),
})
export type Roster = z.infer<typeof roster>

const signedRoster = z.strictObject({ roster, signature: z.base64() })

/** The roster as a file: signed with the Ed25519 key of the office. */
export const sealRoster = (one: Roster, key: KeyObject): string =>
  JSON.stringify(
    { roster: one, signature: sign(null, Buffer.from(canonicalJson(one)), key).toString('base64') },
    undefined,
    2,
  )

/** The roster of a file, if the office signed it. `officeKey`: SPKI in PEM. */
export function openRoster(text: string, officeKey: string): Roster | undefined {
  const read = signedRoster.safeParse(readJson(text))
  if (!read.success) return undefined
  try {
    const good = verify(
      null,
      Buffer.from(canonicalJson(read.data.roster)),
      createPublicKey(officeKey),
      Buffer.from(read.data.signature, 'base64'),
    )
    return good ? read.data.roster : undefined
  } catch {
    // No key, or none that signs like this.
    return undefined
  }
}

/** `127.0.0.1:7001`, `[::1]:7001`; nothing for anything else. */
export function parseAddress(text: string): StationAddress | undefined {
  const [, six, four, port] = /^(?:\[([0-9a-fA-F:.%a-z]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? []
  return stationAddress.safeParse({ host: six ?? four, port: Number(port) }).data
}

/** An address as it is written. */
export const sayAddress = ({ host, port }: StationAddress): string =>
  host.includes(':') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`
