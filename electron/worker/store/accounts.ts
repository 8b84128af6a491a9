import { z } from 'zod'
import type { Account } from '#shared/contract/platform.ts'
import { role } from '#shared/domain/roles.ts'
import { language, type Language } from '#shared/domain/text.ts'
import type { ReadHandle, WriteHandle } from './handle.ts'
import { parsed } from './json.ts'

/** An account and what was tried on it here. */
export interface StoredAccount extends Account {
  readonly wrongTries: number
  /** UTC instant. */
  readonly lockedUntil: string | undefined
}

interface Row {
  login: string
  name: string
  code: string
  roles: string
  language: string
  verifier: string
  valid_until: string
  wrong_tries: number
  locked_until: string | null
}

/** The account of a login, if this counter knows it. */
export function findAccount(db: ReadHandle, login: string): StoredAccount | undefined {
  const row = db.get<Row>('SELECT * FROM accounts WHERE login = ?', [login])
  return row === undefined ? undefined : {
    login: row.login,
    name: row.name,
    code: row.code,
    roles: parsed(z.array(role), row.roles),
    language: language.parse(row.language),
    verifier: row.verifier,
    validUntil: row.valid_until,
    wrongTries: row.wrong_tries,
    lockedUntil: row.locked_until ?? undefined,
  }
}

/** Writes an account as the platform or the seed gives it; the tries counted here stay. */
export function saveAccount(db: WriteHandle, account: Account): void {
  db.run(`INSERT INTO accounts (login, name, code, roles, language, verifier, valid_until) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (login) DO UPDATE SET name = excluded.name, code = excluded.code, roles = excluded.roles, language = excluded.language,
      verifier = excluded.verifier, valid_until = excluded.valid_until`,
    [account.login, account.name, account.code, JSON.stringify(account.roles), account.language, account.verifier, account.validUntil])
}

/** Takes an account away; its code stays in the acts. */
export function deleteAccount(db: WriteHandle, login: string): void {
  db.run('DELETE FROM accounts WHERE login = ?', [login])
}

/** Remembers the tries on an account; `lockedUntil` is a UTC instant. */
export function saveTries(db: WriteHandle, login: string, wrongTries: number, lockedUntil: string | undefined): void {
  db.run('UPDATE accounts SET wrong_tries = ?, locked_until = ? WHERE login = ?', [wrongTries, lockedUntil ?? null, login])
}

/** Remembers the language that a person chose. */
export function saveLanguage(db: WriteHandle, login: string, chosen: Language): void {
  db.run('UPDATE accounts SET language = ? WHERE login = ?', [chosen, login])
}
