import type { Migration } from '../migrate.ts'

/**
 * One table of papers and one of print jobs. Until now a paper was a receipt, a corrected receipt or a closing, each
 * with four columns of its own, and a print job was of one of two tables.
 *
 * `papers`: `subject` is what the paper is about (the request of a receipt, the closing of a closing), `rank` counts
 * the papers that stand in the place of an earlier one (`replaces`), `number` is what people call it, `seal` is empty
 * where the kind has none, `template` is the version of the wording that its bytes were made with (nothing for papers
 * made before it was kept), `size` the medium. The bytes come once, later than the row; `wiped_at` says when its
 * personal part ended.
 * No byte is set anew: each PDF is a file under the hash that it always had, and waits with the other files to be moved out.
 * Ids, facts, seals, bytes, hashes and states are those of before: the id of a closing's paper is that of its closing.
 * The closing itself and what a correction decided stay in `closings` and `reissues`, without columns of paper.
 * `settings.printers`: one printer for each medium; the one chosen until now is that of both sheets.
 */
const sql = `
CREATE TABLE papers (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  number TEXT NOT NULL,
  rank INTEGER NOT NULL CHECK (rank >= 0),
  replaces TEXT REFERENCES papers (id),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  seal TEXT NOT NULL,
  template TEXT,
  size TEXT NOT NULL,
  made_at TEXT NOT NULL,
  file_sha256 TEXT REFERENCES files (sha256),
  wiped_at TEXT,
  UNIQUE (kind, subject, rank)
) STRICT;
CREATE INDEX papers_file ON papers (file_sha256) WHERE file_sha256 IS NOT NULL;
INSERT OR IGNORE INTO files (sha256, size, added_at)
  SELECT r.pdf_sha256, length(r.pdf), q.deposited_at FROM receipts r JOIN requests q ON q.id = r.request_id WHERE r.pdf IS NOT NULL
  UNION ALL SELECT c.pdf_sha256, length(c.pdf), p.at FROM reissues c JOIN repairs p ON p.command_id = c.command_id WHERE c.pdf IS NOT NULL
  UNION ALL SELECT pdf_sha256, length(pdf), closed_at FROM closings WHERE pdf IS NOT NULL;
INSERT OR IGNORE INTO staged_files (sha256, mime, bytes, added_at)
  SELECT r.pdf_sha256, 'application/pdf', r.pdf, q.deposited_at FROM receipts r JOIN requests q ON q.id = r.request_id WHERE r.pdf IS NOT NULL;
INSERT OR IGNORE INTO staged_files (sha256, mime, bytes, added_at)
  SELECT c.pdf_sha256, 'application/pdf', c.pdf, p.at FROM reissues c JOIN repairs p ON p.command_id = c.command_id WHERE c.pdf IS NOT NULL;
INSERT OR IGNORE INTO staged_files (sha256, mime, bytes, added_at)
  SELECT pdf_sha256, 'application/pdf', pdf, closed_at FROM closings WHERE pdf IS NOT NULL;
INSERT INTO papers (id, kind, subject, number, rank, facts, seal, size, made_at, file_sha256, wiped_at)
  SELECT r.id, 'receipt', r.request_id, q.number, 0, r.facts, r.seal, 'a5', q.deposited_at, r.pdf_sha256,
    CASE WHEN r.seal = '' THEN q.wiped_at END
  FROM receipts r JOIN requests q ON q.id = r.request_id ORDER BY q.journal_seq;
INSERT INTO papers (id, kind, subject, number, rank, replaces, facts, seal, size, made_at, file_sha256, wiped_at)
  SELECT c.id, 'receipt', c.request_id, q.number, c.rank,
    coalesce((SELECT b.id FROM reissues b WHERE b.request_id = c.request_id AND b.rank = c.rank - 1),
      (SELECT r.id FROM receipts r WHERE r.request_id = c.request_id)),
    c.facts, c.seal, 'a5', p.at, c.pdf_sha256, CASE WHEN c.seal = '' THEN q.wiped_at END
  FROM reissues c JOIN requests q ON q.id = c.request_id JOIN repairs p ON p.command_id = c.command_id
  ORDER BY c.request_id, c.rank;
INSERT INTO papers (id, kind, subject, number, rank, facts, seal, size, made_at, file_sha256)
  SELECT c.id, 'closing', c.id, c.day, c.ordinal - 1, json_object('facts', json(c.facts), 'hash', c.hash,
      'anchor', json(c.anchor),
      'authority', json((SELECT json_extract(value, '$.authority') FROM settings WHERE key = 'office')),
      'office', json((SELECT json_extract(value, '$.name') FROM settings WHERE key = 'office'))),
    '', 'a4', c.closed_at, c.pdf_sha256
  FROM closings c ORDER BY c.position;

CREATE TABLE jobs_of_papers (
  id TEXT PRIMARY KEY,
  paper_id TEXT NOT NULL REFERENCES papers (id),
  copy INTEGER NOT NULL CHECK (copy >= 0),
  mark TEXT CHECK (json_valid(mark)),
  medium TEXT NOT NULL,
  printer TEXT NOT NULL,
  spooler_job TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'sent', 'printing', 'blocked', 'printed', 'failed', 'unknown')),
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  message TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  ended_at TEXT,
  UNIQUE (paper_id, copy),
  CHECK (copy > 0 OR mark IS NULL)
) STRICT;
INSERT INTO jobs_of_papers (id, paper_id, copy, mark, medium, printer, spooler_job, state, reasons, message, queued_at, ended_at)
  SELECT id, coalesce(receipt_id, reissue_id), copy, mark, paper, printer, spooler_job, state, reasons, message, queued_at, ended_at
  FROM print_jobs;
INSERT INTO jobs_of_papers (id, paper_id, copy, mark, medium, printer, spooler_job, state, reasons, message, queued_at, ended_at)
  SELECT id, closing_id, copy, NULL, 'a4', printer, spooler_job, state, reasons, message, queued_at, ended_at FROM closing_jobs;
DROP TABLE print_jobs;
DROP TABLE closing_jobs;
ALTER TABLE jobs_of_papers RENAME TO print_jobs;
CREATE INDEX print_jobs_open ON print_jobs (state, queued_at);
CREATE INDEX print_jobs_queued ON print_jobs (queued_at, id);
CREATE INDEX print_jobs_unended ON print_jobs (id) WHERE ended_at IS NULL;
CREATE INDEX print_jobs_said ON print_jobs (ended_at) WHERE message <> '' OR json_extract(mark, '$.reason') <> '';

CREATE TABLE corrected (
  id TEXT PRIMARY KEY REFERENCES papers (id),
  request_id TEXT NOT NULL REFERENCES requests (id),
  rank INTEGER NOT NULL CHECK (rank > 0),
  command_id TEXT NOT NULL UNIQUE REFERENCES repairs (command_id),
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  last_day TEXT NOT NULL,
  UNIQUE (request_id, rank)
) STRICT;
INSERT INTO corrected SELECT id, request_id, rank, command_id, complete, last_day FROM reissues;
DROP TABLE reissues;
DROP TABLE receipts;
ALTER TABLE corrected RENAME TO reissues;
CREATE INDEX reissues_last_day ON reissues (last_day);
CREATE TRIGGER reissues_kept BEFORE DELETE ON reissues BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER reissues_fixed BEFORE UPDATE ON reissues BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;

CREATE TABLE closed_days (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE CHECK (position > 0),
  day TEXT NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  anchor TEXT NOT NULL CHECK (json_valid(anchor)),
  closed_at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  UNIQUE (day, ordinal)
) STRICT;
INSERT INTO closed_days SELECT id, position, day, ordinal, facts, hash, anchor, closed_at, journal_seq FROM closings;
CREATE TABLE reopened_days (
  command_id TEXT PRIMARY KEY,
  closing_id TEXT NOT NULL UNIQUE REFERENCES closed_days (id),
  reason TEXT NOT NULL,
  agent TEXT NOT NULL,
  witness TEXT NOT NULL,
  at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  CHECK (witness <> agent)
) STRICT;
INSERT INTO reopened_days SELECT command_id, closing_id, reason, agent, witness, at, journal_seq FROM reopenings;
DROP TABLE reopenings;
DROP TABLE closings;
ALTER TABLE closed_days RENAME TO closings;
ALTER TABLE reopened_days RENAME TO reopenings;
CREATE TRIGGER closings_fixed BEFORE UPDATE ON closings BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END;
CREATE TRIGGER closings_kept BEFORE DELETE ON closings BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER reopenings_fixed BEFORE UPDATE ON reopenings BEGIN SELECT RAISE(ABORT, 'a reopening never changes'); END;
CREATE TRIGGER reopenings_kept BEFORE DELETE ON reopenings BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;

CREATE TRIGGER papers_kept BEFORE DELETE ON papers BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER papers_fixed BEFORE UPDATE ON papers
WHEN NOT (new.id = old.id AND new.kind = old.kind AND new.subject = old.subject AND new.number = old.number AND new.rank = old.rank
  AND new.replaces IS old.replaces AND new.size = old.size AND new.made_at = old.made_at AND old.wiped_at IS NULL AND (
    -- its bytes come once
    (new.facts = old.facts AND new.seal = old.seal AND new.wiped_at IS NULL AND old.file_sha256 IS NULL AND new.file_sha256 IS NOT NULL)
    -- what they say of a person ends once, with the person's file
    OR (new.wiped_at IS NOT NULL AND new.seal = '' AND new.file_sha256 IS NULL AND new.template IS old.template
      AND (old.kind <> 'receipt' OR (SELECT wiped_at FROM requests WHERE id = old.subject) IS NOT NULL))))
BEGIN SELECT RAISE(ABORT, 'a paper never changes'); END;

INSERT INTO settings (key, value) SELECT 'printers', json_object('a4', json(value), 'a5', json(value)) FROM settings WHERE key = 'printer';
DELETE FROM settings WHERE key = 'printer';
`

export const papers: Migration = { version: 16, name: 'papers', sql }
