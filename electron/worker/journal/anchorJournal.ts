import { ok } from '#shared/result.ts'
import { anchorEvery, anchorKind, anchorOver } from './anchor.ts'
import type { CounterKeyPair } from '../keys/counterKey.ts'
import { journalHead, journalTail } from './rows/journalRows.ts'
import type { Context } from '../core/context.ts'

/**
 * Signs the newest link when `least` links stand since the last anchor, in the counter's own name. In quarantine, and
 * where the
 * register cannot be written, nothing happens: the next time does it.
 */
export function anchorJournal(context: Context, key: CounterKeyPair, least = anchorEvery): void {
  const { store, journal, counter } = context
  const tail = journalTail(store.db, least)
  const head = journalHead(store.db)
  if (
    head === undefined ||
    store.readOnlyReason() !== undefined ||
    tail.length < least ||
    tail.some((link) => link.kind === anchorKind)
  )
    return
  store.tx((db) => ok(journal.append(db, anchorOver(counter, head, key))))
}
