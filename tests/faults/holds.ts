import type { CommandId, CounterId } from '#shared/ids.ts'
import { brokenAnchor } from '#electron/worker/journal/anchor.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { counterPublicKeys } from '#electron/worker/keys/counterKey.ts'
import { journalLinks } from '#electron/worker/store/journalRows.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { findDepositByCommand } from '#electron/worker/store/requests.ts'

const counter = 'RAB03-G2' as CounterId

/** What does not hold in a register, in words; nothing when all does: chain, anchors, pages, series, and every act that was heard. */
export function whatFails(store: Store, heard: ReadonlyMap<string, string>): readonly string[] {
  const chain = verifyJournal(counter, journalLinks(store.db))
  const count = (what: string): number => store.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)?.n ?? -1
  const sequences = store.db.all<{ sequence: number }>('SELECT sequence FROM requests ORDER BY year, sequence').map((row) => row.sequence)
  const lost = [...heard].filter(([commandId, number]) => findDepositByCommand(store.db, commandId as CommandId)?.number !== number)
  return [
    ...store.check(),
    ...(chain.ok ? [] : [`chain: ${chain.fault.detail ?? ''}`]),
    ...(brokenAnchor(counter, journalLinks(store.db), counterPublicKeys(store.db, counter)) === undefined ? [] : ['an anchor does not hold']),
    ...(sequences.every((sequence, at) => sequence === at + 1) ? [] : ['a gap in the series']),
    ...['receipts', 'identities', 'outbox', 'print_jobs WHERE copy = 0'].filter((table) => count(table) !== sequences.length).map((table) => `${table}: not one for each deposit`),
    ...(lost.length === 0 ? [] : [`${String(lost.length)} acts that were heard are lost`]),
  ]
}
