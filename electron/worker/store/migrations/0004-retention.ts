import type { Migration } from '../migrate.ts'

/**
 * Wiping what the law does not need any more (`shared/domain/retention.ts` has the term of every column): an act and a
 * receipt may lose
 * their personal part once, after they were settled, and nothing else of them may change. `journal_kind` is for the
 * access log.
 */
const sql = `
ALTER TABLE requests ADD COLUMN wiped_at TEXT;
ALTER TABLE outbox ADD COLUMN wiped_at TEXT;
CREATE INDEX journal_kind ON journal (kind, seq);

DROP TRIGGER receipts_fixed;
CREATE TRIGGER receipts_fixed BEFORE UPDATE OF id, request_id, facts, seal ON receipts
WHEN new.id <> old.id OR new.request_id <> old.request_id OR new.seal <> ''
  OR (SELECT wiped_at FROM requests WHERE id = old.request_id) IS NULL
BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
DROP TRIGGER receipts_paper_once;
CREATE TRIGGER receipts_paper_once BEFORE UPDATE OF pdf, pdf_sha256 ON receipts
WHEN (old.pdf IS NOT NULL AND new.pdf IS NOT NULL)
  OR (old.pdf IS NOT NULL AND (SELECT wiped_at FROM requests WHERE id = old.request_id) IS NULL)
  OR (new.pdf IS NOT NULL AND (SELECT wiped_at FROM requests WHERE id = old.request_id) IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'paper is made once'); END;

DROP TRIGGER outbox_fixed;
CREATE TRIGGER outbox_fixed BEFORE UPDATE OF seq, id, type, number, sha256, envelope, created_at ON outbox
WHEN NOT (old.state NOT IN ('pending', 'sending') AND old.wiped_at IS NULL AND new.wiped_at IS NOT NULL AND new.seq = old.seq AND new.id = old.id
  AND new.type = old.type AND new.number IS old.number AND new.sha256 = old.sha256 AND new.created_at = old.created_at)
BEGIN SELECT RAISE(ABORT, 'an act on its way never changes'); END;

DROP TRIGGER repairs_fixed;
CREATE TRIGGER repairs_fixed BEFORE UPDATE ON repairs
WHEN NOT (new.draft IS NULL AND new.command_id = old.command_id AND new.act_id = old.act_id AND new.kind = old.kind AND new.reason = old.reason
  AND new.agent = old.agent AND new.witness IS old.witness AND new.at = old.at AND new.journal_seq = old.journal_seq)
BEGIN SELECT RAISE(ABORT, 'a repair never changes'); END;
`

export const retention: Migration = { version: 4, name: 'retention', sql }
