import { z } from 'zod'
import type { Session } from './database.ts'

/**
 * Plain tables that distributed PostgreSQL-like engines take too: the counter comes first in every key,
 * no sequence, no trigger, no foreign key. Envelopes are `text`: a `\u0000` in JSON is lawful and jsonb refuses it.
 */
const statements = [
  `CREATE TABLE IF NOT EXISTS counter_state (
    counter_id text PRIMARY KEY, last_seq bigint NOT NULL, public_key text NOT NULL, kid text NOT NULL, enrolled_at timestamptz NOT NULL)`,
  `ALTER TABLE counter_state ADD COLUMN IF NOT EXISTS series bigint NOT NULL DEFAULT 1`,
  `CREATE TABLE IF NOT EXISTS device (
    counter_id text, kid text, public_key text NOT NULL, state text NOT NULL, asked_at timestamptz NOT NULL, approved_at timestamptz,
    revoked_at timestamptz, seen_at timestamptz, PRIMARY KEY (counter_id, kid))`,
  `CREATE UNIQUE INDEX IF NOT EXISTS device_with_series ON device (counter_id) WHERE state = 'approved'`,
  // Counters that were enrolled before there were devices.
  `INSERT INTO device (counter_id, kid, public_key, state, asked_at, approved_at)
   SELECT counter_id, kid, public_key, 'approved', enrolled_at, enrolled_at FROM counter_state ON CONFLICT DO NOTHING`,
  `ALTER TABLE device ADD COLUMN IF NOT EXISTS version text`,
  `CREATE TABLE IF NOT EXISTS setting (name text PRIMARY KEY, value text NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS one_time_code (
    counter_id text, code_hash text, expires_at timestamptz NOT NULL, kid text, PRIMARY KEY (counter_id, code_hash))`,
  `CREATE TABLE IF NOT EXISTS wrong_code (counter_id text, code_hash text, tried_at timestamptz, PRIMARY KEY (counter_id, code_hash, tried_at))`,
  `ALTER TABLE wrong_code ADD COLUMN IF NOT EXISTS kid text NOT NULL DEFAULT ''`,
  `CREATE INDEX IF NOT EXISTS wrong_code_by_age ON wrong_code (tried_at)`,
  `CREATE TABLE IF NOT EXISTS operator_decision (
    counter_id text, decided_at timestamptz, what text, subject text, PRIMARY KEY (counter_id, decided_at, what, subject))`,
  `CREATE TABLE IF NOT EXISTS seen_proof (kid text, jti text, seen_at timestamptz NOT NULL, PRIMARY KEY (kid, jti))`,
  `CREATE INDEX IF NOT EXISTS seen_proof_by_age ON seen_proof (seen_at)`,
  `CREATE TABLE IF NOT EXISTS command (
    counter_id text, seq bigint, id text NOT NULL, sha256 text NOT NULL, type text NOT NULL, status text NOT NULL, reason text,
    received_at timestamptz NOT NULL, envelope text NOT NULL, PRIMARY KEY (counter_id, seq), UNIQUE (counter_id, id))`,
  `CREATE TABLE IF NOT EXISTS deposit (
    counter_id text, number text, request_id text NOT NULL, procedure_code text NOT NULL, complete boolean NOT NULL, seq bigint NOT NULL,
    PRIMARY KEY (counter_id, number))`,
  `ALTER TABLE deposit ADD COLUMN IF NOT EXISTS standing text NOT NULL DEFAULT 'deposited'`,
  `ALTER TABLE deposit ADD COLUMN IF NOT EXISTS stamp text`,
  `CREATE INDEX IF NOT EXISTS deposit_by_stamp ON deposit (counter_id, stamp)`,
  `ALTER TABLE command ADD COLUMN IF NOT EXISTS code text`,
  `ALTER TABLE command ADD COLUMN IF NOT EXISTS field text`,
  `CREATE TABLE IF NOT EXISTS repair (
    counter_id text, seq bigint, act_id text NOT NULL, kind text NOT NULL, PRIMARY KEY (counter_id, seq))`,
  `CREATE INDEX IF NOT EXISTS repair_by_act ON repair (counter_id, act_id, seq)`,
  `CREATE TABLE IF NOT EXISTS complement (counter_id text, act_id text, seq bigint NOT NULL, PRIMARY KEY (counter_id, act_id))`,
  `CREATE TABLE IF NOT EXISTS letter (
    counter_id text, number text, letter_id text NOT NULL, register text NOT NULL, seq bigint NOT NULL, cancelled boolean NOT NULL,
    PRIMARY KEY (counter_id, number))`,
  `CREATE TABLE IF NOT EXISTS attachment (
    counter_id text, sha256 text, size bigint NOT NULL, stored_at timestamptz, PRIMARY KEY (counter_id, sha256))`,
  `CREATE TABLE IF NOT EXISTS alarm (
    counter_id text, seq bigint, id text, sha256 text, received_at timestamptz NOT NULL, envelope text NOT NULL,
    PRIMARY KEY (counter_id, seq, id, sha256))`,
  `ALTER TABLE command ADD COLUMN IF NOT EXISTS log_index bigint`,
  `CREATE INDEX IF NOT EXISTS command_log ON command (counter_id, log_index)`,
  `ALTER TABLE counter_state ADD COLUMN IF NOT EXISTS log_size bigint NOT NULL DEFAULT 0`,
  `CREATE TABLE IF NOT EXISTS log_node (counter_id text, node text, hash text NOT NULL, PRIMARY KEY (counter_id, node))`,
  `CREATE TABLE IF NOT EXISTS head (
    counter_id text, series bigint, seq bigint, hash text NOT NULL, signed_at timestamptz NOT NULL, statement text NOT NULL,
    PRIMARY KEY (counter_id, series, seq))`,
  `CREATE TABLE IF NOT EXISTS series_closed (counter_id text, opened bigint, seq bigint NOT NULL, PRIMARY KEY (counter_id, opened))`,
  `CREATE TABLE IF NOT EXISTS closing (
    counter_id text, seq bigint, day text NOT NULL, ordinal bigint NOT NULL, hash text NOT NULL, reopened boolean NOT NULL, PRIMARY KEY (counter_id, seq))`,
  `CREATE TABLE IF NOT EXISTS incident (
    counter_id text, kind text, seq bigint, detail text, raised_at timestamptz NOT NULL, PRIMARY KEY (counter_id, kind, seq, detail))`,
  `CREATE TABLE IF NOT EXISTS personal_request (
    counter_id text, id text, seq bigint NOT NULL, asked text NOT NULL, files text NOT NULL, PRIMARY KEY (counter_id, id))`,
  `CREATE TABLE IF NOT EXISTS personal_answer (
    counter_id text, request_id text, seq bigint NOT NULL, kind text NOT NULL, PRIMARY KEY (counter_id, request_id))`,
  `CREATE TABLE IF NOT EXISTS platform_secret (name text PRIMARY KEY, value text NOT NULL, made_at timestamptz NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS platform_key (ordinal bigint PRIMARY KEY, key text NOT NULL, made_at timestamptz NOT NULL, vouched text)`,
  `CREATE TABLE IF NOT EXISTS feed_state (feed text PRIMARY KEY, position bigint NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS reference (
    feed text, kind text, key text, position bigint NOT NULL, deleted boolean NOT NULL, body text, office text NOT NULL DEFAULT '',
    CONSTRAINT reference_by_office PRIMARY KEY (feed, kind, key, office))`,
  // Feeds from before a row could be of several offices; the unnamed office is that of all.
  `ALTER TABLE reference ADD COLUMN IF NOT EXISTS office text`,
  `UPDATE reference SET office = '' WHERE office IS NULL`,
  `ALTER TABLE reference ALTER COLUMN office SET DEFAULT ''`,
  `ALTER TABLE reference ALTER COLUMN office SET NOT NULL`,
  `ALTER TABLE reference DROP CONSTRAINT IF EXISTS reference_pkey`,
  `CREATE UNIQUE INDEX IF NOT EXISTS reference_by_office ON reference (feed, kind, key, office)`,
  `CREATE INDEX IF NOT EXISTS reference_by_position ON reference (feed, position)`,
  `CREATE TABLE IF NOT EXISTS reminder_wish (appointment_id text PRIMARY KEY, phone text NOT NULL, language text NOT NULL)`,
  // What was handed in to the national digital mail office: its line, where a counter registered it, and whether it was told.
  `CREATE TABLE IF NOT EXISTS digital_item (
    office text, id text, number text NOT NULL, body text NOT NULL, counter_id text, line text, received_on text,
    told_at timestamptz, PRIMARY KEY (office, id))`,
  `CREATE UNIQUE INDEX IF NOT EXISTS digital_item_by_number ON digital_item (office, number)`,
  `CREATE TABLE IF NOT EXISTS digital_file (office text, id text, sha256 text, content bytea NOT NULL, PRIMARY KEY (office, id, sha256))`,
  `CREATE TABLE IF NOT EXISTS reminder (appointment_id text, starts_at timestamptz, PRIMARY KEY (appointment_id, starts_at))`,
]

const raced = z.object({ code: z.enum(['23505', '42P07', '42710']) })

/**
 * Creates what is missing. Servers that start at once on one database meet here: IF NOT EXISTS does not look ahead, so
 * it is asked again.
 */
export async function createTables(session: Session): Promise<void> {
  for (const statement of statements) {
    for (let left = 5; ; left -= 1) {
      try {
        await session.query(statement)
        break
      } catch (cause) {
        if (left === 0 || !raced.safeParse(cause).success) throw cause
      }
    }
  }
}
