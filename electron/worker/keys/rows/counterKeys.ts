import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/**
 * A signing key of this counter, PKCS #8 in DER; it is nowhere but in the encrypted file. `madeAt` is a UTC instant.
 */
export interface CounterKeyRow {
  readonly kid: string
  readonly privatePkcs8: Uint8Array
  readonly madeAt: string
}

/** Every key that this counter ever signed with, newest first. */
export const counterKeyRows = (db: ReadHandle): readonly CounterKeyRow[] =>
  db.all<CounterKeyRow>(
    'SELECT kid, private_pkcs8 AS privatePkcs8, made_at AS madeAt FROM counter_keys ORDER BY made_at DESC, kid',
  )

/** Adds a key. */
export function insertCounterKey(db: WriteHandle, key: CounterKeyRow): void {
  db.run('INSERT INTO counter_keys (kid, private_pkcs8, made_at) VALUES (?, ?, ?)', [
    key.kid,
    key.privatePkcs8,
    key.madeAt,
  ])
}
