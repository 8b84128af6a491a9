import type { Migration } from '../migrate.ts'

/**
 * The keyed hash of the public key that an agent's card signs with once its PIN was typed; it goes with its card, as
 * the rest of the binding.
 */
const sql = 'ALTER TABLE account_cards ADD COLUMN pin_key_mark TEXT CHECK (length(pin_key_mark) = 64);'

export const cardPins: Migration = { version: 10, name: 'card-pins', sql }
