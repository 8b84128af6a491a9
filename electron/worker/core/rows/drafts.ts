import { requestDraft, type RequestDraft } from '#shared/domain/request/request.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/** The draft that a person left, if any. */
export function findDraft(db: ReadHandle, login: string): RequestDraft | undefined {
  const row = db.get<{ body: string }>('SELECT body FROM drafts WHERE login = ?', [login])
  return row === undefined ? undefined : parsed(requestDraft, row.body)
}

/** Keeps a person's draft, replacing the one before. */
export function saveDraft(db: WriteHandle, login: string, draft: RequestDraft, at: string): void {
  db.run(
    `INSERT INTO drafts (login, body, saved_at) VALUES (?, ?, ?)
    ON CONFLICT (login) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
    [login, JSON.stringify(draft), at],
  )
}

/** Drops a person's draft. */
export function deleteDraft(db: WriteHandle, login: string): void {
  db.run('DELETE FROM drafts WHERE login = ?', [login])
}
