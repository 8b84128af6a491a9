import type { Migration } from '../migrate.ts'

/**
 * Files lie beside the register: `files` names each content once, `attachments` says which of them were attached to
 * requests. The old table of attachments stays as it is, under another name, until each of its files is on the disk: no
 * byte is copied here. An upload keeps why it was refused and when it is tried again.
 * `files`: as long as something names it. `staged_files`: until it was moved out.
 */
const sql = `
ALTER TABLE attachments RENAME TO staged_files;

CREATE TABLE files (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  size INTEGER NOT NULL CHECK (size >= 0),
  added_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER files_fixed BEFORE UPDATE ON files BEGIN SELECT RAISE(ABORT, 'a file never changes'); END;
INSERT INTO files (sha256, size, added_at) SELECT sha256, length(bytes), added_at FROM staged_files;

CREATE TABLE attachments (
  sha256 TEXT PRIMARY KEY REFERENCES files (sha256),
  mime TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;
INSERT INTO attachments (sha256, mime, added_at) SELECT sha256, mime, added_at FROM staged_files;

CREATE TABLE uploads_of_files (
  sha256 TEXT PRIMARY KEY REFERENCES attachments (sha256),
  seq INTEGER NOT NULL REFERENCES outbox (seq),
  url TEXT,
  stored_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  fault TEXT CHECK (json_valid(fault)),
  not_before TEXT
) STRICT;
INSERT INTO uploads_of_files (sha256, seq, url, stored_at) SELECT sha256, seq, url, stored_at FROM uploads;
DROP TABLE uploads;
ALTER TABLE uploads_of_files RENAME TO uploads;
CREATE INDEX uploads_waiting ON uploads (seq) WHERE stored_at IS NULL;
`

export const files: Migration = { version: 15, name: 'files', sql }
