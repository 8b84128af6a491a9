import type { Migration } from '../migrate.ts'

/** People are found however their name is accented or which Arabic letters were typed: `name_key` is made again. */
const sql = `
UPDATE identities SET name_key = name_key_folded(json_extract(kept, '$.familyName'), json_extract(kept, '$.givenNames'));
`

export const nameKeys: Migration = { version: 18, name: 'name-keys', sql }
