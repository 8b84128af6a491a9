import type { Migration } from '../migrate.ts'

/**
 * What opens an account here, and the card bound to it. `verifier` is what the platform sent, until the first right
 * password turned it into
 * `account_key`: a signing key wrapped by the password; `verifier_sha256` recognises the same verifier when it is sent
 * again. A card is kept
 * as keyed hashes; `access` opens its chip. Cards go with their account, by the administrator's act, or with a
 * tombstone.
 * The index over documents finds the earlier deposits of a returning citizen; what retention takes from `kept` leaves
 * it too.
 */
const sql = `
ALTER TABLE accounts ADD COLUMN verifier_sha256 TEXT;
ALTER TABLE accounts ADD COLUMN account_key TEXT CHECK (json_valid(account_key));
ALTER TABLE accounts ADD COLUMN ended_at TEXT;
ALTER TABLE accounts ADD COLUMN last_sign_in_at TEXT;
ALTER TABLE accounts ADD COLUMN card_required INTEGER NOT NULL DEFAULT 0 CHECK (card_required IN (0, 1));

CREATE TABLE account_cards (
  login TEXT PRIMARY KEY REFERENCES accounts (login),
  mark TEXT NOT NULL UNIQUE CHECK (length(mark) = 64),
  key_mark TEXT CHECK (length(key_mark) = 64),
  profile TEXT NOT NULL,
  access TEXT CHECK (json_valid(access)),
  bound_at TEXT NOT NULL,
  bound_by TEXT NOT NULL
) STRICT;

CREATE INDEX identities_document ON identities (json_extract(kept, '$.documentNumber'));
`

export const agentCards: Migration = { version: 5, name: 'agent-cards', sql }
