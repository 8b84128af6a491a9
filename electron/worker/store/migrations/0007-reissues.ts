import type { Migration } from '../migrate.ts'

/**
 * Why the platform refused an act, as its code; and the papers of corrections. `reissues` holds receipts that replace
 * an earlier one under the
 * same number: `rank` 1 replaces the receipt of the deposit, the next one that. Nothing of an earlier paper changes. A
 * print job is of
 * either kind. Terms as those of `receipts`; `refusals`: as long as the outbox.
 */
const sql = `
CREATE TABLE refusals (
  seq INTEGER PRIMARY KEY REFERENCES outbox (seq),
  code TEXT NOT NULL,
  field TEXT
) STRICT;

CREATE TABLE reissues (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES requests (id),
  rank INTEGER NOT NULL CHECK (rank > 0),
  command_id TEXT NOT NULL UNIQUE REFERENCES repairs (command_id),
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  last_day TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  seal TEXT NOT NULL,
  pdf BLOB,
  pdf_sha256 TEXT CHECK (length(pdf_sha256) = 64),
  UNIQUE (request_id, rank),
  CHECK ((pdf IS NULL) = (pdf_sha256 IS NULL))
) STRICT;
CREATE INDEX reissues_last_day ON reissues (last_day);
CREATE TRIGGER reissues_kept BEFORE DELETE ON reissues BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER reissues_fixed BEFORE UPDATE OF id, request_id, rank, command_id, complete, last_day, facts, seal ON reissues
WHEN new.id <> old.id OR new.request_id <> old.request_id OR new.rank <> old.rank OR new.command_id <> old.command_id OR new.seal <> ''
  OR (SELECT wiped_at FROM requests WHERE id = old.request_id) IS NULL
BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER reissues_paper_once BEFORE UPDATE OF pdf, pdf_sha256 ON reissues
WHEN (old.pdf IS NOT NULL AND new.pdf IS NOT NULL)
  OR (old.pdf IS NOT NULL AND (SELECT wiped_at FROM requests WHERE id = old.request_id) IS NULL)
  OR (new.pdf IS NOT NULL AND (SELECT wiped_at FROM requests WHERE id = old.request_id) IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'paper is made once'); END;

CREATE TABLE jobs_of_papers (
  id TEXT PRIMARY KEY,
  receipt_id TEXT REFERENCES receipts (id),
  reissue_id TEXT REFERENCES reissues (id),
  copy INTEGER NOT NULL CHECK (copy >= 0),
  mark TEXT CHECK (json_valid(mark)),
  paper TEXT NOT NULL,
  printer TEXT NOT NULL,
  spooler_job TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'sent', 'printing', 'blocked', 'printed', 'failed', 'unknown')),
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  message TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  ended_at TEXT,
  UNIQUE (receipt_id, copy),
  UNIQUE (reissue_id, copy),
  CHECK ((receipt_id IS NULL) <> (reissue_id IS NULL)),
  CHECK ((copy = 0) = (mark IS NULL))
) STRICT;
INSERT INTO jobs_of_papers (id, receipt_id, copy, mark, paper, printer, spooler_job, state, reasons, message, queued_at, ended_at)
  SELECT id, receipt_id, copy, mark, paper, printer, spooler_job, state, reasons, message, queued_at, ended_at FROM print_jobs;
DROP TABLE print_jobs;
ALTER TABLE jobs_of_papers RENAME TO print_jobs;
CREATE INDEX print_jobs_open ON print_jobs (state, queued_at);
`

export const reissues: Migration = { version: 7, name: 'reissues', sql }
