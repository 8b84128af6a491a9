import { ok, type Result } from '#shared/result.ts'
import { journalHead } from './rows/journalRows.ts'
import { unheldHead } from '../outbox/rows/heads.ts'
import type { Store } from '../store/open.ts'
import { barMissing, applyReadOnly, enterQuarantine, type Missing } from '../store/quarantine.ts'
import { openRollbackGuard, type RollbackGuard } from './rollbackGuard.ts'

/**
 * Compares a register with the marks beside it and with the newest head that the platform put its name to: an old copy
 * goes into quarantine, or stays there. `made`: the register was made just now. Faults: those of `enterQuarantine`.
 */
export function checkRollbackGuard(
  dataDir: string,
  key: Uint8Array,
  store: Store,
  made = false,
): Result<RollbackGuard> {
  const { rollbackGuard, missing } = compare(dataDir, key, store, made)
  if (missing === undefined) return ok(rollbackGuard)
  const entered = enterQuarantine(store, missing)
  return entered.ok ? ok(rollbackGuard) : entered
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
): { readonly rollbackGuard: RollbackGuard; readonly missing: Missing | undefined } => {
  const rollbackGuard = openRollbackGuard(dataDir, key, store.db, made)
  applyReadOnly(store)
  const lost = rollbackGuard.lost ?? unheldHead(store.db)
  if (lost === undefined) return { rollbackGuard, missing: undefined }
  const missing = {
    by: rollbackGuard.lost === undefined ? 'head' : 'mark',
    held: journalHead(store.db)?.seq ?? 0,
    known: Math.max(lost.seq, 1),
    ...(rollbackGuard.lost === undefined ? {} : { series: rollbackGuard.lost.series + 1 }),
  } as const
  return { rollbackGuard, missing }
}
