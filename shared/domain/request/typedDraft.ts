import { z } from 'zod'
import { line, name, prose, typedNumber } from '../../text/shapes.ts'
import { centimes } from './procedure.ts'
import { pieceLine, requestDraft } from './request.ts'

/** No fee of an administration comes near it, in centimes: ten million dirhams. */
const highestFee = 1_000_000_000
/** The longest sheet that is known has about forty pieces. */
const mostPieces = 200
const mostFiles = 100

/** One line of a draft as a person or a file gives it. */
const typedPiece = pieceLine.extend({
  code: line(200),
  attachments: pieceLine.shape.attachments.unwrap().max(mostFiles).default([]),
})
/** What a complement brings, as a person or a file gives it: pieces that came, each with its scans. */
export const typedComplement = z
  .array(typedPiece.omit({ state: true }))
  .min(1)
  .max(mostPieces)

/**
 * A draft as a person or a file gives it: the members of `requestDraft`, bounded and in one form. What a register keeps
 * is read with `requestDraft`: what was taken before a rule stays readable.
 */
export const typedDraft = requestDraft.extend({
  procedure: line(200),
  procedureVersion: line(40),
  pieces: z.array(typedPiece).max(mostPieces),
  represented: name(200).optional(),
  fee: z.strictObject({ centimes: centimes.max(highestFee), stampNumber: typedNumber(40).optional() }).optional(),
  note: prose(2000).optional(),
})
