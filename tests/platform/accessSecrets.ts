import { hkdfSync, randomBytes } from 'node:crypto'
import type { Database } from './database.ts'

/** What the nodes of one platform share: made by the first that starts, never shown. */
export interface AccessSecrets {
  readonly nonces: Uint8Array
  readonly tokens: Uint8Array
}

export async function readAccessSecrets(database: Database): Promise<AccessSecrets> {
  await database.query(
    `INSERT INTO platform_secret (name, value, made_at) VALUES ('access', $1, $2) ON CONFLICT DO NOTHING`,
    [randomBytes(32).toString('base64'), new Date()],
  )
  const [row] = await database.query<{ value: string }>(`SELECT value FROM platform_secret WHERE name = 'access'`)
  return accessSecretsFrom(Buffer.from(row?.value ?? '', 'base64'))
}

export const accessSecretsFrom = (root: Uint8Array): AccessSecrets => {
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', root, new Uint8Array(), purpose, 32))
  return { nonces: derive('guichet nonces'), tokens: derive('guichet tokens') }
}
