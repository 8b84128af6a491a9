import type { Migration } from '../migrate.ts'

/**
 * People are found however their name is put together, by their name in their own letters, and by a document number
 * however it is spaced: the keys are made, `name_key` again.
 */
const sql = `
ALTER TABLE identities ADD COLUMN native_key TEXT;
ALTER TABLE identities ADD COLUMN document_key TEXT;
UPDATE identities SET
  name_key = name_key_folded(json_extract(kept, '$.familyName'), json_extract(kept, '$.givenNames')),
  native_key = sought_key(json_extract(kept, '$.nativeName')),
  document_key = sought_key(json_extract(kept, '$.documentNumber'));
DROP INDEX identities_document;
CREATE INDEX identities_document ON identities (document_key) WHERE document_key IS NOT NULL;
CREATE INDEX identities_native ON identities (native_key) WHERE native_key IS NOT NULL;
`

export const soughtKeys: Migration = { version: 21, name: 'sought-keys', sql }
