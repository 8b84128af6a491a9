import type { Migration } from '../migrate.ts'

/**
 * Deposits that a letter became (law 55-19). The link of the deposit states the letter; this leads from either to the
 * other. Terms: archives (law 69-99), as the letter.
 */
const sql = `
CREATE TABLE letter_requests (
  request_id  TEXT PRIMARY KEY REFERENCES requests (id),
  letter_id   TEXT NOT NULL REFERENCES letters (id),
  number      TEXT NOT NULL UNIQUE,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_requests_letter ON letter_requests (letter_id);
CREATE TRIGGER letter_requests_kept BEFORE DELETE ON letter_requests BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER letter_requests_fixed BEFORE UPDATE ON letter_requests
BEGIN SELECT RAISE(ABORT, 'what a letter became never changes'); END;
`

export const letterRequests: Migration = { version: 26, name: 'letter-requests', sql }
