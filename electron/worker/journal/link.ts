import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import type { CounterId, Sha256 } from '#shared/ids.ts'

/**
 * What is hashed: everything a link says, the number of the counter it belongs to, and the hash of the link before it.
 */
export interface LinkContent {
  readonly counter: CounterId
  readonly seq: number
  /** UTC instant of the wall clock. */
  readonly at: string
  readonly hlc: string
  readonly actor: string
  readonly kind: string
  readonly subject: string
  readonly body: Json
  readonly prev: string
}

/** What stands before the first link. */
export const genesis = '0'.repeat(64)

/** Lower-case hexadecimal SHA-256 of the canonical form of a link. */
export const linkHash = (link: LinkContent): Sha256 =>
  // A digest has the form of its brand by construction.
  createHash('sha256')
    .update(canonicalJson({ ...link }))
    .digest('hex') as Sha256
