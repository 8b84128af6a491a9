import type { Migration } from '../migrate.ts'

/**
 * The files that queued acts refer to, each once, and whether the platform holds them: `url` is where a broken upload
 * goes on.
 * Kept as long as the file itself.
 */
const sql = `
CREATE TABLE uploads (
  sha256 TEXT PRIMARY KEY REFERENCES attachments (sha256),
  seq INTEGER NOT NULL REFERENCES outbox (seq),
  url TEXT,
  stored_at TEXT
) STRICT;
CREATE INDEX uploads_waiting ON uploads (seq) WHERE stored_at IS NULL;
INSERT INTO uploads (sha256, seq)
  SELECT a.sha256, min(o.seq) FROM outbox o, json_each(o.envelope, '$.data.attachments') f
  JOIN attachments a ON a.sha256 = json_extract(f.value, '$.sha256') GROUP BY a.sha256;
`

export const uploads: Migration = { version: 3, name: 'uploads', sql }
