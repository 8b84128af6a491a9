import type { Migration } from '../migrate.ts'

/**
 * What an act says lies apart from where it stands: each act that is sent is written twice more, and its row is short
 * now. An envelope may lose its
 * personal part before its act is marked as wiped, which happens once and after the answer; it never changes otherwise.
 * Kept as long as the outbox.
 */
const sql = `
CREATE TABLE envelopes (seq INTEGER PRIMARY KEY REFERENCES outbox (seq), envelope TEXT NOT NULL CHECK (json_valid(envelope))) STRICT;
INSERT INTO envelopes (seq, envelope) SELECT seq, envelope FROM outbox ORDER BY seq;
CREATE TRIGGER envelopes_kept BEFORE DELETE ON envelopes BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER envelopes_fixed BEFORE UPDATE ON envelopes
WHEN new.seq <> old.seq OR NOT EXISTS (SELECT 1 FROM outbox WHERE seq = old.seq AND state NOT IN ('pending', 'sending') AND wiped_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'an act on its way never changes'); END;

DROP TRIGGER outbox_fixed;
DROP INDEX outbox_request;
ALTER TABLE outbox DROP COLUMN envelope;
ALTER TABLE outbox ADD COLUMN request_id TEXT;
UPDATE outbox SET request_id = (SELECT json_extract(envelope, '$.data.requestId') FROM envelopes e WHERE e.seq = outbox.seq);
CREATE INDEX outbox_request ON outbox (request_id) WHERE wiped_at IS NULL;
CREATE TRIGGER outbox_fixed BEFORE UPDATE OF seq, id, type, number, sha256, created_at, request_id ON outbox
BEGIN SELECT RAISE(ABORT, 'an act on its way never changes'); END;
CREATE TRIGGER outbox_wiped_once BEFORE UPDATE OF wiped_at ON outbox WHEN old.wiped_at IS NOT NULL OR old.state IN ('pending', 'sending')
BEGIN SELECT RAISE(ABORT, 'an act on its way never changes'); END;
`

export const envelopes: Migration = { version: 13, name: 'envelopes', sql }
