import { z } from 'zod'
import type { Session } from './database.ts'

/**
 * Plain tables that distributed PostgreSQL-like engines take too (sync.md §3): the counter comes first in every key,
 * no sequence, no trigger, no foreign key. Envelopes are `text`: a `\u0000` in JSON is lawful and jsonb refuses it.
 */
const statements = [
  `CREATE TABLE IF NOT EXISTS counter_state (
    counter_id text PRIMARY KEY, last_seq bigint NOT NULL, public_key text NOT NULL, kid text NOT NULL, enrolled_at timestamptz NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS enrolment_code (code text PRIMARY KEY, counter_id text NOT NULL, kid text NOT NULL)`,
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
  `CREATE TABLE IF NOT EXISTS attachment (
    counter_id text, sha256 text, size bigint NOT NULL, stored_at timestamptz, PRIMARY KEY (counter_id, sha256))`,
  `CREATE TABLE IF NOT EXISTS alarm (
    counter_id text, seq bigint, id text, sha256 text, received_at timestamptz NOT NULL, envelope text NOT NULL,
    PRIMARY KEY (counter_id, seq, id, sha256))`,
  `CREATE TABLE IF NOT EXISTS feed_state (feed text PRIMARY KEY, position bigint NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS reference (
    feed text, kind text, key text, position bigint NOT NULL, deleted boolean NOT NULL, body text, PRIMARY KEY (feed, kind, key))`,
  `ALTER TABLE reference ADD COLUMN IF NOT EXISTS office text`,
  `CREATE INDEX IF NOT EXISTS reference_by_position ON reference (feed, position)`,
]

const raced = z.object({ code: z.enum(['23505', '42P07', '42710']) })

/** Creates what is missing. Servers that start at once on one database meet here: IF NOT EXISTS does not look ahead, so it is asked again. */
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
