import type { Migration } from '../migrate.ts'

/**
 * What the citizen signed of the deposit with his card, with his certificate: kept, and wiped, with the rest of what is
 * known of him.
 */
const sql = 'ALTER TABLE identities ADD COLUMN signature TEXT CHECK (json_valid(signature));'

export const citizenSignatures: Migration = { version: 9, name: 'citizen-signatures', sql }
