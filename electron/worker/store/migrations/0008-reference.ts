import type { Migration } from '../migrate.ts'

/**
 * Reference data of the feed beside sheets and accounts. Calendars of the seed move out of the settings; what an
 * earlier version parked
 * is asked for again, since this one reads it. Terms: `calendars` while they are current; `appointments` and
 * `mail_dispositions` until the
 * platform takes them back.
 */
const sql = `
CREATE TABLE calendars (
  key TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
INSERT INTO calendars (key, body)
  SELECT coalesce(json_extract(o.value, '$.calendars[' || c.key || ']'), 'calendar-' || c.key), c.value
  FROM settings s, json_each(s.value) c LEFT JOIN settings o ON o.key = 'office' WHERE s.key = 'calendars';
DELETE FROM settings WHERE key = 'calendars';

CREATE TABLE appointments (
  id TEXT PRIMARY KEY,
  starts_at TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX appointments_start ON appointments (starts_at);

CREATE TABLE mail_dispositions (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX mail_dispositions_number ON mail_dispositions (number);

UPDATE settings SET value = json_remove(value, '$.cursor') WHERE key = 'link' AND EXISTS (SELECT 1 FROM parked_changes);
DELETE FROM parked_changes;
`

export const reference: Migration = { version: 8, name: 'reference', sql }
