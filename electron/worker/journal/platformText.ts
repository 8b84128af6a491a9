import { createHash, createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { keyStatement, type PlatformKey } from '#shared/contract/heads.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'

const header = z.looseObject({ alg: z.literal('ES256'), kid: z.string(), typ: z.string() })

/**
 * Reads a text that a platform put its name to: a compact JWS (RFC 7515 §3.1), ES256, of the kind that its `typ` names,
 * by one of these keys. Synchronous, so that a whole journal can be checked in one go.
 * @returns what it states; `foreign` when its key is none of these; nothing when it does not hold
 */
export function readPlatformText<S extends z.ZodType>(
  jws: string,
  kind: keyof typeof platformJwsType,
  shape: S,
  keys: readonly Pick<PlatformKey, 'kid' | 'publicKey'>[],
): z.output<S> | 'foreign' | undefined {
  const [head = '', payload = '', signature = '', ...rest] = jws.split('.')
  const said = header.safeParse(jsonOf(head))
  if (!said.success || said.data.typ !== platformJwsType[kind] || rest.length > 0) return undefined
  const stated = shape.safeParse(jsonOf(payload))
  if (!stated.success) return undefined
  const key = keys.find((one) => one.kid === said.data.kid)
  if (key === undefined) return 'foreign'
  return isSignedBy(key, `${head}.${payload}`, Buffer.from(signature, 'base64url')) ? stated.data : undefined
}

/** Whether a text was signed by this key: ES256, the signature as r‖s, 64 bytes. A key off the curve signed nothing. */
export function isSignedBy(
  { publicKey }: Pick<PlatformKey, 'publicKey'>,
  text: string,
  signature: Uint8Array,
): boolean {
  try {
    const key = createPublicKey({ key: { ...publicKey }, format: 'jwk' })
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}

/** RFC 7638 thumbprint of a key. */
export const thumbprintOf = ({ publicKey: { crv, kty, x, y } }: Pick<PlatformKey, 'publicKey'>): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')

/**
 * Follows the keys of a platform from the newest one that is known: each that came after it is vouched for by the one
 * before.
 * @param known newest first
 * @param published newest first, as the platform publishes them
 * @returns all of them, newest first; nothing when no unbroken chain leads from the newest known key to other ones
 */
export function followKeys(
  known: readonly PlatformKey[],
  published: readonly PlatformKey[],
): readonly PlatformKey[] | undefined {
  const at = published.findIndex((one) => one.kid === known[0]?.kid)
  const newer = at < 1 ? [] : published.slice(0, at)
  const held = newer.every((key, place) => {
    const before = place === newer.length - 1 ? known[0] : published[place + 1]
    if (before === undefined || key.vouched === undefined || key.kid !== thumbprintOf(key)) return false
    const stated = readPlatformText(key.vouched, 'key', keyStatement, [before])
    return stated !== undefined && stated !== 'foreign' && stated.kid === key.kid && thumbprintOf(stated) === key.kid
  })
  return newer.length > 0 && held ? [...newer, ...known] : undefined
}

const jsonOf = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
