import { sealClaims, type SealClaims } from '#shared/domain/receipt/receipt.ts'
import { counterOfNumber, parseRegisterNumber } from '#shared/domain/registerNumber.ts'

/** CWT claim keys (RFC 8392 §3.1.1, §3.1.6); keys below -65536 are for private use (§9.1), and ours holds one map. */
const iss = 1
const iat = 6
const deposit = -65537
/** Keys of our map. The last day is counted in days since 1970-01-01 (the number of RFC 8943 §2), hashes are bytes. */
const field = {
  number: 1,
  procedure: 2,
  citizen: 3,
  pieces: 4,
  complete: 5,
  lastDay: 6,
  fee: 7,
  facts: 8,
  journal: 9,
  name: 10,
} as const

const dayMs = 86_400_000

/** The claims as a CBOR-ready map with integer keys. */
export function toClaimMap(claims: SealClaims): Map<number, unknown> {
  return new Map<number, unknown>([
    [iss, claims.issuer],
    [iat, claims.issuedAt],
    [
      deposit,
      new Map<number, unknown>([
        [field.number, claims.number],
        [field.procedure, claims.procedure],
        [field.citizen, claims.citizen],
        [field.pieces, claims.pieces],
        [field.complete, claims.complete],
        [field.lastDay, Date.parse(`${claims.lastDay}T00:00:00Z`) / dayMs],
        [field.fee, claims.feeCentimes],
        [field.facts, Uint8Array.from(Buffer.from(claims.facts, 'hex'))],
        [field.journal, Uint8Array.from(Buffer.from(claims.journal, 'hex'))],
        ...(claims.name === undefined ? [] : [[field.name, Uint8Array.from(Buffer.from(claims.name, 'hex'))] as const]),
      ]),
    ],
  ])
}

/** The claims of a decoded map; nothing when one is missing, foreign or of another shape. */
export function fromClaimMap(map: unknown): SealClaims | undefined {
  if (!isMap(map) || map.size !== 3) return undefined
  const ours = map.get(deposit)
  if (!isMap(ours) || ours.size !== Object.keys(field).length - (ours.has(field.name) ? 0 : 1)) return undefined
  const parsed = sealClaims.safeParse({
    issuer: map.get(iss),
    issuedAt: map.get(iat),
    number: ours.get(field.number),
    procedure: ours.get(field.procedure),
    citizen: ours.get(field.citizen),
    pieces: ours.get(field.pieces),
    complete: ours.get(field.complete),
    lastDay: isoDay(ours.get(field.lastDay)),
    feeCentimes: ours.get(field.fee),
    facts: hex(ours.get(field.facts)),
    journal: hex(ours.get(field.journal)),
    ...(ours.has(field.name) ? { name: hex(ours.get(field.name)) } : {}),
  })
  const number = parsed.success ? parseRegisterNumber(parsed.data.number) : undefined
  return parsed.success && number !== undefined && counterOfNumber(number) === parsed.data.issuer
    ? parsed.data
    : undefined
}

const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> => value instanceof Map

const hex = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)

function isoDay(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 1_000_000) return undefined
  return new Date(value * dayMs).toISOString().slice(0, 10)
}
