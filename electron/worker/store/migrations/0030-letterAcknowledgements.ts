import type { Migration } from '../migrate.ts'

/**
 * Acknowledgements of departures that came back (accusés de réception): each departure has one, with the day that stands
 * on it; its scan is beside it in `letter_additions` under the same link. Terms: archives (law 69-99), as the letters.
 */
const sql = `
CREATE TABLE letter_acknowledgements (
  command_id  TEXT PRIMARY KEY REFERENCES outbox (id),
  letter_id   TEXT NOT NULL UNIQUE REFERENCES letters (id),
  signed_on   TEXT NOT NULL,
  agent       TEXT NOT NULL,
  at          TEXT NOT NULL,
  day         TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX letter_acknowledgements_day ON letter_acknowledgements (day);
CREATE TRIGGER letter_acknowledgements_kept BEFORE DELETE ON letter_acknowledgements
BEGIN SELECT RAISE(ABORT, 'nothing is dropped'); END;
CREATE TRIGGER letter_acknowledgements_fixed BEFORE UPDATE ON letter_acknowledgements
BEGIN SELECT RAISE(ABORT, 'an acknowledgement never changes'); END;
`

export const letterAcknowledgements: Migration = { version: 30, name: 'letter-acknowledgements', sql }
