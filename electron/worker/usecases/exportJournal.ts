import type { CounterId, Sha256 } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import { verifyJournal } from '../journal/verify.ts'
import { counterPublicKeys } from '../keys/counterKey.ts'
import type { ReadHandle } from '../store/handle.ts'
import { headRows, pinnedKeys } from '../store/heads.ts'
import { journalLinks } from '../store/journalRows.ts'
import type { Context } from './context.ts'

/** The journal for an auditor. `bytes` is UTF-8 JSON Lines. */
export interface ExportedJournal {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly links: number
  readonly head: Sha256
}

/**
 * The journal as JSON Lines: first what is needed to check it (counter, head, public keys of the anchors, heads that the platform
 * put its name to with its keys), then each link as it is stored; `hash` is the SHA-256 of the canonical JSON of the link without it and with `counter`, its `body` parsed.
 * Fault: journal.broken: what does not hold is not handed out as if it did.
 */
export function journalLines(db: ReadHandle, counter: CounterId, at: string): Result<ExportedJournal> {
  const verified = verifyJournal(counter, journalLinks(db))
  if (!verified.ok) return verified
  const { links, head } = verified.value
  const keys = counterPublicKeys(db, counter)
  const first = {
    format: 'guichet-journal-1', counter, links, head, exportedAt: at, keys: [...keys].map(([kid, jwk]) => ({ kid, ...jwk })),
    platformKeys: pinnedKeys(db), countersigned: [...headRows(db)].map((row) => row.statement),
  }
  const name = `journal-${counter}-${String(links)}.jsonl`
  return ok({ name, bytes: encoded(linesOf(first, db)), links, head: head as Sha256 }) // a verified hash has the form of its brand
}

function* linesOf(first: object, db: ReadHandle): Generator<string> {
  yield JSON.stringify(first)
  for (const { body, ...link } of journalLinks(db)) yield JSON.stringify({ ...link, body: JSON.parse(body) as unknown })
}

/** Characters that are held as text before they become bytes: of a long journal there is never a second copy. */
const chunkLength = 1 << 16

function encoded(lines: Iterable<string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const chunks: Uint8Array[] = []
  let text = ''
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < chunkLength) continue
    chunks.push(encoder.encode(text))
    text = ''
  }
  chunks.push(encoder.encode(text))
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/** Hands the journal out; that it was is in the journal too, except in quarantine. Faults: journal.broken, those of `Tx`. */
export function exportJournal(context: Context, actor: string): Result<ExportedJournal> {
  const { store, journal, counter, clock } = context
  const exported = journalLines(store.db, counter, clock.now().toISOString())
  if (!exported.ok || store.barred() !== undefined) return exported
  const { links, head } = exported.value
  const noted = store.tx((db) => ok(journal.append(db, { actor, kind: 'journal.exported', subject: counter, body: { links, head } })))
  return noted.ok ? exported : noted
}
