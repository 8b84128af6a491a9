import { z } from 'zod'
import type { HeadStatement, TreeHead } from '#shared/contract/heads.ts'
import { ok } from '#shared/result.ts'
import type { Journal } from '../../journal/journal.ts'
import type { CountersignStore } from '../countersign.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { journalHashAt, journalHead } from '../../journal/rows/journalRows.ts'
import type { Store } from '../../store/open.ts'
import { currentSeries, enterQuarantine } from '../../store/quarantine.ts'
import { findSetting, saveSetting } from '../../store/settings.ts'
import { pinnedKeys } from './platformTrust.ts'

/** One head that the platform put its name to, as kept. */
export interface HeadRow {
  readonly series: number
  readonly seq: number
  readonly hash: string
  readonly signedAt: string
  readonly logSize: number
  readonly logRoot: string
  /** The compact JWS. */
  readonly statement: string
}

const columns = 'series, seq, hash, signed_at AS signedAt, log_size AS logSize, log_root AS logRoot, statement'
const doubtSetting = 'platformDoubt'

/** Every countersigned head, oldest first. */
export const headRows = (db: ReadHandle): Iterable<HeadRow> =>
  db.each<HeadRow>(`SELECT ${columns} FROM heads ORDER BY series, seq`)
/** The newest ones, newest first. */
export const newestHeads = (db: ReadHandle, limit: number): readonly HeadRow[] =>
  db.all<HeadRow>(`SELECT ${columns} FROM heads ORDER BY series DESC, seq DESC LIMIT ?`, [limit])
/** The newest one. */
export const newestHead = (db: ReadHandle): HeadRow | undefined => newestHeads(db, 1)[0]

/**
 * The newest countersigned head of the series in use when it is no link of this journal; nothing when it is. Cheap, for
 * every start.
 */
export function unheldHead(db: ReadHandle): HeadRow | undefined {
  const newest = newestHead(db)
  return newest !== undefined && newest.series === currentSeries(db) && journalHashAt(db, newest.seq) !== newest.hash
    ? newest
    : undefined
}

/** Writes a head; the same point signed again replaces the statement, which then speaks of a longer log. */
function saveHead(db: WriteHandle, head: HeadStatement, statement: string): void {
  db.run(
    `INSERT INTO heads (series, seq, hash, signed_at, log_size, log_root, statement) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (series, seq) DO UPDATE SET signed_at = excluded.signed_at, log_size = excluded.log_size, log_root = excluded.log_root, statement = excluded.statement`,
    [head.series, head.seq, head.hash, head.at, head.log.size, head.log.root, statement],
  )
}

/** The journal of a register as the countersigning needs it. A register that cannot be written throws. */
export function createCountersignStore(store: Store, journal: Journal): CountersignStore {
  const { db } = store
  const write = (act: (tx: WriteHandle) => void): void => {
    const done = store.upkeep((tx) => {
      act(tx)
      return ok(undefined)
    })
    if (!done.ok) throw new Error(`the countersigned head cannot be written: ${done.fault.code}`)
  }
  const log = (): TreeHead | undefined => {
    const newest = newestHead(db)
    // written from a parsed statement
    return newest && { size: newest.logSize, root: newest.logRoot as TreeHead['root'] }
  }
  return {
    log,
    claim: () => {
      const head = journalHead(db)
      if (head === undefined || store.readOnlyReason() !== undefined) return undefined
      const [series, newest] = [currentSeries(db), newestHead(db)]
      if (newest?.series === series && newest.seq === head.seq) return undefined
      // a hash of ours has the form of its brand
      return { series, seq: head.seq, hash: head.hash as HeadStatement['hash'], logSize: log()?.size ?? 0 }
    },
    keys: () => pinnedKeys(db),
    standing: (head) => {
      if (head.series !== currentSeries(db)) return 'past'
      if (journalHashAt(db, head.seq) !== head.hash) return 'differs'
      const newest = newestHead(db)
      return newest?.series === head.series && newest.seq >= head.seq ? 'past' : 'new'
    },
    keep: (head, statement) => {
      write((tx) => {
        saveHead(tx, head, statement)
      })
    },
    contradicted: (head) => {
      const held = journalHead(db)?.seq ?? 0
      const entered = enterQuarantine(store, { by: 'head', held, known: Math.max(held, head.seq) })
      if (!entered.ok) throw new Error(`the quarantine cannot be written: ${entered.fault.code}`)
    },
    doubt: (what) => {
      if (findSetting(db, doubtSetting, z.string()) === what || store.readOnlyReason() !== undefined) return
      write((tx) => {
        saveSetting(tx, doubtSetting, what)
        journal.append(tx, { actor: 'counter', kind: 'platform.doubted', subject: what, body: {} })
      })
    },
  }
}
