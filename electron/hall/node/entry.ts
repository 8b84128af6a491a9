import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import { hallEvent, type HallEvent } from '#shared/domain/hall/event.ts'
import type { Timed } from '#shared/domain/hall/statistics.ts'
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
    /** As it came: a station of an earlier version keeps, counts and hands on what it does not understand. */
    event: z.looseObject({ type: z.string().max(40) }),
  }),
})
export type Entry = z.infer<typeof entry>

const known = new WeakMap<Entry, Sha256>()
const understood = new WeakMap<Entry, HallEvent | undefined>()

/** What happened by an entry; nothing where only a later version knows what that means. */
export function eventOf(one: Entry): HallEvent | undefined {
  if (!understood.has(one)) understood.set(one, hallEvent.safeParse(one.body.event).data)
  return understood.get(one)
}

/** An entry in its one byte form: it came as JSON, or was made of what goes there. */
export const textOf = (one: Entry): string => canonicalJson(one as Json)

/** SHA-256 of an entry, its place and its predecessor included. */
export function hashOf(one: Entry): Sha256 {
  const before = known.get(one)
  if (before !== undefined) return before
  const hash = sha256(textOf(one))
  known.set(one, hash)
  return hash
}

/** What happened by entries, as far as this version knows it. */
export const eventsIn = (entries: readonly Entry[]): readonly Timed[] =>
  entries.flatMap((one) => {
    const event = eventOf(one)
    return event === undefined ? [] : [{ at: one.body.at, event }]
  })

/** Lower-case hexadecimal SHA-256 of a text. */
export const sha256 = (text: string): Sha256 => sha256Hex.parse(createHash('sha256').update(text).digest('hex'))
