import type { Migration } from '../migrate.ts'

/**
 * What waits at the national digital mail office for this office, from the platform. What it says of its sender is here
 * until it is registered: then `body` goes, and the row says which line it became, so that it is never taken twice.
 * Withdrawn before, it is gone. `ready`: each of its files is here; `fault`: why one of them is not.
 */
const sql = `
CREATE TABLE digital_items (
  id         TEXT PRIMARY KEY,
  number     TEXT NOT NULL,
  handed_in  TEXT NOT NULL,
  level      INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
  body       TEXT CHECK (json_valid(body)),
  ready      INTEGER NOT NULL DEFAULT 0 CHECK (ready IN (0, 1)),
  fault      TEXT,
  tried_at   TEXT,
  letter_id  TEXT REFERENCES letters (id),
  CHECK ((body IS NULL) = (letter_id IS NOT NULL))
) STRICT;
CREATE INDEX digital_items_number ON digital_items (number);
CREATE INDEX digital_items_waiting ON digital_items (handed_in, id) WHERE letter_id IS NULL;
CREATE TRIGGER digital_items_kept BEFORE DELETE ON digital_items WHEN old.letter_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was registered is remembered'); END;
`

export const digitalItems: Migration = { version: 32, name: 'digital-items', sql }
