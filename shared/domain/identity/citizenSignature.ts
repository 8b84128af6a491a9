import { z } from 'zod'
import { sha256Hex } from '../../ids.ts'
import { canonicalJson } from '../canonical.ts'
import { signScheme } from './cardSignature.ts'
import { chainVerdict } from './identity.ts'
import type { ReceiptFacts } from '../receipt/receipt.ts'

/**
 * The deposit as the citizen signed it with his card. `statement` is the SHA-256 of `statementOf` the facts of the
 * receipt; what the card
 * signed is `signedText` of it. `certificate` is the citizen's own, DER; `chain` what the counter found of its issuer
 * at that moment.
 */
export const citizenSignature = z.strictObject({
  statement: sha256Hex,
  scheme: signScheme,
  signature: z.base64().max(2048),
  certificate: z.base64().max(16_384),
  chain: chainVerdict,
})
export type CitizenSignature = z.infer<typeof citizenSignature>

/**
 * What is on the screen when the citizen signs: the facts before they have a number, an instant and ids. Canonical
 * JSON.
 */
export function statementOf(facts: Omit<ReceiptFacts, 'number'> & Partial<Pick<ReceiptFacts, 'number'>>): string {
  const {
    number: _number,
    receiptId: _receipt,
    requestId: _request,
    depositedAt: _at,
    salt: _salt,
    correction: _correction,
    ...shown
  } = facts
  return canonicalJson(shown)
}

/** The text that the card signs, in UTF-8; the words in front keep the signature from meaning anything else. */
export const signedText = (statement: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`guichet.deposit.v1:${statement}`)
