import type { Migration } from '../migrate.ts'

/**
 * What became of acts through later ones: `act_id` is put right by the act `command_id`. Kept as long as the outbox,
 * for the
 * same reason: it says what was decided, why, and by whom.
 */
const sql = `
CREATE TABLE repairs (
  command_id TEXT PRIMARY KEY REFERENCES outbox (id),
  act_id TEXT NOT NULL REFERENCES outbox (id),
  kind TEXT NOT NULL CHECK (kind IN ('corrected', 'cancelled', 'overridden')),
  reason TEXT NOT NULL,
  agent TEXT NOT NULL,
  witness TEXT,
  draft TEXT CHECK (json_valid(draft)),
  at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  CHECK ((kind = 'corrected') = (witness IS NULL)),
  CHECK (witness IS NULL OR witness <> agent)
) STRICT;
CREATE INDEX repairs_act ON repairs (act_id, journal_seq);
CREATE TRIGGER repairs_fixed BEFORE UPDATE ON repairs BEGIN SELECT RAISE(ABORT, 'a repair never changes'); END;
CREATE TRIGGER repairs_kept BEFORE DELETE ON repairs BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
`

export const repairs: Migration = { version: 2, name: 'repairs', sql }
