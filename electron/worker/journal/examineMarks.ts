import { ok, type Result } from '#shared/result.ts'
import { journalHead } from './rows/journalRows.ts'
import { unheldHead } from '../outbox/rows/heads.ts'
import type { Store } from '../store/open.ts'
import { barStanding, enterQuarantine } from '../store/quarantine.ts'
import { openHighWater, type HighWater } from './highWater.ts'

/**
 * Compares a register with the marks beside it and with the newest head that the platform put its name to: an old copy
 * goes into quarantine, or stays there. `made`: the register was made just now. Faults: those of `enterQuarantine`.
 */
export function examineMarks(dataDir: string, key: Uint8Array, store: Store, made = false): Result<HighWater> {
  const highWater = openHighWater(dataDir, key, store.db, made)
  barStanding(store)
  const held = journalHead(store.db)?.seq ?? 0
  const missing = highWater.lost === undefined ? unheldHead(store.db) : highWater.lost
  if (missing === undefined) return ok(highWater)
  const entered = enterQuarantine(store, {
    by: highWater.lost === undefined ? 'head' : 'mark',
    held,
    known: Math.max(missing.seq, 1),
    ...(highWater.lost === undefined ? {} : { series: highWater.lost.series + 1 }),
  })
  return entered.ok ? ok(highWater) : entered
}
