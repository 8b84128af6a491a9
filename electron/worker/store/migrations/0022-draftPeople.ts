import type { Migration } from '../migrate.ts'

/**
 * A draft belongs to the citizen for whom it was begun: `person` is the digest of what tells him from another one, `citizen`
 * his name. Those that are there already are nobody's.
 */
const sql = `
ALTER TABLE drafts ADD COLUMN person TEXT CHECK (length(person) = 64);
ALTER TABLE drafts ADD COLUMN citizen TEXT CHECK (citizen <> '');
`

export const draftPeople: Migration = { version: 22, name: 'draft-people', sql }
