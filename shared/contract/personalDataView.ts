import { z } from 'zod'
import { accessMeans, purpose } from '../domain/identity/purpose.ts'
import { wipedKind } from '../domain/retention.ts'
import { localised } from '../domain/text.ts'
import { registerNumber, requestId } from '../ids.ts'
import { countedKind, personalRight } from './acts.ts'
import { outboxState } from './syncView.ts'

/** Data of one kind on this counter: how many, under which term in days, and when the next of them end. */
export const retentionView = z.strictObject({
  kind: wipedKind,
  days: z.int().positive(),
  /** The platform set this term. */
  set: z.boolean(),
  held: z.int().nonnegative(),
  next: z.strictObject({ at: z.iso.datetime(), count: z.int().positive() }).optional(),
})
export type RetentionView = z.infer<typeof retentionView>

/** What was wiped at once: kinds and numbers, never whom. */
export const wipeView = z.strictObject({
  at: z.iso.datetime(),
  wiped: z.array(z.strictObject({ kind: wipedKind, count: z.int().positive() })),
})
export type WipeView = z.infer<typeof wipeView>

/** One line of the access log: who saw personal data, when, for what, by what means; not whose. */
export const accessView = z.strictObject({
  seq: z.int().positive(),
  at: z.iso.datetime(),
  /** The code of the agent. */
  actor: z.string(),
  means: accessMeans,
  purpose,
  /** The law or decision, by its short name. */
  basis: z.string(),
  reader: z.string().optional(),
  document: z.string().optional(),
  number: registerNumber.optional(),
})
export type AccessView = z.infer<typeof accessView>

/** A request of a person, and how it was answered. */
export const personalRequestView = z.strictObject({
  /** The id of the answering act. */
  id: z.uuid(),
  at: z.iso.datetime(),
  right: personalRight,
  files: z.int().positive(),
  agent: z.string(),
  witness: z.string().optional(),
  erased: z.array(countedKind),
  kept: z.array(countedKind.extend({ until: z.iso.date().optional() })),
  state: outboxState,
})
export type PersonalRequestView = z.infer<typeof personalRequestView>

/** A file of the person who was looked for: what of it is held, and what of that the law lets go now. */
export const heldFileView = z.strictObject({
  requestId,
  number: registerNumber,
  depositedAt: z.iso.datetime(),
  procedure: localised,
  citizen: z.string(),
  held: z.array(
    z.strictObject({
      kind: wipedKind,
      count: z.int().positive(),
      erasable: z.boolean(),
      until: z.iso.date().optional(),
    }),
  ),
})
export type HeldFileView = z.infer<typeof heldFileView>
