import type { CounterId, Sha256 } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { genesis } from '../../journal/link.ts'
import { verifyChain, type Verified } from '../../journal/verify.ts'
import { counterPublicKeys } from '../../keys/counterKey.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { headRows } from '../../outbox/rows/heads.ts'
import { pinnedKeys } from '../../outbox/rows/platformTrust.ts'
import { journalHead, linksFrom } from '../../journal/rows/journalRows.ts'
import type { Context } from '../../core/context.ts'
import { writeOut, type Pieces } from '../../files/writeOut.ts'

/** What was handed to an auditor, under which name. */
export interface ExportedJournal {
  readonly name: string
  readonly links: number
  readonly head: Sha256
}

/** How far, in links. */
export type OnLinks = (progress: { readonly done: number; readonly total: number }) => void

/** Links that are read, checked and written at once; of a journal of any length no more is held. */
const linksAtOnce = 500

/**
 * The journal as JSON Lines in UTF-8, piece by piece: first what is needed to check it (counter, head, public keys of
 * the anchors, heads that
 * the platform put its name to with its keys), then each link as it is stored; `hash` is the SHA-256 of the canonical
 * JSON of the link without
 * it and with `counter`, its `body` parsed. It ends at the head of the moment it began, whatever is added meanwhile,
 * and is verified as it goes.
 * Fault: journal.broken: what does not hold is not handed out as if it did.
 */
export function* journalPieces(
  db: ReadHandle,
  counter: CounterId,
  at: string,
  onJournalProgress: OnLinks = () => undefined,
): Generator<Uint8Array, Result<Verified>> {
  const newest = journalHead(db)
  const [links, head] = [newest?.seq ?? 0, newest?.hash ?? genesis]
  const keys = [...counterPublicKeys(db, counter)].map(([kid, jwk]) => ({ kid, ...jwk }))
  yield encoded([
    {
      format: 'guichet-journal-1',
      counter,
      links,
      head,
      exportedAt: at,
      keys,
      platformKeys: pinnedKeys(db),
      countersigned: [...headRows(db)].map((row) => row.statement),
    },
  ])
  const walk = verifyChain(counter)
  for (let done = 0; done < links; done = walk.verified().links) {
    const page = linksFrom(db, done + 1, Math.min(linksAtOnce, links - done))
    if (page.length === 0) return missing(done + 1)
    for (const link of page) {
      const stepped = walk.step(link)
      if (!stepped.ok) return stepped
    }
    yield encoded(page.map(({ body, ...link }) => ({ ...link, body: JSON.parse(body) as unknown })))
    onJournalProgress({ done: walk.verified().links, total: links })
  }
  return walk.verified().head === head ? ok({ links, head }) : missing(links)
}

const missing = (seq: number): Result<never> => err(faultOf('journal.broken', `link ${String(seq)}: missing`, { seq }))

const encoder = new TextEncoder()
const encoded = (lines: readonly object[]): Uint8Array =>
  encoder.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

interface Order {
  readonly actor: string
  /** Where the person wants the file, by the name that is proposed; nothing when they leave it. */
  readonly chooseFile: (name: string) => Promise<string | undefined>
  readonly onJournalProgress: OnLinks
  readonly signal: AbortSignal
}

/**
 * Hands the journal out as a file; that it was is in the journal too, except in quarantine.
 * Faults: call.cancelled, journal.broken, those of `writeOut` and of `Tx`.
 */
export async function exportJournal(
  context: Context,
  { actor, chooseFile, onJournalProgress, signal }: Order,
): Promise<Result<ExportedJournal>> {
  const { store, counter, clock } = context
  const path = await chooseFile(`journal-${counter}-${String(journalHead(store.db)?.seq ?? 0)}.jsonl`)
  if (path === undefined) return err(faultOf('call.cancelled'))
  const written = await writeOut(
    path,
    noted(context, actor, journalPieces(store.db, counter, clock.now().toISOString(), onJournalProgress)),
    signal,
  )
  if (!written.ok) return written
  const { links, head } = written.value
  // a verified hash has the form of its brand
  return ok({ name: path.split(/[/\\]/).at(-1) ?? path, links, head: head as Sha256 })
}

/** The same pieces; the last one is followed by the link that tells of them, before the file gets its name. */
function* noted(
  { store, journal, counter }: Context,
  actor: string,
  pieces: Generator<Uint8Array, Result<Verified>>,
): Generator<Uint8Array, Result<Verified>> & Pieces<Verified> {
  const verified = yield* pieces
  if (!verified.ok || store.readOnlyReason() !== undefined) return verified
  const { links, head } = verified.value
  const told = store.tx((db) =>
    ok(journal.append(db, { actor, kind: 'journal.exported', subject: counter, body: { links, head } })),
  )
  return told.ok ? verified : told
}
