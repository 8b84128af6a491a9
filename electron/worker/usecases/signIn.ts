import { hash, verify } from '@node-rs/argon2'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { argon2Cost } from '../keys/passphrase.ts'
import type { Happening } from '../journal/journal.ts'
import { findAccount, saveTries, type StoredAccount } from '../store/accounts.ts'
import type { WriteHandle } from '../store/handle.ts'
import { readLink } from '../store/outboxStore.ts'
import { readLimits } from '../store/settings.ts'
import type { Context, SignedIn } from './context.ts'

/** Wrong tries in a row before an account rests, and for how long, in milliseconds. */
export const mostTries = 5
export const lockOut = 5 * 60_000

interface Credentials {
  readonly login: string
  readonly password: string
}

/** Opens a session, without any network; every outcome is in the journal. Faults: those of `proveWho`. */
export async function signIn(context: Context, credentials: Credentials): Promise<Result<SignedIn>> {
  const proved = await proveWho(context, credentials)
  return proved.ok ? open(context, proved.value) : proved
}

/**
 * Whose login and password these are: the account's Argon2id verifier is in the register. A wrong try counts and is in the journal.
 * Faults: session.badCredentials (`values.left` tries), session.lockedOut (`values.minutes`), session.accountExpired.
 */
export async function proveWho(context: Context, { login, password }: Credentials): Promise<Result<StoredAccount>> {
  const account = findAccount(context.store.db, login)
  if (account === undefined) {
    // The same work as for a known login, so that the answer's time does not tell which logins exist.
    await hash(password, { memoryCost: argon2Cost.memoryKiB, timeCost: argon2Cost.passes, parallelism: argon2Cost.lanes })
    return refuseUnknown(context)
  }
  const waits = Date.parse(account.lockedUntil ?? '') - context.clock.now().getTime()
  if (waits > 0) return err(faultOf('session.lockedOut', undefined, { minutes: Math.ceil(waits / 60_000) }))
  const right = await verify(account.verifier, password)
  // Read again: other tries may have been counted while this one was computed.
  const fresh = findAccount(context.store.db, login) ?? account
  if (!right) return refuse(context, fresh)
  return expired(context, fresh) ? err(faultOf('session.accountExpired')) : ok(fresh)
}

/** In quarantine people are still let in and wrong tries count, but no link is added to a journal that lost some. */
const note = (context: Context, happening: Happening, write: (db: WriteHandle) => void): Result<{ readonly at: string }> => context.store.upkeep((db) => {
  write(db)
  const moment = context.journal.moment()
  if (context.store.barred() === undefined) context.journal.append(db, happening, moment)
  return ok({ at: moment.at })
})

/** Its own end has passed, or the platform was not heard for so long that it may have been withdrawn. */
const expired = ({ store, clock }: Context, account: StoredAccount): boolean => {
  const now = clock.now().getTime()
  const { lastSyncAt } = readLink(store.db)
  return Date.parse(account.validUntil) < now || (lastSyncAt !== undefined && now - Date.parse(lastSyncAt) > readLimits(store.db).verifierDays * 24 * 60 * 60_000)
}

const open = (context: Context, account: StoredAccount): Result<SignedIn> => {
  const { login, name, roles, language, code } = account
  const noted = note(context, { actor: code, kind: 'session.opened', subject: code, body: { roles } }, (db) => { saveTries(db, login, 0, undefined) })
  return noted.ok ? ok({ view: { login, name, roles, language, since: noted.value.at, idleMinutes: readLimits(context.store.db).idleMinutes }, code }) : noted
}

const refuse = (context: Context, account: StoredAccount): Result<never> => {
  const tries = account.wrongTries + 1
  const locked = tries >= mostTries
  const until = locked ? new Date(context.clock.now().getTime() + lockOut).toISOString() : undefined
  const happening = { actor: 'counter', kind: locked ? 'session.lockedOut' : 'session.refused', subject: account.code, body: { tries } }
  const counted = note(context, happening, (db) => { saveTries(db, account.login, locked ? 0 : tries, until) })
  if (!counted.ok) return counted
  return err(locked
    ? faultOf('session.lockedOut', undefined, { minutes: lockOut / 60_000 })
    : faultOf('session.badCredentials', undefined, { left: mostTries - tries }))
}

/** What was typed as a login is not kept: it is often a password. */
const refuseUnknown = (context: Context): Result<never> => {
  const counted = note(context, { actor: 'counter', kind: 'session.refused', subject: 'unknown', body: {} }, () => undefined)
  return counted.ok ? err(faultOf('session.badCredentials')) : counted
}
