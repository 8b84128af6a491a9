import type { Migration } from '../migrate.ts'

/**
 * A person may have several drafts of several kinds, each with the number of its version and the window that saved it
 * last. The one that each person had is kept as a request.
 */
const sql = `
CREATE TABLE drafts_by_id (
  login    TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind <> ''),
  id       TEXT NOT NULL CHECK (length(id) = 36),
  revision INTEGER NOT NULL CHECK (revision > 0),
  writer   TEXT,
  body     TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (login, kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO drafts_by_id (login, kind, id, revision, body, saved_at)
  SELECT login, 'request', '00000000-0000-4000-8000-000000000001', 1, body, saved_at FROM drafts;
DROP TABLE drafts;
ALTER TABLE drafts_by_id RENAME TO drafts;
`

export const drafts: Migration = { version: 19, name: 'drafts', sql }
