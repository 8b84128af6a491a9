import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { hallEvent } from '#shared/domain/hall/event.ts'
import { sha256Hex, type Sha256 } from '#shared/ids.ts'

/** One event of the log, chained to the one before. `prev` of the first is the hash of the roster. */
export const entry = z.strictObject({
  epoch: z.int().min(1),
  seq: z.int().min(1),
  prev: sha256Hex,
  body: z.strictObject({
    /** By the clock of who served: shown, never compared. */
    at: z.iso.datetime(),
    by: z.string(),
    /** The command that asked for it, and the hash of its question. */
    id: z.string().max(100).optional(),
    question: sha256Hex.optional(),
    event: hallEvent,
  }),
})
export type Entry = z.infer<typeof entry>

const known = new WeakMap<Entry, Sha256>()

/** SHA-256 of an entry, its place and its predecessor included. */
export function hashOf(one: Entry): Sha256 {
  const before = known.get(one)
  if (before !== undefined) return before
  const hash = sha256(canonicalJson(one))
  known.set(one, hash)
  return hash
}

/** Lower-case hexadecimal SHA-256 of a text. */
export const sha256 = (text: string): Sha256 => sha256Hex.parse(createHash('sha256').update(text).digest('hex'))
