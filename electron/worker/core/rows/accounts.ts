import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Account } from '#shared/contract/platform.ts'
import { role } from '#shared/domain/roles.ts'
import { language, type Language } from '#shared/domain/text.ts'
import { accountKeyFile, type AccountKeyFile } from '../../keys/accountKey.ts'
import { deleteAccountCard } from './accountCards.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'
import { deleteOwnSettings } from '../../store/settings.ts'

/** An account and what was tried on it here. */
export interface StoredAccount extends Account {
  readonly cardRequired: boolean
  readonly wrongTries: number
  /** UTC instant. */
  readonly lockedUntil: string | undefined
  readonly lastSignInAt: string | undefined
  /** Its sign-in was ended at this counter. */
  readonly endedAt: string | undefined
  /** What its password opens, once it was used here; `verifier` is empty from then on. */
  readonly key: AccountKeyFile | undefined
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
  verifier_sha256: string | null
  account_key: string | null
  ended_at: string | null
  last_sign_in_at: string | null
  card_required: number
}

const accountOf = (row: Row): StoredAccount => ({
  login: row.login,
  name: row.name,
  code: row.code,
  roles: parsed(z.array(role), row.roles),
  language: language.parse(row.language),
  verifier: row.verifier,
  validUntil: row.valid_until,
  wrongTries: row.wrong_tries,
  lockedUntil: row.locked_until ?? undefined,
  lastSignInAt: row.last_sign_in_at ?? undefined,
  endedAt: row.ended_at ?? undefined,
  cardRequired: row.card_required === 1,
  key: row.account_key === null ? undefined : parsed(accountKeyFile, row.account_key),
})

/** The account of a login, if this counter knows it. */
export function findAccount(db: ReadHandle, login: string): StoredAccount | undefined {
  const row = db.get<Row>('SELECT * FROM accounts WHERE login = ?', [login])
  return row === undefined ? undefined : accountOf(row)
}

/** A login without regard to case, in one form. */
const plainLogin = (login: string): string => login.normalize('NFC').toLowerCase()

/**
 * The login that was meant by a typed one: as it is known here, whatever case it was typed in; where several differ by
 * their case alone, the one that was typed. Of a login that nobody has, one form for all its spellings, so that tries on
 * it are counted together.
 */
export function loginMeant(db: ReadHandle, typed: string): string {
  if (findAccount(db, typed) !== undefined) return typed
  const plain = plainLogin(typed)
  const alike = db
    .all<{ login: string }>('SELECT login FROM accounts')
    .filter(({ login }) => plainLogin(login) === plain)
  return alike.length > 1 ? typed : (alike[0]?.login ?? plain)
}

/** Every account that this counter knows, by login. */
export const allAccounts = (db: ReadHandle): readonly StoredAccount[] =>
  db.all<Row>('SELECT * FROM accounts ORDER BY login').map(accountOf)

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Whether the verifier of this account is the one that is known already. */
export function isVerifierOf(db: ReadHandle, { login, verifier }: Pick<Account, 'login' | 'verifier'>): boolean {
  const known = db.get<{ verifier: string; verifier_sha256: string | null }>(
    'SELECT verifier, verifier_sha256 FROM accounts WHERE login = ?',
    [login],
  )
  return known !== undefined && (known.verifier_sha256 === sha256(verifier) || known.verifier === verifier)
}

/**
 * Writes an account as the platform or the seed gives it; the tries counted here stay. The verifier that is already
 * known changes nothing:
 * what was ended stays ended until another one comes, and that one opens a new key.
 */
export function saveAccount(db: WriteHandle, account: Account): void {
  const digest = sha256(account.verifier)
  const known = db.get('SELECT 1 FROM accounts WHERE login = ?', [account.login]) !== undefined
  const same = isVerifierOf(db, account)
  db.run(
    `INSERT INTO accounts (login, name, code, roles, language, verifier, valid_until, card_required, verifier_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (login) DO UPDATE SET name = excluded.name, code = excluded.code, roles = excluded.roles, language = excluded.language,
      valid_until = excluded.valid_until, card_required = excluded.card_required`,
    [
      account.login,
      account.name,
      account.code,
      JSON.stringify(account.roles),
      account.language,
      account.verifier,
      account.validUntil,
      account.cardRequired === true ? 1 : 0,
      digest,
    ],
  )
  if (known && !same) {
    db.run(
      'UPDATE accounts SET verifier = ?, verifier_sha256 = ?, account_key = NULL, ended_at = NULL WHERE login = ?',
      [account.verifier, digest, account.login],
    )
  }
}

/** Whom somebody can sign in as, with the SHA-256 of the verifier that the account came with. */
export const standingVerifiers = (db: ReadHandle): readonly { readonly code: string; readonly digest: string }[] =>
  db
    .all<{ code: string; verifier: string; digest: string | null }>(
      'SELECT code, verifier, verifier_sha256 AS digest FROM accounts WHERE ended_at IS NULL ORDER BY code',
    )
    .map(({ code, verifier, digest }) => ({ code, digest: digest ?? sha256(verifier) }))

/** Takes an account away, its card and what it chose; its code stays in the acts. */
export function deleteAccount(db: WriteHandle, login: string): void {
  deleteAccountCard(db, login)
  deleteOwnSettings(db, login)
  db.run('DELETE FROM accounts WHERE login = ?', [login])
}

/** Remembers the tries on an account; `lockedUntil` is a UTC instant. */
export function saveTries(db: WriteHandle, login: string, wrongTries: number, lockedUntil: string | undefined): void {
  db.run('UPDATE accounts SET wrong_tries = ?, locked_until = ? WHERE login = ?', [
    wrongTries,
    lockedUntil ?? null,
    login,
  ])
}

/**
 * From now on the password opens this key, and nothing here tells any more whether a password is right but trying to
 * open it.
 */
export function saveAccountKey(
  db: WriteHandle,
  { login, verifier }: Pick<Account, 'login' | 'verifier'>,
  key: AccountKeyFile,
): void {
  db.run(`UPDATE accounts SET account_key = ?, verifier = '', verifier_sha256 = ? WHERE login = ?`, [
    JSON.stringify(key),
    sha256(verifier),
    login,
  ])
}

/** Remembers the last time that somebody signed in; a UTC instant. */
export function saveSignIn(db: WriteHandle, login: string, at: string): void {
  db.run('UPDATE accounts SET last_sign_in_at = ? WHERE login = ?', [at, login])
}

/** Ends the sign-in of an account here: what its password could open is gone, and what its person had chosen. */
export function endVerifier(
  db: WriteHandle,
  { login, verifier }: Pick<Account, 'login' | 'verifier'>,
  at: string,
): void {
  deleteOwnSettings(db, login)
  db.run(
    `UPDATE accounts SET account_key = NULL, verifier = '', verifier_sha256 = coalesce(verifier_sha256, ?), ended_at = ? WHERE login = ?`,
    [sha256(verifier), at, login],
  )
}

/** Remembers the language that a person chose. */
export function saveLanguage(db: WriteHandle, login: string, chosen: Language): void {
  db.run('UPDATE accounts SET language = ? WHERE login = ?', [chosen, login])
}

/** The codes of the people known here. */
export const accountCodes = (db: ReadHandle): readonly string[] =>
  db.all<{ code: string }>('SELECT code FROM accounts ORDER BY code').map((row) => row.code)
