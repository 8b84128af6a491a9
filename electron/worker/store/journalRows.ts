import type { ReadHandle, WriteHandle } from './handle.ts'

/** One link as stored; `body` is the canonical JSON that was hashed. */
export interface JournalRow {
  readonly seq: number
  readonly at: string
  readonly hlc: string
  readonly actor: string
  readonly kind: string
  readonly subject: string
  readonly body: string
  readonly prev: string
  readonly hash: string
}

const columns = 'seq, at, hlc, actor, kind, subject, body, prev, hash'

/** The newest link, if any. */
export const journalHead = (db: ReadHandle): JournalRow | undefined => db.get<JournalRow>(`SELECT ${columns} FROM journal ORDER BY seq DESC LIMIT 1`)

/** The links in the order of their numbers, one by one. */
export const journalLinks = (db: ReadHandle): Iterable<JournalRow> => db.each<JournalRow>(`SELECT ${columns} FROM journal ORDER BY seq`)

/** The newest links, oldest of them first. */
export const journalTail = (db: ReadHandle, count: number): readonly JournalRow[] =>
  [...db.all<JournalRow>(`SELECT ${columns} FROM journal ORDER BY seq DESC LIMIT ?`, [count])].reverse()

/** When the register began, as a UTC instant; nothing while it is empty. */
export const journalBeginning = (db: ReadHandle): string | undefined => db.get<{ at: string }>('SELECT at FROM journal WHERE seq = 1')?.at

/** The hash of a link, nothing when there is none of that number. */
export const journalHashAt = (db: ReadHandle, seq: number): string | undefined => db.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', [seq])?.hash

/** Adds one link. */
export function insertJournal(db: WriteHandle, row: JournalRow): void {
  db.run(`INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.seq, row.at, row.hlc, row.actor, row.kind, row.subject, row.body, row.prev, row.hash])
}
