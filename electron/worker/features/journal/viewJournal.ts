import type {
  JournalEntry,
  JournalFilter,
  JournalProofs,
  JournalVerdict,
} from '#shared/contract/features/journal/calls.ts'
import type { Sha256 } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { anchorBody, anchorKind } from '../../journal/anchor.ts'
import { auditJournal, entryOf } from '../../journal/audit.ts'
import { accountCodes } from '../../core/rows/accounts.ts'
import { listClosings } from '../../core/rows/closings.ts'
import { newestHeads } from '../../outbox/rows/heads.ts'
import { countOfKind, journalHead, journalKinds, linksBefore, newestOfKind } from '../../journal/rows/journalRows.ts'
import { parsed } from '../../store/json.ts'
import { readOffice, type Context } from '../../core/context.ts'
import { officeSpan } from './officeSpan.ts'

/** Heads and closings that a screen or a report shows, the newest. */
const shown = 50

/** One page of the journal, newest first; a day is one of the office. */
export function viewJournal(
  context: Context,
  { before, limit, filter }: { before?: number | undefined; limit: number; filter: JournalFilter },
): { entries: JournalEntry[]; more: boolean } {
  const { day, ...who } = filter
  const span = day === undefined ? {} : officeSpan(readOffice(context.store), day)
  const links = linksBefore(context.store.db, before ?? Number.MAX_SAFE_INTEGER, limit + 1, { ...who, ...span })
  return { entries: links.slice(0, limit).map(entryOf), more: links.length > limit }
}

/** What holds the journal from outside. */
export function viewProofs({ store: { db } }: Context): JournalProofs {
  const [head, anchor] = [journalHead(db), newestOfKind(db, anchorKind)]
  return {
    // Hashes of ours and of parsed statements have the form of their brand.
    ...(head === undefined ? {} : { head: { seq: head.seq, hash: head.hash as Sha256 } }),
    actors: ['counter', ...accountCodes(db)],
    kinds: [...journalKinds(db)],
    anchors: {
      count: countOfKind(db, anchorKind),
      ...(anchor === undefined
        ? {}
        : { newest: { seq: anchor.seq, at: anchor.at, kid: parsed(anchorBody, anchor.body).kid } }),
    },
    heads: newestHeads(db, shown).map(({ series, seq, hash, signedAt, logSize }) => ({
      series,
      seq,
      hash: hash as Sha256,
      at: signedAt,
      logSize,
    })),
    closings: [...listClosings(db, shown)],
  }
}

/**
 * Walks the whole journal and lets other work through between steps. Fault: call.cancelled.
 * @param onStep hears how many links were walked, of how many
 */
export async function verifyWholeJournal(
  context: Context,
  onStep: (progress: { done: number; total: number }) => void,
  signal: AbortSignal,
): Promise<Result<JournalVerdict>> {
  const walk = auditJournal(context.store.db, context.counter)
  for (;;) {
    const step = walk.next()
    if (step.done === true) return ok(step.value)
    if (signal.aborted) return err(faultOf('call.cancelled'))
    onStep(step.value)
    await new Promise((resume) => {
      setImmediate(resume)
    })
  }
}
