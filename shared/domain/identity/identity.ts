import { z } from 'zod'

/** A date as the source gives it: documents of foreigners may know only the year, and none is invented. */
export const partialDate = z.strictObject({
  value: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  precision: z.enum(['day', 'month', 'year']),
})
export type PartialDate = z.infer<typeof partialDate>

export const sex = z.enum(['M', 'F', 'X'])
export type Sex = z.infer<typeof sex>

export const address = z.strictObject({ street: z.string(), postalCode: z.string(), municipality: z.string() })
export type Address = z.infer<typeof address>

/** What a document says of a person. Absent means that the document does not say it. */
export const identity = z.strictObject({
  familyName: z.string(),
  givenNames: z.string(),
  nativeName: z.string().optional(),
  birthDate: partialDate.optional(),
  birthPlace: z.string().optional(),
  sex: sex.optional(),
  nationality: z.string().optional(),
  nationalNumber: z.string().optional(),
  documentNumber: z.string().optional(),
  documentType: z.string().optional(),
  validFrom: z.iso.date().optional(),
  validUntil: z.iso.date().optional(),
  issuer: z.string().optional(),
  address: address.optional(),
})
export type Identity = z.infer<typeof identity>

export const verdict = z.enum(['valid', 'invalid', 'notChecked'])
export type Verdict = z.infer<typeof verdict>
export const chainVerdict = z.enum(['trusted', 'untrusted', 'notChecked'])
export type ChainVerdict = z.infer<typeof chainVerdict>

/**
 * Separate verdicts: a card is evidence, not truth. `chip` is there where the card names a key of its own
 * that a copy
 * of its files would not have.
 */
export const checks = z.strictObject({
  identity: verdict,
  address: verdict,
  photo: verdict,
  chain: chainVerdict,
  chip: verdict.exactOptional(),
})
export type Checks = z.infer<typeof checks>

/**
 * A face image: a JPEG as it came from the document, or a PNG of its JPEG 2000. `sha256` is lower-case hex of the image
 * as it came.
 */
export const photo = z.strictObject({
  mime: z.enum(['image/jpeg', 'image/png']),
  width: z.int().positive(),
  height: z.int().positive(),
  sha256: z.string(),
  bytes: z.instanceof(Uint8Array),
})
export type Photo = z.infer<typeof photo>

/** Why an identity was typed by hand; shown to the supervisor and printed on the receipt's file. */
export const typedReason = z.enum(['noCard', 'cardUnreadable', 'readerDown', 'otherDocument', 'other'])
export type TypedReason = z.infer<typeof typedReason>

/** Names that the program proposed from the other script and the agent kept as they were. */
export const suggested = z
  .array(z.enum(['familyName', 'givenNames', 'nativeName']))
  .max(3)
  .optional()

/** Where an identity comes from; what was read, proved and typed stays apart. */
export const identitySource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('card'), profile: z.string(), reader: z.string(), checks, simulated: z.boolean() }),
  z.strictObject({ kind: z.literal('typed'), reason: typedReason, note: z.string().max(500).optional(), suggested }),
])
export type IdentitySource = z.infer<typeof identitySource>

/** Masks all but the last three characters of a personal identifier, for paper and lists (law 09-08). */
export function maskIdentifier(value: string): string {
  const visible = value.length > 6 ? 3 : Math.min(2, value.length)
  return '*'.repeat(Math.max(0, value.length - visible)) + value.slice(value.length - visible)
}
