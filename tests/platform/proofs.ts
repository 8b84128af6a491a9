import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, compactVerify, importJWK, type CryptoKey, type JWK } from 'jose'
import { z } from 'zod'
import { enrolment } from '#shared/contract/platform.ts'
import type { Database } from './database.ts'
import { proofLife, type Nonces } from './nonces.ts'

/** What is wrong with a proof. `nonce-needed`: the same may be asked again with the nonce of the answer. */
export type ProofProblem = 'proof-missing' | 'proof-invalid' | 'proof-replayed' | 'nonce-needed'

/** What a proof (RFC 9449 §4.2) has to be made for. */
export interface Proven {
  readonly method: string
  /** The address as it was asked, without query. */
  readonly url: string
  /** The key that must have signed it. */
  readonly publicKey: JWK
  readonly kid: string
  /** The token that it accompanies, if any. */
  readonly token?: string
}

/** Verifies a proof and remembers it: the same one is not taken twice, whichever node it reaches. */
export type ProofCheck = (proof: string | string[] | undefined, wanted: Proven) => Promise<ProofProblem | undefined>

const header = z.looseObject({ typ: z.literal('dpop+jwt'), alg: z.literal('ES256'), jwk: enrolment.shape.publicKey })
const claims = z.looseObject({
  jti: z.string().min(8).max(128),
  htm: z.string(),
  htu: z.url(),
  iat: z.number(),
  ath: z.string().optional(),
  nonce: z.string().optional(),
})

/** `ath` of a token (RFC 9449 §4.2). */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Keys as they are verified with, kept by their JSON. */
export function createKeyring(): (publicKey: JWK) => Promise<CryptoKey | Uint8Array> {
  const imported = new Map<string, Promise<CryptoKey | Uint8Array>>()
  return (publicKey) => {
    const name = `${publicKey.x ?? ''}.${publicKey.y ?? ''}`
    const known = imported.get(name)
    if (known !== undefined) return known
    if (imported.size > 50_000) imported.clear()
    const key = importJWK(publicKey, 'ES256')
    imported.set(name, key)
    return key
  }
}

export function createProofCheck({
  database,
  nonces,
  keyring,
  now = Date.now,
}: {
  readonly database: Database
  readonly nonces: Nonces
  readonly keyring: ReturnType<typeof createKeyring>
  readonly now?: () => number
}): ProofCheck {
  let sweepAt = 0
  /** Proofs of which the nonce is no longer taken need no place. */
  const sweep = async (): Promise<void> => {
    if (now() < sweepAt) return
    sweepAt = now() + proofLife
    await database.brief.query('DELETE FROM seen_proof WHERE seen_at < $1', [new Date(now() - 2 * proofLife)])
  }
  const firstSeen = async (kid: string, jti: string): Promise<boolean> => {
    await sweep()
    const rows = await database.brief.query(
      'INSERT INTO seen_proof (kid, jti, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING jti',
      [kid, jti, new Date(now())],
    )
    return rows.length > 0
  }
  return async (proof, { method, url, publicKey, kid, token }) => {
    if (typeof proof !== 'string') return 'proof-missing'
    // What calls itself a key need not be a point of the curve.
    const key = await keyring(publicKey).catch(() => undefined)
    const said = key === undefined ? undefined : await read(proof, key)
    if (said === undefined || said.kid !== kid) return 'proof-invalid'
    if (
      said.htm !== method ||
      plain(said.htu) !== plain(url) ||
      said.ath !== (token === undefined ? undefined : hashOf(token))
    )
      return 'proof-invalid'
    // `iat` is not compared: the nonce is the platform's own clock, a desk's may be wrong.
    if (!nonces.taken(said.nonce)) return 'nonce-needed'
    return (await firstSeen(kid, said.jti)) ? undefined : 'proof-replayed'
  }
}

async function read(
  proof: string,
  key: CryptoKey | Uint8Array,
): Promise<(z.infer<typeof claims> & { kid: string }) | undefined> {
  try {
    const { protectedHeader, payload } = await compactVerify(proof, key, { algorithms: ['ES256'] })
    const kid = await calculateJwkThumbprint(header.parse(protectedHeader).jwk)
    return { ...claims.parse(JSON.parse(new TextDecoder().decode(payload))), kid }
  } catch {
    return undefined
  }
}

/** Without query and fragment, normalised (RFC 9449 §4.3). */
function plain(address: string): string {
  const url = new URL(address)
  url.search = url.hash = ''
  return url.href
}
