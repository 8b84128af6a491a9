import { z } from 'zod'
import { placesOf } from '../../text/fill.ts'
import type { PaperDocument } from './paperDocument.ts'

/** Words in both languages of a paper whose `{places}` are known ones. */
export function phrase(...places: readonly string[]) {
  const text = z
    .string()
    .min(1)
    .refine((value) => placesOf(value).every((place) => places.includes(place)), {
      error: `only these places: ${places.map((place) => `{${place}}`).join(' ')}`,
    })
  return z.strictObject({ fr: text, ar: text })
}

/** A noun by grammatical number: French has two forms, Arabic five. */
export const noun = z.strictObject({
  fr: z.strictObject({ one: z.string().min(1), other: z.string().min(1) }),
  ar: z.strictObject({
    one: z.string().min(1),
    two: z.string().min(1),
    few: z.string().min(1),
    many: z.string().min(1),
    other: z.string().min(1),
  }),
})

/** Papers without places of their own: one phrase for each of these names. */
export const phrases = <const N extends string>(...names: readonly N[]) =>
  // One entry for each name, all of one shape: what the loop makes is what the type says.
  Object.fromEntries(names.map((name) => [name, phrase()])) as Record<N, ReturnType<typeof phrase>>

/**
 * The one form of every template, a JSON file beside the document of its kind: a version, the law or the doubt behind its words,
 * the paper that it is for, and the words. Law is data: no sentence of a paper is in the program.
 */
export const paperTemplate = <W extends z.ZodRawShape>(words: W) =>
  z.strictObject({
    /** Year and count, `2026.1`: kept with each paper. */
    version: z.string().regex(/^\d{4}\.\d+$/),
    source: z.string().min(1),
    medium: z.enum(['a5', 'a4', '80mm']),
    words: z.strictObject(words),
  })

/** How facts of a kind become a paper of the office. */
export interface Drawing<Facts> {
  /** The version of the wording, which is kept with each paper that was made of it. */
  readonly version: string
  document(facts: Facts): PaperDocument
}

/** Joins the wording of a kind, which must be of its form, and what is made of it. */
export const drawing = <Facts, T extends { readonly version: string }>(
  form: z.ZodType<T>,
  wording: unknown,
  document: (facts: Facts, template: T) => PaperDocument,
): Drawing<Facts> => {
  const template = form.parse(wording)
  return { version: template.version, document: (facts) => document(facts, template) }
}
