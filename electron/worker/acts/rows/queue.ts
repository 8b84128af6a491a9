import type { Sha256 } from '#shared/ids.ts'
import { queueUploads } from '../../outbox/rows/uploads.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/** One act on its way to the platform, its envelope as text that is never rewritten. */
export interface QueueItem {
  readonly seq: number
  readonly id: string
  readonly type: string
  /** UTC instant. */
  readonly at: string
  readonly sha256: string
  readonly envelope: string
  readonly number?: string | undefined
  readonly request?: string | undefined
  /** The files that it names: those that are held wait for their upload beside it. */
  readonly files: readonly string[]
  /** SHA-256 of what was asked; absent where nobody can ask again. */
  readonly asked?: Sha256 | undefined
}

/** Queues an act with the files that it names. Only `worker/acts` and what fills a register for a test write here. */
export function queueAct(db: WriteHandle, item: QueueItem): void {
  db.run(
    'INSERT INTO outbox (seq, id, type, number, request_id, sha256, created_at, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [item.seq, item.id, item.type, item.number ?? null, item.request ?? null, item.sha256, item.at, item.asked ?? null],
  )
  db.run('INSERT INTO envelopes (seq, envelope) VALUES (?, ?)', [item.seq, item.envelope])
  // A repair repeats what an act of before said. Its files may be gone by then: they were on the platform, and their term
  // was over. Nothing waits for them here.
  for (const sha256 of new Set(item.files))
    db.run('INSERT INTO act_files (seq, sha256) SELECT ?, sha256 FROM attachments WHERE sha256 = ?', [item.seq, sha256])
  queueUploads(db, item.seq, item.files)
}

/** What a command was, if it was carried out: its type of act, and the hash of what was asked where that is still kept. */
export const carriedOut = (
  db: ReadHandle,
  id: string,
): { readonly type: string; readonly asked: string | null } | undefined =>
  db.get<{ type: string; asked: string | null }>('SELECT type, asked FROM outbox WHERE id = ?', [id])
