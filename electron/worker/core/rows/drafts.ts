import { requestDraft, type RequestDraft } from '#shared/domain/request/request.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/** Whose draft, of what kind, and which of them: a person may have several begun. */
export interface DraftKey {
  readonly login: string
  readonly kind: 'request'
  /** A UUID made by the window that began it. */
  readonly id: string
}
export interface KeptDraft {
  readonly id: string
  readonly draft: RequestDraft
  /** Grows by one with each save. */
  readonly revision: number
  /** The window that saved it last, a UUID; nothing for one from before windows had names. */
  readonly writer: string | undefined
  readonly savedAt: string
  /** For whom it was begun; absent while nobody is known. */
  readonly citizen?: DraftCitizen | undefined
}
/** The citizen of a draft: what tells him from others (SHA-256 of his `personKey`, hex), and his name. */
export interface DraftCitizen {
  readonly person: string
  readonly name: string
}

interface Row {
  readonly id: string
  readonly body: string
  readonly revision: number
  readonly writer: string | null
  readonly saved_at: string
  readonly person: string | null
  readonly citizen: string | null
}
const columns = 'id, body, revision, writer, saved_at, person, citizen'
const keptOf = (row: Row): KeptDraft => ({
  id: row.id,
  draft: parsed(requestDraft, row.body),
  revision: row.revision,
  writer: row.writer ?? undefined,
  savedAt: row.saved_at,
  citizen: row.person === null ? undefined : { person: row.person, name: row.citizen ?? '' },
})

/** One draft of a person, if it is there. */
export function findDraft(db: ReadHandle, { login, kind, id }: DraftKey): KeptDraft | undefined {
  const row = db.get<Row>(`SELECT ${columns} FROM drafts WHERE login = ? AND kind = ? AND id = ?`, [login, kind, id])
  return row === undefined ? undefined : keptOf(row)
}

/** A draft by its id alone, and whose it is: for what goes from one person to another. */
export function draftById(
  db: ReadHandle,
  { kind, id }: Omit<DraftKey, 'login'>,
): { readonly login: string; readonly kept: KeptDraft } | undefined {
  const row = db.get<Row & { readonly login: string }>(
    `SELECT login, ${columns} FROM drafts WHERE kind = ? AND id = ?`,
    [kind, id],
  )
  return row === undefined ? undefined : { login: row.login, kept: keptOf(row) }
}

/** All that a person has begun of a kind, newest first. */
export const listDrafts = (db: ReadHandle, { login, kind }: Omit<DraftKey, 'id'>): readonly KeptDraft[] =>
  db
    .all<Row>(`SELECT ${columns} FROM drafts WHERE login = ? AND kind = ? ORDER BY saved_at DESC, id`, [login, kind])
    .map(keptOf)

/** Keeps a draft, replacing what was kept of it before. */
export function saveDraft(
  db: WriteHandle,
  { login, kind, id }: DraftKey,
  { draft, revision, writer, savedAt, citizen }: Omit<KeptDraft, 'id'>,
): void {
  db.run(
    `INSERT INTO drafts (login, kind, id, revision, writer, body, saved_at, person, citizen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (login, kind, id) DO UPDATE
    SET revision = excluded.revision, writer = excluded.writer, body = excluded.body, saved_at = excluded.saved_at,
      person = excluded.person, citizen = excluded.citizen`,
    [
      login,
      kind,
      id,
      revision,
      writer ?? null,
      JSON.stringify(draft),
      savedAt,
      citizen?.person ?? null,
      citizen?.name ?? null,
    ],
  )
}

/** Drops one draft of a person. */
export function deleteDraft(db: WriteHandle, { login, kind, id }: DraftKey): void {
  db.run('DELETE FROM drafts WHERE login = ? AND kind = ? AND id = ?', [login, kind, id])
}
