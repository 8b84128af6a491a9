import type { KeyObject } from 'node:crypto'
import { lastDayOf } from '#shared/domain/request/deposit.ts'
import { issuedAtOf, type ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import type { Link } from '../../journal/journal.ts'
import type { GlyphCheck } from '../../papers/glyphs.ts'
import { nameDigest, type signSeal } from '../../seal/seal.ts'
import type { Context } from '../context.ts'

/** The parts that only the issue of a receipt needs. */
export interface Issuing {
  readonly context: Context
  readonly paper: GlyphCheck
  readonly signer: { readonly privateKey: KeyObject; readonly kid: string }
}

/** The facts of a receipt that has its number. */
export type Numbered = ReceiptFacts & { readonly number: RegisterNumber }
/** What the seal of a receipt signs; a later one is issued when its file was corrected or completed. */
export const claimsOf = (facts: Numbered, digest: Link['hash'], link: Link): Parameters<typeof signSeal>[0] => ({
  issuer: facts.counter,
  issuedAt: Math.floor(Date.parse(issuedAtOf(facts)) / 1000),
  number: facts.number,
  procedure: facts.procedure.code,
  citizen: facts.citizen.identifier ?? '',
  pieces: facts.pieces.filter((piece) => piece.state === 'received').length,
  complete: facts.complete,
  lastDay: lastDayOf(facts),
  feeCentimes: facts.fee.centimes,
  facts: digest,
  journal: link.hash,
  name: nameDigest(`${facts.citizen.familyName} ${facts.citizen.givenNames}`, digest),
})
