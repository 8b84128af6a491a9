import { z } from 'zod'
import { counterId, receiptId, registerNumber, requestId, sha256Hex } from '../../ids.ts'
import { typedReason } from '../identity/identity.ts'
import { centimes } from '../request/procedure.ts'
import { pieceState } from '../request/request.ts'
import { language, localised } from '../text.ts'

/**
 * Which receipt a corrected one replaces, and when it was corrected (UTC). `rank` counts the corrected receipts of a
 * number, from 1.
 */
export const receiptCorrection = z.strictObject({
  rank: z.int().positive(),
  at: z.iso.datetime(),
  replaces: z.strictObject({ receiptId, issuedAt: z.iso.datetime() }),
})

/**
 * The receipt of a complement: when the pieces came (UTC), and the receipt that had promised to wait for them. The pieces
 * themselves are marked.
 */
export const receiptComplement = z.strictObject({
  at: z.iso.datetime(),
  completes: z.strictObject({ receiptId, issuedAt: z.iso.datetime() }),
})

/**
 * Everything a deposit receipt states, frozen at the deposit: paper, screen preview and seal are drawn from it alone.
 * Instants are UTC; `zone` is the office's IANA zone, days are ISO dates in that zone.
 */
export const receiptFacts = z.strictObject({
  receiptId,
  requestId,
  /** Absent only in a preview: the number is given at the deposit. */
  number: registerNumber.optional(),
  counter: counterId,
  /** The letterhead from the State down to the office. */
  authority: z.array(localised).min(1),
  office: localised,
  depositedAt: z.iso.datetime(),
  zone: z.string(),
  /**
   * The legal time in force at the deposit, in minutes ahead of UTC: it wins over what a later runtime believes of the
   * zone.
   */
  utcOffsetMinutes: z.int().optional(),
  citizen: z.strictObject({
    familyName: z.string(),
    givenNames: z.string(),
    nativeName: z.string().optional(),
    /** Masked: anyone may read the paper (law 09-08). */
    identifier: z.string().optional(),
    source: z.enum(['card', 'typed']),
    typedReason: typedReason.optional(),
  }),
  capacity: z.enum(['self', 'representative']),
  represented: z.string().optional(),
  procedure: z.strictObject({ code: z.string(), version: z.string(), title: localised }),
  /** `missing` is what the citizen owes; an optional piece that was not brought is `notApplicable`. */
  pieces: z.array(
    z.strictObject({
      label: localised,
      state: pieceState,
      /** Brought with the complement. */
      added: z.literal(true).exactOptional(),
    }),
  ),
  complete: z.boolean(),
  /** A complete file: the legal time limit. */
  decision: z
    .strictObject({
      days: z.int(),
      unit: z.enum(['calendar', 'working']),
      lastDay: z.iso.date(),
      silence: z.enum(['approval', 'appeal']),
    })
    .optional(),
  /** An incomplete file: the time to supply what is missing. */
  completion: z.strictObject({ days: z.int(), lastDay: z.iso.date() }).optional(),
  appeal: z.strictObject({ authority: localised, days: z.int() }),
  fee: z.strictObject({ centimes, stampNumber: z.string().optional() }),
  agent: z.strictObject({ name: z.string(), code: z.string() }),
  language,
  /** A corrected receipt: it stands in the place of an earlier one under the same number. */
  correction: receiptCorrection.optional(),
  /** The file got its complement: it is that of this receipt, or of one before that this one corrects. */
  complement: receiptComplement.exactOptional(),
  /** Marks training paper. */
  specimen: z.boolean(),
  /**
   * 128 random bits in hexadecimal: without them nobody guesses a name from the digest that seal and journal keep after
   * the facts were wiped.
   */
  salt: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
})
export type ReceiptFacts = z.infer<typeof receiptFacts>

/** When a receipt was handed out (UTC): at the deposit, or with the newest of what came after it. */
export const issuedAtOf = ({
  depositedAt,
  complement,
  correction,
}: Pick<ReceiptFacts, 'depositedAt' | 'complement' | 'correction'>): string =>
  [depositedAt, complement?.at ?? depositedAt, correction?.at ?? depositedAt].sort().at(-1) ?? depositedAt

/**
 * What the seal signs: no name and no full identifier, since anyone can read the QR; a name that stands beside it can be
 * compared.
 */
export const sealClaims = z.strictObject({
  issuer: counterId,
  issuedAt: z.int(),
  number: registerNumber,
  procedure: z.string(),
  /** Masked citizen identifier, to compare with the printed one. */
  citizen: z.string(),
  pieces: z.int(),
  complete: z.boolean(),
  lastDay: z.iso.date(),
  feeCentimes: centimes,
  /** SHA-256 of the canonical facts of the receipt. */
  facts: sha256Hex,
  /** Hash of the journal entry of the deposit. */
  journal: sha256Hex,
  /** 128 bits of a digest of the citizen's name (`nameDigest`); absent in seals of earlier versions. */
  name: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
})
export type SealClaims = z.infer<typeof sealClaims>
