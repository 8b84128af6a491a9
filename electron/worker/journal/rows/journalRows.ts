import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

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
export const journalHead = (db: ReadHandle): JournalRow | undefined =>
  db.get<JournalRow>(`SELECT ${columns} FROM journal ORDER BY seq DESC LIMIT 1`)

/** The links in the order of their numbers, one by one. */
export const journalLinks = (db: ReadHandle): Iterable<JournalRow> =>
  db.each<JournalRow>(`SELECT ${columns} FROM journal ORDER BY seq`)

/** The newest links, oldest of them first. */
export const journalTail = (db: ReadHandle, count: number): readonly JournalRow[] =>
  [...db.all<JournalRow>(`SELECT ${columns} FROM journal ORDER BY seq DESC LIMIT ?`, [count])].reverse()

/** When the register began, as a UTC instant; nothing while it is empty. */
export const journalBeginning = (db: ReadHandle): string | undefined =>
  db.get<{ at: string }>('SELECT at FROM journal WHERE seq = 1')?.at

/** The hash of a link, nothing when there is none of that number. */
export const journalHashAt = (db: ReadHandle, seq: number): string | undefined =>
  db.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', [seq])?.hash

/** Adds one link. */
export function insertJournal(db: WriteHandle, row: JournalRow): void {
  db.run(`INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    row.seq,
    row.at,
    row.hlc,
    row.actor,
    row.kind,
    row.subject,
    row.body,
    row.prev,
    row.hash,
  ])
}

/** The newest link of a kind, if any. */
export const newestOfKind = (db: ReadHandle, kind: string): JournalRow | undefined =>
  db.get<JournalRow>(`SELECT ${columns} FROM journal WHERE kind = ? ORDER BY seq DESC LIMIT 1`, [kind])

/**
 * The links of some kinds, newest first, below a number; members of the body that must have a value (`{ purpose:
 * 'audit' }`) and the actor narrow them.
 */
export function linksOfKinds(
  db: ReadHandle,
  kinds: readonly string[],
  {
    before,
    limit,
    actor,
    body = {},
  }: {
    before?: number | undefined
    limit: number
    actor?: string | undefined
    body?: Readonly<Record<string, string>>
  },
): readonly JournalRow[] {
  const members = Object.entries(body)
  return db.all<JournalRow>(
    `SELECT ${columns} FROM journal WHERE kind IN (SELECT value FROM json_each(?)) AND seq < ?
    ${actor === undefined ? '' : 'AND actor = ?'} ${members.map(() => 'AND json_extract(body, ?) = ?').join(' ')} ORDER BY seq DESC LIMIT ?`,
    [
      JSON.stringify(kinds),
      before ?? Number.MAX_SAFE_INTEGER,
      ...(actor === undefined ? [] : [actor]),
      ...members.flatMap(([name, value]) => [`$.${name}`, value]),
      limit,
    ],
  )
}

/** The links from a number on, in their order, at most `limit`. */
export const linksFrom = (db: ReadHandle, seq: number, limit: number): readonly JournalRow[] =>
  db.all<JournalRow>(`SELECT ${columns} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?`, [seq, limit])

/** What narrows a page of the journal: a span of instants (UTC, the end not included), who, what. */
export interface LinkFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly actor?: string | undefined
  readonly kind?: string | undefined
}

/** A page of links, newest first, below a number. */
export function linksBefore(
  db: ReadHandle,
  before: number,
  limit: number,
  { from, to, actor, kind }: LinkFilter,
): readonly JournalRow[] {
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ['at >= ?', from],
    ['at < ?', to],
    ['actor = ?', actor],
    ['kind = ?', kind],
  ]
  const set = wanted.flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]))
  return db.all<JournalRow>(
    `SELECT ${columns} FROM journal WHERE seq < ? ${set.map(({ condition }) => `AND ${condition}`).join(' ')} ORDER BY seq DESC LIMIT ?`,
    [before, ...set.map(({ value }) => value), limit],
  )
}

/** The kinds of links that there are; each is one step through the index, however long the journal is. */
export const journalKinds = (db: ReadHandle): readonly string[] =>
  db
    .all<{ kind: string }>(
      `WITH RECURSIVE kinds (kind) AS (SELECT min(kind) FROM journal UNION ALL SELECT (SELECT min(kind) FROM journal WHERE kind > kinds.kind) FROM kinds WHERE kinds.kind IS NOT NULL)
   SELECT kind FROM kinds WHERE kind IS NOT NULL`,
    )
    .map((row) => row.kind)
/** How many links of a kind there are. */
export const countOfKind = (db: ReadHandle, kind: string): number =>
  db.get<{ count: number }>('SELECT count(*) AS count FROM journal WHERE kind = ?', [kind])?.count ?? 0
