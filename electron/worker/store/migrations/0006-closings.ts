import type { Migration } from '../migrate.ts'

/**
 * The closings of days with their papers, what two people reopened, and the heads of the journal that the platform put
 * its name to.
 * Nothing of it concerns a citizen; kept as long as the register, since it is what proves it.
 */
const sql = `
CREATE TABLE closings (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE CHECK (position > 0),
  day TEXT NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  anchor TEXT NOT NULL CHECK (json_valid(anchor)),
  closed_at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  pdf BLOB,
  pdf_sha256 TEXT CHECK (length(pdf_sha256) = 64),
  UNIQUE (day, ordinal),
  CHECK ((pdf IS NULL) = (pdf_sha256 IS NULL))
) STRICT;
CREATE TRIGGER closings_fixed BEFORE UPDATE OF id, position, day, ordinal, facts, hash, anchor, closed_at, journal_seq ON closings
BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END;
CREATE TRIGGER closings_paper_once BEFORE UPDATE OF pdf, pdf_sha256 ON closings WHEN old.pdf IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'paper is made once'); END;
CREATE TRIGGER closings_kept BEFORE DELETE ON closings BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;

CREATE TABLE reopenings (
  command_id TEXT PRIMARY KEY,
  closing_id TEXT NOT NULL UNIQUE REFERENCES closings (id),
  reason TEXT NOT NULL,
  agent TEXT NOT NULL,
  witness TEXT NOT NULL,
  at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  CHECK (witness <> agent)
) STRICT;
CREATE TRIGGER reopenings_fixed BEFORE UPDATE ON reopenings BEGIN SELECT RAISE(ABORT, 'a reopening never changes'); END;
CREATE TRIGGER reopenings_kept BEFORE DELETE ON reopenings BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;

CREATE TABLE closing_jobs (
  id TEXT PRIMARY KEY,
  closing_id TEXT NOT NULL REFERENCES closings (id),
  copy INTEGER NOT NULL CHECK (copy >= 0),
  printer TEXT NOT NULL,
  spooler_job TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'sent', 'printing', 'blocked', 'printed', 'failed', 'unknown')),
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  message TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  ended_at TEXT,
  UNIQUE (closing_id, copy)
) STRICT;
CREATE INDEX closing_jobs_open ON closing_jobs (state, queued_at);

CREATE TABLE heads (
  series INTEGER NOT NULL CHECK (series > 0),
  seq INTEGER NOT NULL CHECK (seq > 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  signed_at TEXT NOT NULL,
  log_size INTEGER NOT NULL CHECK (log_size >= 0),
  log_root TEXT NOT NULL CHECK (length(log_root) = 64),
  statement TEXT NOT NULL,
  PRIMARY KEY (series, seq)
) STRICT;
CREATE TRIGGER heads_kept BEFORE DELETE ON heads BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE INDEX journal_at ON journal (at);
`

export const closings: Migration = { version: 6, name: 'closings', sql }
