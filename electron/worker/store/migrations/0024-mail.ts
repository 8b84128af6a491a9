import type { Migration } from '../migrate.ts'

/**
 * The registers of the mail office. A line never changes but for where it stands (`state`, `service`, `due_on`, `holder`):
 * what is known of it later are rows of their own. `content` is the digest of the line that its link of the journal
 * states. The indexes keep no text of their own and take words apart at nothing but what TypeScript put between them;
 * `letter_codes` finds parts of numbers. Terms: archives (law 69-99).
 */
const sql = `
CREATE TABLE letters (
  seq           INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  command_id    TEXT NOT NULL UNIQUE REFERENCES outbox (id),
  register      TEXT NOT NULL CHECK (register IN ('arrival', 'departure', 'internal')),
  number        TEXT NOT NULL UNIQUE,
  day           TEXT NOT NULL,
  registered_at TEXT NOT NULL,
  late          INTEGER NOT NULL CHECK (late IN (0, 1)),
  level         INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
  body          TEXT NOT NULL CHECK (json_valid(body)),
  content       TEXT NOT NULL CHECK (length(content) = 64),
  sender_key    TEXT NOT NULL,
  reference_key TEXT NOT NULL,
  subject_key   TEXT NOT NULL,
  label         TEXT,
  answers       TEXT,
  agent         TEXT NOT NULL,
  state         TEXT NOT NULL DEFAULT 'registered'
    CHECK (state IN ('registered', 'routed', 'handedOver', 'answered', 'cancelled')),
  service       TEXT,
  due_on        TEXT,
  holder        TEXT,
  holder_since  TEXT,
  journal_seq   INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX letters_day ON letters (day, register);
CREATE INDEX letters_sender ON letters (sender_key, reference_key);
CREATE INDEX letters_label ON letters (label) WHERE label IS NOT NULL;
CREATE INDEX letters_answers ON letters (answers) WHERE answers IS NOT NULL;
CREATE INDEX letters_due ON letters (due_on) WHERE due_on IS NOT NULL AND state NOT IN ('answered', 'cancelled');
CREATE INDEX letters_unrouted ON letters (seq) WHERE state = 'registered' AND register = 'arrival';
CREATE TRIGGER letters_kept BEFORE DELETE ON letters BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER letters_fixed BEFORE UPDATE ON letters
WHEN new.id <> old.id OR new.command_id <> old.command_id OR new.number <> old.number OR new.day <> old.day
  OR new.body <> old.body OR new.content <> old.content OR new.level <> old.level OR new.agent <> old.agent
  OR new.registered_at <> old.registered_at OR new.journal_seq <> old.journal_seq OR new.register <> old.register
BEGIN SELECT RAISE(ABORT, 'a line never changes'); END;

CREATE VIRTUAL TABLE letter_words USING fts5 (
  words, scans, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
);
CREATE VIRTUAL TABLE letter_codes USING fts5 (codes, content = '', contentless_delete = 1, tokenize = 'trigram');

CREATE TABLE letter_files (
  letter_id TEXT NOT NULL REFERENCES letters (id),
  rank      INTEGER NOT NULL CHECK (rank > 0),
  sha256    TEXT NOT NULL,
  name      TEXT NOT NULL,
  mime      TEXT NOT NULL,
  PRIMARY KEY (letter_id, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_files_sha256 ON letter_files (sha256);

CREATE TABLE letter_cancellations (
  command_id  TEXT PRIMARY KEY REFERENCES outbox (id),
  letter_id   TEXT NOT NULL UNIQUE REFERENCES letters (id),
  reason      TEXT NOT NULL,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  day         TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX letter_cancellations_day ON letter_cancellations (day);

CREATE TABLE letter_routings (
  command_id  TEXT PRIMARY KEY REFERENCES outbox (id),
  letter_id   TEXT NOT NULL REFERENCES letters (id),
  body        TEXT NOT NULL CHECK (json_valid(body)),
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  day         TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX letter_routings_letter ON letter_routings (letter_id);
CREATE INDEX letter_routings_day ON letter_routings (day);

CREATE TABLE slips (
  id          TEXT PRIMARY KEY,
  command_id  TEXT NOT NULL UNIQUE REFERENCES outbox (id),
  rank        INTEGER NOT NULL UNIQUE CHECK (rank > 0),
  service     TEXT NOT NULL,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  received_by TEXT,
  received_at TEXT,
  receipt_id  TEXT UNIQUE REFERENCES outbox (id),
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX slips_open ON slips (rank) WHERE received_at IS NULL;

/* Where the paper went: by a slip, or back. */
CREATE TABLE letter_moves (
  letter_id   TEXT NOT NULL REFERENCES letters (id),
  at          TEXT NOT NULL,
  slip_id     TEXT REFERENCES slips (id),
  service     TEXT,
  agent       TEXT NOT NULL,
  journal_seq INTEGER NOT NULL REFERENCES journal (seq),
  PRIMARY KEY (letter_id, journal_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_moves_slip ON letter_moves (slip_id);

CREATE TABLE mail_closings (
  id          TEXT PRIMARY KEY REFERENCES outbox (id),
  position    INTEGER NOT NULL UNIQUE CHECK (position > 0),
  period      TEXT NOT NULL UNIQUE,
  facts       TEXT NOT NULL CHECK (json_valid(facts)),
  hash        TEXT NOT NULL CHECK (length(hash) = 64),
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE TRIGGER mail_closings_kept BEFORE DELETE ON mail_closings BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER mail_closings_fixed BEFORE UPDATE ON mail_closings BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END;

/* What a scan says, beside it and never in it; the register finds a letter by it. */
CREATE TABLE letter_texts (
  letter_id TEXT PRIMARY KEY REFERENCES letters (id),
  text      TEXT NOT NULL,
  read_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

/* Letters whose files nobody read yet. */
CREATE TABLE letters_unread (letter_id TEXT PRIMARY KEY REFERENCES letters (id)) STRICT, WITHOUT ROWID;

/* Lines of a register that was kept elsewhere before: beside ours, under their own numbers. */
CREATE TABLE mail_imports (
  id         TEXT PRIMARY KEY,
  at         TEXT NOT NULL,
  agent      TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  taken      INTEGER NOT NULL,
  after_seq  INTEGER NOT NULL,
  undone_at  TEXT
) STRICT;
CREATE TABLE old_letters (
  seq        INTEGER PRIMARY KEY,
  import_id  TEXT NOT NULL REFERENCES mail_imports (id),
  register   TEXT NOT NULL CHECK (register IN ('arrival', 'departure', 'internal')),
  number     TEXT NOT NULL,
  day        TEXT NOT NULL,
  body       TEXT NOT NULL CHECK (json_valid(body)),
  UNIQUE (register, number)
) STRICT;
CREATE INDEX old_letters_import ON old_letters (import_id);
CREATE INDEX old_letters_day ON old_letters (day);
CREATE VIRTUAL TABLE old_letter_words USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
);

CREATE TABLE correspondents (
  key    TEXT PRIMARY KEY,
  key_ar TEXT,
  body   TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX correspondents_ar ON correspondents (key_ar) WHERE key_ar IS NOT NULL;
`

export const mail: Migration = { version: 24, name: 'mail', sql }
