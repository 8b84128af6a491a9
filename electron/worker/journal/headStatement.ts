import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { headStatement, type HeadStatement, type PlatformKey } from '#shared/contract/heads.ts'

const header = z.looseObject({ alg: z.literal('ES256'), kid: z.string() })

/**
 * Reads a countersigned head: a compact JWS (RFC 7515 §3.1), ES256, by one of these keys. Synchronous, so that a whole
 * journal
 * can be checked in one go.
 * @returns what it states; `foreign` when its key is none of these; nothing when it does not hold
 */
export function readStatement(jws: string, keys: readonly PlatformKey[]): HeadStatement | 'foreign' | undefined {
  const [head = '', payload = '', signature = '', ...rest] = jws.split('.')
  const said = header.safeParse(jsonOf(head))
  const stated = headStatement.safeParse(jsonOf(payload))
  if (!said.success || !stated.success || rest.length > 0) return undefined
  const key = keys.find((one) => one.kid === said.data.kid)
  if (key === undefined) return 'foreign'
  const publicKey = createPublicKey({ key: { ...key.publicKey }, format: 'jwk' })
  return verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
    ? stated.data
    : undefined
}

const jsonOf = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
