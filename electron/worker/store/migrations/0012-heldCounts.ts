import type { Migration } from '../migrate.ts'

/**
 * The table of retention counts what is held from these indexes alone: rows with whole acts and drafts in them are not
 * read for it.
 */
const sql = `
DROP INDEX outbox_answered;
CREATE INDEX outbox_answered ON outbox (answered_at, type, state, id) WHERE wiped_at IS NULL;
DROP INDEX requests_kept;
CREATE INDEX requests_kept ON requests (last_day || 'T00:00:00.000Z', command_id, id) WHERE wiped_at IS NULL;
`

export const heldCounts: Migration = { version: 12, name: 'held-counts', sql }
