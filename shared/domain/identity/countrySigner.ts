import { z } from 'zod'
import { sha256Hex } from '../../ids.ts'

/**
 * The certificate of an authority that signs the documents of a country (CSCA, ICAO Doc 9303-12), as people compare it.
 */
export const countrySigner = z.strictObject({
  /** Of the DER certificate. */
  fingerprint: sha256Hex,
  /** As the certificate says it: two letters of ISO 3166-1, or a code of ICAO's own (`EU`, `UN`). */
  country: z.string().regex(/^[A-Z]{2,3}$/),
  subject: z.string().max(300),
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime(),
})
export type CountrySigner = z.infer<typeof countrySigner>

/** One that desks believe: with who added it from which file, or without where it came with the program's folder. */
export const heldSigner = countrySigner.extend({
  added: z.strictObject({ file: z.string(), at: z.iso.datetime(), by: z.string() }).optional(),
})
export type HeldSigner = z.infer<typeof heldSigner>

/** Why a certificate of a file is not believed. */
export const signerRefusal = z.enum([
  /** It may not sign certificates: the signer of documents, of a list, a server. */
  'notAuthority',
  'noCountry',
  /** Its own signature does not verify: altered, or of a kind that no document uses. */
  'badSignature',
  /** Signed by an authority that is neither believed nor in the same file. */
  'noIssuer',
  'expired',
  'notYetValid',
])
export type SignerRefusal = z.infer<typeof signerRefusal>

export const refusedSigner = z.strictObject({
  fingerprint: sha256Hex,
  country: countrySigner.shape.country.optional(),
  subject: countrySigner.shape.subject,
  reason: signerRefusal,
})
export type RefusedSigner = z.infer<typeof refusedSigner>

/**
 * A master list of a file, by who signed it. Its certificates count when the signer stands under a believed country
 * signer, or when a person
 * compared the fingerprint of that signer; never when it was altered.
 */
export const examinedList = z.strictObject({
  standing: z.enum(['believed', 'compared', 'unknown', 'altered']),
  /**
   * Of the country signer above the list's signer as it travels with the list; of the list's signer itself where none
   * does.
   */
  fingerprint: sha256Hex.optional(),
  subject: countrySigner.shape.subject,
  signedAt: z.iso.datetime().optional(),
  certificates: z.int().nonnegative(),
})
export type ExaminedList = z.infer<typeof examinedList>

/** What a file holds and what may be believed of it. */
export const examination = z.strictObject({
  lists: z.array(examinedList),
  /** News that may be believed. */
  signers: z.array(countrySigner),
  /** How many were believed before. */
  known: z.int().nonnegative(),
  refused: z.array(refusedSigner),
})
export type Examination = z.infer<typeof examination>

/**
 * Days before its end in which a country signer is said to end soon: documents are signed under the next one long
 * before.
 */
const soonDays = 90

/** How a country signer stands to an instant. */
export const signerStanding = (
  { validUntil }: Pick<CountrySigner, 'validUntil'>,
  now: Date,
): 'valid' | 'soon' | 'expired' => {
  const left = Date.parse(validUntil) - now.getTime()
  return left < 0 ? 'expired' : left < soonDays * 86_400_000 ? 'soon' : 'valid'
}

/** A file is not larger: the largest collection of master lists has about 12 MB as LDIF, in bytes. */
export const signerFileLimit = 32 * 1024 * 1024
