import type { Migration } from '../migrate.ts'

/**
 * References of letters that are being written, given for good before there is a departure (N/Réf). `letter_id` is the
 * departure that bears one, and nothing while there is none or once that was cancelled. Terms: archives (law 69-99), as
 * the letter.
 */
const sql = `
CREATE TABLE letter_references (
  seq        INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  text       TEXT NOT NULL UNIQUE,
  key        TEXT NOT NULL,
  service    TEXT NOT NULL,
  answers    TEXT,
  agent      TEXT NOT NULL,
  at         TEXT NOT NULL,
  day        TEXT NOT NULL,
  letter_id  TEXT REFERENCES letters (id)
) STRICT;
CREATE INDEX letter_references_key ON letter_references (key);
CREATE INDEX letter_references_letter ON letter_references (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX letter_references_unused ON letter_references (day) WHERE letter_id IS NULL;
CREATE TRIGGER letter_references_kept BEFORE DELETE ON letter_references
BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER letter_references_fixed BEFORE UPDATE ON letter_references
WHEN new.seq <> old.seq OR new.command_id <> old.command_id OR new.text <> old.text OR new.key <> old.key
  OR new.service <> old.service OR new.answers IS NOT old.answers OR new.agent <> old.agent OR new.at <> old.at
  OR new.day <> old.day
BEGIN SELECT RAISE(ABORT, 'a reference that was given never changes'); END;
`

export const letterReferences: Migration = { version: 27, name: 'letter-references', sql }
