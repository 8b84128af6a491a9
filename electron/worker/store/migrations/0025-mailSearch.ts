import type { Migration } from '../migrate.ts'

/**
 * What narrows a search of letters, apart from the letters themselves: a common word is in hundreds of thousands of them,
 * and whether each is let through is asked of this index alone, of which a page holds seventy lines where it holds five
 * letters.
 */
const sql = `
CREATE INDEX letters_sifted ON letters (seq, level, register, state, service, day, due_on);
`

export const mailSearch: Migration = { version: 25, name: 'mail-search', sql }
