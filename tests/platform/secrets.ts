import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { answerToSign, type SignedAnswer } from '#shared/contract/answerSignature.ts'
import type { HeadStatement, PlatformKey } from '#shared/contract/heads.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import type { Session } from './database.ts'
import { compactJws, readKeys } from './keys.ts'

/** What every node of one platform shares; it lies in the database, so that a node has nothing of its own. */
export interface Secrets {
  /** The keys that sign, newest first. */
  keys(): readonly PlatformKey[]
  /** Reads the keys again when they were read more than a second ago: another node, or the operator, may have made one. */
  follow(): Promise<void>
  /** A compact JWS (ES256) by the newest key; each kind of text has its own `typ`. */
  signText(typ: (typeof platformJwsType)[keyof typeof platformJwsType], payload: object): string
  /** A compact JWS (ES256) over a head. */
  countersign(statement: HeadStatement): string
  /** The header fields that put the newest key to an answer (RFC 9421). */
  signAnswer(of: SignedAnswer): Readonly<Record<string, string>>
  /** A cursor of the feed, bound to its position: one that was made up or changed is refused. */
  cursorOf(position: number): string
  /** The position of a cursor of ours; nothing when it is none. */
  positionOf(cursor: string): number | undefined
}

/** A node signs by a key that was followed by another for at most so long, in milliseconds. */
const keysHold = 1_000

const kept = z.object({ value: z.string() })

/**
 * Reads the secrets, making them where there are none: of nodes that start at once one is first, and all use what it
 * made.
 */
export async function openSecrets(session: Session): Promise<Secrets> {
  const cursors = Buffer.from(await readSecret(session, 'cursor-key'), 'base64')
  let keys = await readKeys(session)
  let readAt = performance.now()
  let reading: Promise<void> | undefined
  const macOf = (position: string): Buffer =>
    createHmac('sha256', cursors).update(`reference ${position}`).digest().subarray(0, 16)
  const signText: Secrets['signText'] = (typ, payload) => compactJws(keys, typ, payload)
  return {
    keys: () => keys.published,
    follow: async () => {
      if (performance.now() - readAt < keysHold) return
      reading ??= readKeys(session)
        .then((read) => {
          keys = read
          readAt = performance.now()
        })
        .finally(() => {
          reading = undefined
        })
      await reading
    },
    signText,
    countersign: (statement) => signText(platformJwsType.head, statement),
    signAnswer: (of) => {
      const { base, fields } = answerToSign(of, keys.kid, Math.floor(Date.now() / 1000))
      return fields(keys.sign(base).toString('base64'))
    },
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

/** 256 random bits in base64, the same for every node. */
async function readSecret(session: Session, name: string): Promise<string> {
  await session.query('INSERT INTO platform_secret (name, value, made_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    name,
    randomBytes(32).toString('base64'),
    new Date(),
  ])
  return kept.parse((await session.query('SELECT value FROM platform_secret WHERE name = $1', [name]))[0]).value
}
