import { z } from 'zod'
import { counterId, sha256Hex } from '#shared/ids.ts'
import type { CounterId } from '#shared/ids.ts'
import { fromBase45, toBase45 } from '../seal/base45.ts'
import type { ClosingPaper } from '#shared/domain/papers/closing.ts'
import { anchorHolds } from './anchor.ts'
import type { PublicJwk } from '../seal/keys.ts'

/** What the code of a statement begins with, so that a reader of codes knows it. */
export const closingPrefix = 'GC1:'

const digest = z
  .base64url()
  .length(43)
  .transform((text) => sha256Hex.parse(Buffer.from(text, 'base64url').toString('hex')))
const code = z.tuple([
  counterId,
  z.iso.date(),
  z.int().positive(),
  z.int().positive(),
  digest,
  digest,
  z.string().max(64),
  z.base64url(),
])

/** A closing as its paper says it: enough to show that a journal was cut or rewritten since. */
export interface PrintedClosing {
  readonly counter: CounterId
  readonly day: string
  readonly ordinal: number
  readonly anchor: { readonly seq: number; readonly hash: string; readonly kid: string; readonly signature: string }
  readonly hash: string
}

/**
 * The text of the QR code on a statement: counter, day, place in the journal and signature, in the alphabet of QR (RFC
 * 9285).
 */
export function closingCode({ facts, hash, anchor }: Pick<ClosingPaper, 'facts' | 'hash' | 'anchor'>): string {
  const short = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url')
  const text = JSON.stringify([
    facts.counter,
    facts.figures.day,
    facts.ordinal,
    anchor.seq,
    short(anchor.hash),
    short(hash),
    anchor.kid,
    anchor.signature,
  ])
  return closingPrefix + toBase45(Buffer.from(text))
}

/** Reads the code of a statement; nothing when it is none, or when its signature is by none of these keys. */
export function readClosingCode(text: string, keys: ReadonlyMap<string, PublicJwk>): PrintedClosing | undefined {
  const bytes =
    text.startsWith(closingPrefix) && text.length < 2_000 ? fromBase45(text.slice(closingPrefix.length)) : undefined
  const parsed = bytes === undefined ? undefined : code.safeParse(jsonOf(bytes))
  if (parsed?.success !== true) return undefined
  const [counter, day, ordinal, seq, link, hash, kid, signature] = parsed.data
  const anchor = { seq, hash: link, kid, signature }
  return anchorHolds(counter, anchor, keys) ? { counter, day, ordinal, anchor, hash } : undefined
}

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
