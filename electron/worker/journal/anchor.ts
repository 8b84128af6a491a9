import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { CounterId } from '#shared/ids.ts'
import type { PublicJwk } from '../seal/keys.ts'
import type { JournalRow } from './rows/journalRows.ts'
import type { JournalEntryInput } from './journal.ts'

/** Links between two anchors, at most. */
export const anchorEvery = 100
/** The kind of a link that is an anchor. */
export const anchorKind = 'journal.anchored'

/** What a link that is an anchor says. */
export const anchorBody = z.object({
  seq: z.int().positive(),
  hash: z.string(),
  kid: z.string(),
  signature: z.base64url(),
})
const signedText = (counter: CounterId, seq: number, hash: string): Buffer =>
  Buffer.from(`guichet journal anchor\n${counter}\n${String(seq)}\n${hash}`)

/** The counter's own signature (ES256) over a link. */
export function signPoint<Hash extends string>(
  counter: CounterId,
  { seq, hash }: { readonly seq: number; readonly hash: Hash },
  signer: { readonly kid: string; readonly privateKey: KeyObject },
): { seq: number; hash: Hash; kid: string; signature: string } {
  const signature = sign('sha256', signedText(counter, seq, hash), {
    key: signer.privateKey,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url')
  return { seq, hash, kid: signer.kid, signature }
}

/** The signature over the newest link, to be added as the next one. */
export const anchorOver = (
  counter: CounterId,
  head: { readonly seq: number; readonly hash: string },
  signer: { readonly kid: string; readonly privateKey: KeyObject },
): JournalEntryInput => ({
  actor: 'counter',
  kind: anchorKind,
  subject: counter,
  body: signPoint(counter, head, signer),
})

/**
 * The first anchor that does not hold: not over the link before it, by an unknown key, or not its signature. Nothing
 * when all hold.
 */
export function brokenAnchor(
  counter: CounterId,
  links: Iterable<JournalRow>,
  keys: ReadonlyMap<string, PublicJwk>,
): number | undefined {
  let before: JournalRow | undefined
  for (const link of links) {
    if (link.kind === anchorKind && !holds(counter, link, before, keys)) return link.seq
    before = link
  }
  return undefined
}

const holds = (
  counter: CounterId,
  link: JournalRow,
  before: JournalRow | undefined,
  keys: ReadonlyMap<string, PublicJwk>,
): boolean => {
  const body = anchorBody.safeParse(JSON.parse(link.body))
  return (
    body.success &&
    before?.seq === body.data.seq &&
    before.hash === body.data.hash &&
    anchorHolds(counter, body.data, keys)
  )
}

/** Whether one of these keys signed a point of the journal of a counter. */
export function anchorHolds(
  counter: CounterId,
  { seq, hash, kid, signature }: z.infer<typeof anchorBody>,
  keys: ReadonlyMap<string, PublicJwk>,
): boolean {
  const key = keys.get(kid)
  if (key === undefined) return false
  const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' })
  return verify(
    'sha256',
    signedText(counter, seq, hash),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
}
