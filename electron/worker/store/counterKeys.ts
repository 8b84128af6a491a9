import { z } from 'zod'
import type { ReadHandle, WriteHandle } from './handle.ts'
import { parsed } from './json.ts'

const publicJwk = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() })
export type PublicJwk = z.infer<typeof publicJwk>

/** A signing key of this counter; the private part (PKCS #8, DER) is nowhere but in the encrypted file. */
export interface CounterKeyRow {
  readonly kid: string
  readonly publicJwk: PublicJwk
  readonly privatePkcs8: Uint8Array
  readonly madeAt: string
}

/** Every key that this counter ever signed with, newest first. */
export function counterKeys(db: ReadHandle): readonly CounterKeyRow[] {
  const rows = db.all<{ kid: string; public_jwk: string; private_pkcs8: Uint8Array; made_at: string }>(
    'SELECT kid, public_jwk, private_pkcs8, made_at FROM counter_keys ORDER BY made_at DESC, kid')
  return rows.map((row) => ({ kid: row.kid, publicJwk: parsed(publicJwk, row.public_jwk), privatePkcs8: row.private_pkcs8, madeAt: row.made_at }))
}

/** Adds a key. */
export function insertCounterKey(db: WriteHandle, key: CounterKeyRow): void {
  db.run('INSERT INTO counter_keys (kid, public_jwk, private_pkcs8, made_at) VALUES (?, ?, ?, ?)',
    [key.kid, JSON.stringify(key.publicJwk), key.privatePkcs8, key.madeAt])
}
