import {
  createHmac,
  generateKeyPairSync,
  randomBytes,
  sign,
  timingSafeEqual,
  createPrivateKey,
  type KeyObject,
} from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { platformKeysAnswer, type HeadStatement, type PlatformKey } from '#shared/contract/heads.ts'
import type { Session } from './database.ts'

/** What every node of one platform shares; it lies in the database, so that a node has nothing of its own. */
export interface Secrets {
  /** The keys that countersign, newest first. */
  readonly keys: readonly PlatformKey[]
  /** A compact JWS (ES256) over a head. */
  countersign(statement: HeadStatement): string
  /** A cursor of the feed, bound to its position: one that was made up or changed is refused. */
  cursorOf(position: number): string
  /** The position of a cursor of ours; nothing when it is none. */
  positionOf(cursor: string): number | undefined
}

const privateJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
})
const kept = z.object({ value: z.string(), made_at: z.coerce.date() })

/**
 * Reads the secrets, making them where there are none: of nodes that start at once one is first, and all use what it
 * made.
 */
export async function openSecrets(session: Session): Promise<Secrets> {
  const read = async (name: string, make: () => string): Promise<{ value: string; made_at: Date }> => {
    const find = async (): Promise<unknown> =>
      (await session.query('SELECT value, made_at FROM platform_secret WHERE name = $1', [name]))[0]
    if ((await find()) === undefined) {
      await session.query(
        'INSERT INTO platform_secret (name, value, made_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [name, make(), new Date()],
      )
    }
    return kept.parse(await find())
  }
  const signing = await read('head-key', () =>
    JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
  )
  const cursors = Buffer.from((await read('cursor-key', () => randomBytes(32).toString('base64'))).value, 'base64')
  const { d: _, ...publicKey } = privateJwk.parse(JSON.parse(signing.value))
  const kid = await calculateJwkThumbprint(publicKey)
  // parsed above
  const privateKey = createPrivateKey({ key: JSON.parse(signing.value) as { kty: 'EC' }, format: 'jwk' })
  const macOf = (position: string): Buffer =>
    createHmac('sha256', cursors).update(`reference ${position}`).digest().subarray(0, 16)
  return {
    keys: platformKeysAnswer.parse({ keys: [{ kid, publicKey, since: signing.made_at.toISOString() }] }).keys,
    countersign: (statement) => compactJws({ alg: 'ES256', kid, typ: 'guichet-head+jwt' }, statement, privateKey),
    cursorOf: (position) => `p${String(position)}.${macOf(String(position)).toString('base64url')}`,
    positionOf: (cursor) => {
      const [, position, mac] = /^p(\d{1,15})\.([A-Za-z0-9_-]{22})$/.exec(cursor) ?? []
      if (position === undefined || mac === undefined) return undefined
      // As text: the last letter of base64url has bits that mean nothing.
      return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(position).toString('base64url')))
        ? Number(position)
        : undefined
    },
  }
}

const compactJws = (header: object, payload: object, key: KeyObject): string => {
  const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
