import type { Migration } from '../migrate.ts'

/**
 * Scans that came after their letter was registered: the reply that was signed, an acknowledgement that the post brought
 * back. They stand beside the line, whose digest names the files that it came with, so that a closed day takes them too.
 * Terms: archives (law 69-99), as the letters.
 */
const sql = `
CREATE TABLE letter_additions (
  command_id  TEXT PRIMARY KEY REFERENCES outbox (id),
  letter_id   TEXT NOT NULL REFERENCES letters (id),
  sha256      TEXT NOT NULL,
  name        TEXT NOT NULL,
  mime        TEXT NOT NULL,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  day         TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  UNIQUE (letter_id, sha256)
) STRICT;
CREATE INDEX letter_additions_sha256 ON letter_additions (sha256);
CREATE INDEX letter_additions_day ON letter_additions (day);
CREATE TRIGGER letter_additions_kept BEFORE DELETE ON letter_additions
BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER letter_additions_fixed BEFORE UPDATE ON letter_additions
BEGIN SELECT RAISE(ABORT, 'a scan that was added never changes'); END;
`

export const letterAdditions: Migration = { version: 29, name: 'letter-additions', sql }
