import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { platformKeysAnswer, type PlatformKey } from '#shared/contract/heads.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import type { Session } from './database.ts'

/** The keys of the platform, as they lie in its database. */
export interface SigningKeys {
  /** Newest first, as they are published. */
  readonly published: readonly PlatformKey[]
  /** RFC 7638 thumbprint of the newest, which signs. */
  readonly kid: string
  /** Raw r‖s over the SHA-256 of a text (ES256, RFC 7518 §3.4), by the newest. */
  readonly sign: (text: string) => Buffer
}

/** So many are published (`platformKeysAnswer`). A counter that missed more rotations needs an office file. */
const mostPublished = 20
/** Where the only key lay before there could be several. */
const onlyKey = 'head-key'

const privateJwk = platformKeysAnswer.shape.keys.element.shape.publicKey.extend({ d: z.string() })
const keyRow = z.object({
  ordinal: z.coerce.number(),
  key: z.string(),
  made_at: z.coerce.date(),
  vouched: z.string().nullable(),
})
type KeyRow = z.infer<typeof keyRow>

/** Reads the keys, making the first where there is none: of nodes that start at once one is first. */
export async function readKeys(session: Session): Promise<SigningKeys> {
  const known = await readRows(session)
  if (known.length > 0) return signingKeys(known)
  const [former] = await session.query<{ value: string; made_at: Date }>(
    'SELECT value, made_at FROM platform_secret WHERE name = $1',
    [onlyKey],
  )
  await insertKey(session, {
    ordinal: 1,
    key: former?.value ?? newKey(),
    made_at: new Date(former?.made_at ?? Date.now()),
    vouched: null,
  })
  return signingKeys(await readRows(session))
}

/**
 * Makes a new key, which the newest one vouches for; from now on it signs, and the private half of the one before is
 * gone: whoever finds a copy of it later signs nothing more. Throws when another rotation was faster.
 */
export async function rotateKey(session: Session): Promise<SigningKeys> {
  const before = await readKeys(session)
  const [newest] = await readRows(session)
  const made = { ordinal: (newest?.ordinal ?? 0) + 1, key: newKey(), made_at: new Date(), vouched: null }
  const statement = await publicOf(made)
  const vouched = compactJws(before, platformJwsType.key, statement)
  if (!(await insertKey(session, { ...made, vouched }))) throw new Error('another rotation was faster')
  await session.query('UPDATE platform_key SET key = $2 WHERE ordinal = $1', [
    newest?.ordinal ?? 0,
    JSON.stringify(before.published[0]?.publicKey),
  ])
  await session.query('DELETE FROM platform_secret WHERE name = $1', [onlyKey])
  return readKeys(session)
}

/** A compact JWS (RFC 7515 §3.1, ES256) by the newest key. */
export function compactJws({ kid, sign: by }: SigningKeys, typ: string, payload: object): string {
  const text = [{ alg: 'ES256', kid, typ }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${by(text).toString('base64url')}`
}

const newKey = (): string =>
  JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }))

const readRows = async (session: Session): Promise<readonly KeyRow[]> =>
  z
    .array(keyRow)
    .parse(
      await session.query('SELECT ordinal, key, made_at, vouched FROM platform_key ORDER BY ordinal DESC LIMIT $1', [
        mostPublished,
      ]),
    )

const insertKey = async (session: Session, { ordinal, key, made_at, vouched }: KeyRow): Promise<boolean> =>
  (
    await session.query(
      `INSERT INTO platform_key (ordinal, key, made_at, vouched) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING ordinal`,
      [ordinal, key, made_at, vouched],
    )
  ).length > 0

async function publicOf({ key, made_at, vouched }: KeyRow): Promise<PlatformKey> {
  const { d: _, ...publicKey } = privateJwk.partial({ d: true }).parse(JSON.parse(key))
  const kid = await calculateJwkThumbprint(publicKey)
  return { kid, publicKey, since: made_at.toISOString(), ...(vouched === null ? {} : { vouched }) }
}

async function signingKeys(rows: readonly KeyRow[]): Promise<SigningKeys> {
  const published = await Promise.all(rows.map(publicOf))
  const jwk = privateJwk.parse(JSON.parse(rows[0]?.key ?? '{}'))
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  return {
    published,
    kid: published[0]?.kid ?? '',
    sign: (text) => sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }),
  }
}
