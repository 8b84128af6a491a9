import { z } from 'zod'
import { localised } from '../text.ts'

/** One supporting document of the closed list of a sheet (law 55-19: nothing else may be asked). */
export const piece = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  label: localised,
  form: z.enum(['original', 'copy']),
  mandatory: z.boolean(),
  /** When the piece is due, for a conditional one. */
  condition: localised.optional(),
  /** The administration that already holds it: then it is obtained, never asked of the citizen. */
  obtainedFrom: localised.optional(),
  /**
   * What at the desk answers for the piece, so that nobody is asked: `mandate` is due exactly when somebody is represented,
   * `identity` is the document that the citizen was read from.
   */
  answeredBy: z.enum(['mandate', 'identity']).optional(),
})
export type Piece = z.infer<typeof piece>

/** Money as integer centimes of the dirham. */
export const centimes = z.int().nonnegative()

/** A versioned procedure sheet of the national portal. Law is data: each legal statement names its source. */
export const procedure = z.strictObject({
  code: z.string().regex(/^[A-Z0-9-]+$/),
  version: z.string().regex(/^\d{4}\.\d+$/),
  title: localised,
  category: localised,
  administration: localised,
  legalBasis: z.array(z.strictObject({ text: localised, source: z.string() })),
  pieces: z.array(piece).min(1),
  fee: z.strictObject({ centimes, label: localised.optional() }),
  delay: z.strictObject({ days: z.int().positive(), unit: z.enum(['calendar', 'working']) }),
  /** Days given to the citizen to complete an incomplete file. */
  completionDays: z.int().positive(),
  silence: z.enum(['approval', 'appeal']),
  appeal: z.strictObject({ authority: localised, days: z.int().positive() }),
  publishedOn: z.iso.date(),
  source: z.string(),
})
export type Procedure = z.infer<typeof procedure>
