import type { Migration } from '../migrate.ts'

/**
 * What a register of a million lines needs so that a day costs what it cost in the first week: the terms of retention
 * by the instant from which
 * they run, the acts of a request, people by their folded name, papers in the order of their queueing. `name_key` goes
 * with its row.
 */
const sql = `
ALTER TABLE identities ADD COLUMN name_key TEXT;
UPDATE identities SET name_key = name_key_of(json_extract(kept, '$.familyName'), json_extract(kept, '$.givenNames'));
CREATE INDEX identities_name ON identities (name_key);

CREATE INDEX requests_kept ON requests (last_day || 'T00:00:00.000Z') WHERE wiped_at IS NULL;
CREATE INDEX outbox_answered ON outbox (answered_at) WHERE wiped_at IS NULL;
CREATE INDEX outbox_request ON outbox (json_extract(envelope, '$.data.requestId')) WHERE wiped_at IS NULL;
CREATE INDEX uploads_act ON uploads (seq);

CREATE INDEX print_jobs_queued ON print_jobs (queued_at, id);
CREATE INDEX print_jobs_unended ON print_jobs (id) WHERE ended_at IS NULL;
CREATE INDEX print_jobs_said ON print_jobs (ended_at) WHERE message <> '' OR json_extract(mark, '$.reason') <> '';
`

export const growth: Migration = { version: 11, name: 'growth', sql }
