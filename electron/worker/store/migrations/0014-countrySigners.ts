import type { Migration } from '../migrate.ts'

/**
 * The country signers that an administrator added, whole: in the encrypted register nobody slips one in beside the
 * program, they travel with its
 * copies, and each comes and goes with a link of the journal. Those that were installed with the program stay in their
 * folder.
 */
const sql = `
CREATE TABLE country_signers (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
  country TEXT NOT NULL,
  subject TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  der BLOB NOT NULL,
  file TEXT NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
`

export const countrySigners: Migration = { version: 14, name: 'country-signers', sql }
