import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { CounterId } from '#shared/ids.ts'
import type { PublicJwk } from '../seal/keys.ts'
import type { JournalRow } from '../store/journalRows.ts'
import type { Happening } from './journal.ts'

/** Links between two anchors, at most. */
export const anchorEvery = 100
/** The kind of a link that is an anchor. */
export const anchorKind = 'journal.anchored'

const anchor = z.object({ seq: z.int().positive(), hash: z.string(), kid: z.string(), signature: z.base64url() })
const signedText = (counter: CounterId, seq: number, hash: string): Buffer => Buffer.from(`guichet journal anchor\n${counter}\n${String(seq)}\n${hash}`)

/** The counter's own signature (ES256) over the newest link, to be added as the next one. */
export function anchorOver(counter: CounterId, head: { readonly seq: number; readonly hash: string }, signer: { readonly kid: string; readonly privateKey: KeyObject }): Happening {
  const signature = sign('sha256', signedText(counter, head.seq, head.hash), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return { actor: 'counter', kind: anchorKind, subject: counter, body: { seq: head.seq, hash: head.hash, kid: signer.kid, signature } }
}

/** The first anchor that does not hold: not over the link before it, by an unknown key, or not its signature. Nothing when all hold. */
export function brokenAnchor(counter: CounterId, links: Iterable<JournalRow>, keys: ReadonlyMap<string, PublicJwk>): number | undefined {
  let before: JournalRow | undefined
  for (const link of links) {
    if (link.kind === anchorKind && !holds(counter, link, before, keys)) return link.seq
    before = link
  }
  return undefined
}

const holds = (counter: CounterId, link: JournalRow, before: JournalRow | undefined, keys: ReadonlyMap<string, PublicJwk>): boolean => {
  const body = anchor.safeParse(JSON.parse(link.body))
  const key = body.success ? keys.get(body.data.kid) : undefined
  if (!body.success || key === undefined || before?.seq !== body.data.seq || before.hash !== body.data.hash) return false
  const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' })
  const signature = Buffer.from(body.data.signature, 'base64url')
  return verify('sha256', signedText(counter, body.data.seq, body.data.hash), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
}
