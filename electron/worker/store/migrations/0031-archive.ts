import type { Migration } from '../migrate.ts'

/**
 * The archive of the mail office (law 69-99). A letter has a class of the plan, may be held, and stands on one list at a
 * time; what a list of elimination names loses what it said once its destruction was decided: then, and only then, a
 * line changes and scans that were added go. Terms: archives, as the letters; what stays of a destroyed one names nobody.
 */
const sql = `
CREATE TABLE archive_lists (
  id          TEXT PRIMARY KEY,
  command_id  TEXT NOT NULL UNIQUE REFERENCES outbox (id),
  kind        TEXT NOT NULL CHECK (kind IN ('transfer', 'elimination')),
  rank        INTEGER NOT NULL CHECK (rank > 0),
  digest      TEXT NOT NULL CHECK (length(digest) = 64),
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  UNIQUE (kind, rank)
) STRICT;
/* A letter as it stood when it was listed: what it says of it is compared before anything is destroyed. */
CREATE TABLE archive_letters (
  list_id   TEXT NOT NULL REFERENCES archive_lists (id),
  place     INTEGER NOT NULL CHECK (place > 0),
  letter_id TEXT NOT NULL REFERENCES letters (id),
  class     TEXT NOT NULL,
  files     TEXT NOT NULL CHECK (json_valid(files)),
  standing  TEXT NOT NULL CHECK (length(standing) = 64),
  PRIMARY KEY (list_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX archive_letters_letter ON archive_letters (letter_id);
CREATE TABLE archive_decisions (
  command_id  TEXT PRIMARY KEY REFERENCES outbox (id),
  list_id     TEXT NOT NULL REFERENCES archive_lists (id),
  what        TEXT NOT NULL CHECK (what IN ('received', 'approved', 'destroyed', 'withdrawn')),
  reference   TEXT,
  given_on    TEXT,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  UNIQUE (list_id, what)
) STRICT;
CREATE TABLE letter_classes (
  command_id  TEXT PRIMARY KEY REFERENCES outbox (id),
  letter_id   TEXT NOT NULL REFERENCES letters (id),
  class       TEXT NOT NULL,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX letter_classes_letter ON letter_classes (letter_id);
CREATE TABLE letter_holds (
  command_id   TEXT PRIMARY KEY REFERENCES outbox (id),
  letter_id    TEXT NOT NULL REFERENCES letters (id),
  reason       TEXT NOT NULL,
  agent        TEXT NOT NULL,
  at           TEXT NOT NULL,
  journal_seq  INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  released_id  TEXT UNIQUE REFERENCES outbox (id),
  released_by  TEXT,
  released_at  TEXT,
  released_seq INTEGER UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX letter_holds_letter ON letter_holds (letter_id);
CREATE UNIQUE INDEX letter_holds_standing ON letter_holds (letter_id) WHERE released_id IS NULL;

CREATE TRIGGER archive_lists_kept BEFORE DELETE ON archive_lists BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER archive_lists_fixed BEFORE UPDATE ON archive_lists BEGIN SELECT RAISE(ABORT, 'a list never changes'); END;
CREATE TRIGGER archive_letters_kept BEFORE DELETE ON archive_letters BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER archive_letters_fixed BEFORE UPDATE ON archive_letters BEGIN SELECT RAISE(ABORT, 'a list never changes'); END;
CREATE TRIGGER archive_decisions_kept BEFORE DELETE ON archive_decisions BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER archive_decisions_fixed BEFORE UPDATE ON archive_decisions
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
/* Two persons, and the second one's words, before anything goes. */
CREATE TRIGGER archive_decisions_ordered BEFORE INSERT ON archive_decisions
WHEN new.what = 'destroyed' AND NOT EXISTS (
  SELECT 1 FROM archive_decisions d JOIN archive_lists l ON l.id = d.list_id
  WHERE d.list_id = new.list_id AND d.what = 'approved' AND d.agent <> l.agent AND l.kind = 'elimination'
    AND NOT EXISTS (SELECT 1 FROM archive_decisions w WHERE w.list_id = l.id AND w.what = 'withdrawn'))
BEGIN SELECT RAISE(ABORT, 'nobody approved it'); END;

ALTER TABLE letters ADD COLUMN class TEXT;
ALTER TABLE letters ADD COLUMN list_id TEXT REFERENCES archive_lists (id);
ALTER TABLE letters ADD COLUMN destroyed INTEGER NOT NULL DEFAULT 0 CHECK (destroyed IN (0, 1));
CREATE INDEX letters_unlisted ON letters (day) WHERE list_id IS NULL;
DROP TRIGGER letters_fixed;
CREATE TRIGGER letters_fixed BEFORE UPDATE ON letters
WHEN new.id <> old.id OR new.command_id <> old.command_id OR new.number <> old.number OR new.day <> old.day
  OR new.content <> old.content OR new.level <> old.level OR new.agent <> old.agent
  OR new.registered_at <> old.registered_at OR new.journal_seq <> old.journal_seq OR new.register <> old.register
  OR new.destroyed < old.destroyed OR (old.destroyed = 1 AND new.list_id IS NOT old.list_id)
  OR (new.body <> old.body AND new.destroyed = old.destroyed)
  OR (new.destroyed > old.destroyed AND NOT EXISTS (
    SELECT 1 FROM archive_decisions WHERE list_id = old.list_id AND what = 'destroyed'))
BEGIN SELECT RAISE(ABORT, 'a line never changes'); END;
DROP TRIGGER letter_additions_kept;
CREATE TRIGGER letter_additions_kept BEFORE DELETE ON letter_additions
WHEN NOT EXISTS (SELECT 1 FROM letters WHERE id = old.letter_id AND destroyed = 1)
BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
`

export const archive: Migration = { version: 31, name: 'archive', sql }
