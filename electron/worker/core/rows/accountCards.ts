import { cardAccess, type CardAccess } from '#shared/contract/cardEvents.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/** A card bound to an account, as keyed hashes: of what it says, and of the keys that it proved to hold. */
export interface AccountCard {
  readonly login: string
  readonly mark: string
  /** Absent for a card that proves no key: a copy of its data would pass. */
  readonly keyMark: string | undefined
  /** The key that it signs with once its PIN was typed; absent for a card that was bound without. */
  readonly pinKeyMark: string | undefined
  readonly profile: string
  /** Opens the chip at the next sign-in. */
  readonly access: CardAccess | undefined
  readonly boundAt: string
  /** The code of the administrator. */
  readonly boundBy: string
}

interface Row {
  login: string
  mark: string
  key_mark: string | null
  pin_key_mark: string | null
  profile: string
  access: string | null
  bound_at: string
  bound_by: string
}

const cardOf = (row: Row): AccountCard => ({
  login: row.login,
  mark: row.mark,
  keyMark: row.key_mark ?? undefined,
  pinKeyMark: row.pin_key_mark ?? undefined,
  profile: row.profile,
  access: row.access === null ? undefined : parsed(cardAccess, row.access),
  boundAt: row.bound_at,
  boundBy: row.bound_by,
})

/** The card of an account. */
export function findAccountCard(db: ReadHandle, login: string): AccountCard | undefined {
  const row = db.get<Row>('SELECT * FROM account_cards WHERE login = ?', [login])
  return row === undefined ? undefined : cardOf(row)
}

/** The bound card of a mark. */
export function findCardByMark(db: ReadHandle, mark: string): AccountCard | undefined {
  const row = db.get<Row>('SELECT * FROM account_cards WHERE mark = ?', [mark])
  return row === undefined ? undefined : cardOf(row)
}

/** Binds a card, in the place of the one before. */
export function saveAccountCard(db: WriteHandle, card: AccountCard): void {
  db.run(
    'INSERT OR REPLACE INTO account_cards (login, mark, key_mark, pin_key_mark, profile, access, bound_at, bound_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      card.login,
      card.mark,
      card.keyMark ?? null,
      card.pinKeyMark ?? null,
      card.profile,
      card.access === undefined ? null : JSON.stringify(card.access),
      card.boundAt,
      card.boundBy,
    ],
  )
}

/** Takes the card of an account away; whether there was one. */
export const deleteAccountCard = (db: WriteHandle, login: string): boolean =>
  db.run('DELETE FROM account_cards WHERE login = ?', [login]) > 0
