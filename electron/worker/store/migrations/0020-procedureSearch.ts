import type { Migration } from '../migrate.ts'

/**
 * Sheets are looked for by words: `procedure_entries` has the one that is offered of each code, the newest that was not
 * withdrawn. The index keeps no text of its own, and takes words apart at nothing but what TypeScript put between them.
 */
const sql = `
CREATE TABLE procedure_entries (
  id      INTEGER PRIMARY KEY,
  code    TEXT NOT NULL UNIQUE,
  version TEXT NOT NULL,
  titles  TEXT NOT NULL,
  FOREIGN KEY (code, version) REFERENCES procedures (code, version)
) STRICT;
CREATE VIRTUAL TABLE procedure_words USING fts5 (
  titles, words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
);
INSERT INTO procedure_entries (code, version, titles)
  SELECT code, version, procedure_titles(body) FROM (
    SELECT code, version, body, row_number() OVER (
      PARTITION BY code ORDER BY CAST(version AS INTEGER) DESC, CAST(substr(version, instr(version, '.') + 1) AS INTEGER) DESC
    ) AS place
    FROM procedures WHERE withdrawn = 0 AND body ->> '$.title.fr' IS NOT NULL
  ) WHERE place = 1 ORDER BY code;
INSERT INTO procedure_words (rowid, titles, words)
  SELECT e.id, e.titles, procedure_words_of(p.body)
  FROM procedure_entries e JOIN procedures p ON p.code = e.code AND p.version = e.version;
`

export const procedureSearch: Migration = { version: 20, name: 'procedure-search', sql }
