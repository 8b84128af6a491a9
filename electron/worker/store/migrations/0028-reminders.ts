import type { Migration } from '../migrate.ts'

/**
 * Services that were reminded of letters whose answer they owe (relance): each once, under its place at this counter, with
 * the letters that it named. Terms: archives (law 69-99), as the letters.
 */
const sql = `
CREATE TABLE reminders (
  id          TEXT PRIMARY KEY,
  command_id  TEXT NOT NULL UNIQUE REFERENCES outbox (id),
  rank        INTEGER NOT NULL UNIQUE CHECK (rank > 0),
  service     TEXT NOT NULL,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE TABLE letter_reminders (
  letter_id   TEXT NOT NULL REFERENCES letters (id),
  reminder_id TEXT NOT NULL REFERENCES reminders (id),
  PRIMARY KEY (letter_id, reminder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_reminders_reminder ON letter_reminders (reminder_id);
CREATE TRIGGER reminders_kept BEFORE DELETE ON reminders BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER reminders_fixed BEFORE UPDATE ON reminders BEGIN SELECT RAISE(ABORT, 'a reminder never changes'); END;
CREATE TRIGGER letter_reminders_kept BEFORE DELETE ON letter_reminders
BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER letter_reminders_fixed BEFORE UPDATE ON letter_reminders
BEGIN SELECT RAISE(ABORT, 'a reminder never changes'); END;
`

export const reminders: Migration = { version: 28, name: 'reminders', sql }
