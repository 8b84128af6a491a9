import { ok, type Result } from '#shared/result.ts'
import { journalHead } from './rows/journalRows.ts'
import { unheldHead } from '../outbox/rows/heads.ts'
import type { Store } from '../store/open.ts'
import { barMissing, applyReadOnly, enterQuarantine, type Missing } from '../store/quarantine.ts'
import { openHighWater, type HighWater } from './highWater.ts'

/**
 * Compares a register with the marks beside it and with the newest head that the platform put its name to: an old copy
 * goes into quarantine, or stays there. `made`: the register was made just now. Faults: those of `enterQuarantine`.
 */
export function examineMarks(dataDir: string, key: Uint8Array, store: Store, made = false): Result<HighWater> {
  const { highWater, missing } = compare(dataDir, key, store, made)
  if (missing === undefined) return ok(highWater)
  const entered = enterQuarantine(store, missing)
  return entered.ok ? ok(highWater) : entered
}

/** The same comparison by whoever only looks: an old copy is barred in this process, and nothing is written. */
export function lookAtMarks(dataDir: string, key: Uint8Array, store: Store): void {
  const { missing } = compare(dataDir, key, store, false)
  if (missing !== undefined) barMissing(store, missing)
}

const compare = (
  dataDir: string,
  key: Uint8Array,
  store: Store,
  made: boolean,
): { readonly highWater: HighWater; readonly missing: Missing | undefined } => {
  const highWater = openHighWater(dataDir, key, store.db, made)
  applyReadOnly(store)
  const lost = highWater.lost ?? unheldHead(store.db)
  if (lost === undefined) return { highWater, missing: undefined }
  const missing = {
    by: highWater.lost === undefined ? 'head' : 'mark',
    held: journalHead(store.db)?.seq ?? 0,
    known: Math.max(lost.seq, 1),
    ...(highWater.lost === undefined ? {} : { series: highWater.lost.series + 1 }),
  } as const
  return { highWater, missing }
}
