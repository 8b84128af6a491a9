import type { Migration } from '../migrate.ts'

/**
 * The complement of a deposit: at most one (law 55-19), with the pieces that came. Its receipt stands among the later
 * receipts of the request, beside those that correct one: `reissues` names whatever act made it, no repair alone. Terms:
 * the files that `pieces` names are of the person, and end with his file.
 */
const sql = `
CREATE TABLE complements (
  command_id TEXT PRIMARY KEY REFERENCES outbox (id),
  request_id TEXT NOT NULL UNIQUE REFERENCES requests (id),
  pieces TEXT NOT NULL CHECK (json_valid(pieces)),
  agent TEXT NOT NULL,
  at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE TRIGGER complements_kept BEFORE DELETE ON complements BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER complements_fixed BEFORE UPDATE ON complements
WHEN new.command_id <> old.command_id OR new.request_id <> old.request_id OR new.agent <> old.agent OR new.at <> old.at
  OR new.journal_seq <> old.journal_seq OR (SELECT wiped_at FROM requests WHERE id = old.request_id) IS NULL
BEGIN SELECT RAISE(ABORT, 'a complement never changes'); END;

CREATE TABLE later_receipts (
  id TEXT PRIMARY KEY REFERENCES papers (id),
  request_id TEXT NOT NULL REFERENCES requests (id),
  rank INTEGER NOT NULL CHECK (rank > 0),
  command_id TEXT NOT NULL UNIQUE REFERENCES outbox (id),
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  last_day TEXT NOT NULL,
  UNIQUE (request_id, rank)
) STRICT;
INSERT INTO later_receipts SELECT id, request_id, rank, command_id, complete, last_day FROM reissues;
DROP TABLE reissues;
ALTER TABLE later_receipts RENAME TO reissues;
CREATE INDEX reissues_last_day ON reissues (last_day);
CREATE TRIGGER reissues_kept BEFORE DELETE ON reissues BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER reissues_fixed BEFORE UPDATE ON reissues BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
`

export const complements: Migration = { version: 23, name: 'complements', sql }
