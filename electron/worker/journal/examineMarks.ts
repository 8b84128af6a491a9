import { ok, type Result } from '#shared/result.ts'
import { journalHead } from '../store/journalRows.ts'
import type { Store } from '../store/open.ts'
import { barStanding, enterQuarantine } from '../store/quarantine.ts'
import { openHighWater, type HighWater } from './highWater.ts'

/** Compares a register with the marks beside it: an old copy goes into quarantine, or stays there. Faults: those of `enterQuarantine`. */
export function examineMarks(dataDir: string, key: Uint8Array, store: Store): Result<HighWater> {
  const highWater = openHighWater(dataDir, key, store.db)
  barStanding(store)
  if (highWater.lost === undefined) return ok(highWater)
  const entered = enterQuarantine(store, { by: 'mark', held: journalHead(store.db)?.seq ?? 0, known: highWater.lost.seq })
  return entered.ok ? ok(highWater) : entered
}
