import type { Migration } from '../migrate.ts'

/**
 * Acts from the registry. `outbox.asked` is the hash of what was asked under a command id, so that the same id with
 * another question is refused; acts of before have none. It ends with the personal part of its act, since what was asked
 * names people. `act_files` are the files that an act names, whatever it calls them; of the acts of before only those
 * that are not over still need them. A number leads to its act. A series belongs to a counter, a register and a year.
 */
const sql = `
ALTER TABLE outbox ADD COLUMN asked TEXT CHECK (length(asked) = 64);
CREATE TRIGGER outbox_asked_fixed BEFORE UPDATE OF asked ON outbox WHEN new.asked IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an act on its way never changes'); END;
CREATE INDEX outbox_number ON outbox (number, seq) WHERE number IS NOT NULL;

CREATE TABLE act_files (
  seq INTEGER NOT NULL REFERENCES outbox (seq),
  sha256 TEXT NOT NULL,
  PRIMARY KEY (seq, sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO act_files (seq, sha256)
  SELECT DISTINCT o.seq, f.value ->> '$.sha256' FROM outbox o JOIN envelopes e USING (seq), json_each(e.envelope, '$.data.attachments') f
  WHERE o.state IN ('pending', 'sending', 'rejected', 'conflict') AND f.value ->> '$.sha256' IS NOT NULL;

CREATE TABLE series_of_counters (
  counter TEXT NOT NULL,
  register TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= 0),
  PRIMARY KEY (counter, register, year)
) STRICT;
INSERT INTO series_of_counters (counter, register, year, last)
  SELECT coalesce((SELECT json_extract(value, '$.code') || '-' || json_extract(value, '$.counter') FROM settings WHERE key = 'office'), ''),
    register, year, last FROM series;
DROP TABLE series;
ALTER TABLE series_of_counters RENAME TO series;
`

export const acts: Migration = { version: 17, name: 'acts', sql }
