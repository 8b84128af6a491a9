import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { counterId, type CounterId } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** A P-256 public key as JWK (RFC 7518 §6.2). */
const publicJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})
export type PublicJwk = z.infer<typeof publicJwk>

/**
 * One counter's public key; `kid` is 16 hexadecimal digits, the validity is of the moment of sealing (UTC instants).
 */
const counterKey = z.strictObject({
  kid: z.string().regex(/^[0-9a-f]{16}$/),
  counter: counterId,
  jwk: publicJwk,
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime().optional(),
})
export type CounterKey = z.infer<typeof counterKey>

/** `counter-keys.json`: all that a verifier needs. */
const counterKeyList = z.strictObject({ version: z.literal(1), keys: z.array(counterKey).max(100_000) })

/** SHA-256 thumbprint of the key (RFC 7638), first 8 bytes, in hexadecimal. */
export function keyId(jwk: PublicJwk): string {
  const members = `{"crv":"${jwk.crv}","kty":"${jwk.kty}","x":"${jwk.x}","y":"${jwk.y}"}`
  return createHash('sha256').update(members).digest('hex').slice(0, 16)
}

/** The entry of the key list for a counter's key pair. */
export function counterKeyOf(key: KeyObject, counter: CounterId, validFrom: string, validUntil?: string): CounterKey {
  const exported = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
  const jwk = publicJwk.parse({ kty: exported.kty, crv: exported.crv, x: exported.x, y: exported.y })
  return { kid: keyId(jwk), counter, jwk, validFrom, ...(validUntil === undefined ? {} : { validUntil }) }
}

/** Reads a key list; every key's name must be its thumbprint. Fault `file.unreadable`. */
export function parseCounterKeys(text: string): Result<readonly CounterKey[]> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err(faultOf('file.unreadable', 'not JSON'))
  }
  const list = counterKeyList.safeParse(json)
  if (!list.success) return err(faultOf('file.unreadable', z.prettifyError(list.error)))
  const misnamed = list.data.keys.find((key) => keyId(key.jwk) !== key.kid)
  return misnamed === undefined
    ? ok(list.data.keys)
    : err(faultOf('file.unreadable', `key ${misnamed.kid} is not its thumbprint`))
}

/** The text of `counter-keys.json`. */
export const serialiseCounterKeys = (keys: readonly CounterKey[]): string =>
  `${JSON.stringify({ version: 1, keys }, null, 2)}\n`
