import type { Migration } from '../migrate.ts'

/**
 * The register of one counter. Retention, table by table (law 09-08: no longer than the purpose needs):
 * accounts, procedures, settings: while they are current; requests, identities, receipts, journal, series, print_jobs:
 * the life of the register, until a retention rule of the administration wipes them by a use case; outbox: kept after
 * the answer,
 * since it proves what was sent; parked_changes: until a version of the program reads them; attachments: with their
 * request; drafts: until the deposit or the agent drops them.
 */
const sql = `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE counter_keys (
  kid TEXT PRIMARY KEY,
  private_pkcs8 BLOB NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
  login TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  language TEXT NOT NULL,
  verifier TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  wrong_tries INTEGER NOT NULL DEFAULT 0 CHECK (wrong_tries >= 0),
  locked_until TEXT
) STRICT;

CREATE TABLE procedures (
  code TEXT NOT NULL,
  version TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  PRIMARY KEY (code, version)
) STRICT;

CREATE TABLE parked_changes (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  at TEXT NOT NULL,
  hlc TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  prev TEXT NOT NULL CHECK (length(prev) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX journal_subject ON journal (subject, seq);
CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TABLE series (
  register TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= 0),
  PRIMARY KEY (register, year)
) STRICT;

CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  number TEXT NOT NULL UNIQUE,
  deposited_at TEXT NOT NULL,
  day TEXT NOT NULL,
  procedure TEXT NOT NULL,
  procedure_version TEXT NOT NULL,
  draft TEXT NOT NULL CHECK (json_valid(draft)),
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  last_day TEXT NOT NULL,
  agent TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
  UNIQUE (year, sequence),
  FOREIGN KEY (procedure, procedure_version) REFERENCES procedures (code, version)
) STRICT;
CREATE INDEX requests_day ON requests (day, sequence);
CREATE INDEX requests_last_day ON requests (last_day);

CREATE TABLE identities (
  request_id TEXT PRIMARY KEY REFERENCES requests (id),
  kept TEXT NOT NULL CHECK (json_valid(kept)),
  source TEXT NOT NULL CHECK (json_valid(source)),
  read_at TEXT NOT NULL
) STRICT;

CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL UNIQUE REFERENCES requests (id),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  seal TEXT NOT NULL,
  pdf BLOB,
  pdf_sha256 TEXT CHECK (length(pdf_sha256) = 64),
  CHECK ((pdf IS NULL) = (pdf_sha256 IS NULL))
) STRICT;
CREATE TRIGGER receipts_fixed BEFORE UPDATE OF id, request_id, facts, seal ON receipts
BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipts_paper_once BEFORE UPDATE OF pdf, pdf_sha256 ON receipts WHEN old.pdf IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'paper is made once'); END;

CREATE TABLE print_jobs (
  id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES receipts (id),
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
  CHECK ((copy = 0) = (mark IS NULL))
) STRICT;
CREATE INDEX print_jobs_open ON print_jobs (state, queued_at);

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  number TEXT,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  envelope TEXT NOT NULL CHECK (json_valid(envelope)),
  created_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'applied', 'rejected', 'conflict')),
  attempts INTEGER NOT NULL DEFAULT 0,
  last_attempt_at TEXT,
  answer TEXT,
  platform_number TEXT,
  fault TEXT CHECK (json_valid(fault)),
  answered_at TEXT
) STRICT;
CREATE INDEX outbox_state ON outbox (state, seq);
CREATE TRIGGER outbox_fixed BEFORE UPDATE OF seq, id, type, number, sha256, envelope, created_at ON outbox
BEGIN SELECT RAISE(ABORT, 'an act on its way never changes'); END;
CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;

CREATE TABLE attachments (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  mime TEXT NOT NULL,
  bytes BLOB NOT NULL,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE drafts (
  login TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  saved_at TEXT NOT NULL
) STRICT;
`

export const register: Migration = { version: 1, name: 'register', sql }
