import type { KeyObject } from 'node:crypto'
import { day, minute } from '#shared/domain/clock/units.ts'
import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { makeAccountKey, openAccountKey, signOpening, type AccountKeyFile } from '../keys/accountKey.ts'
import { isRight, equalizeTiming } from './password.ts'
import type { JournalEntryInput } from '../journal/journal.ts'
import type { Moment } from '../journal/timekeeper.ts'
import { findAccountCard } from './rows/accountCards.ts'
import { findAccount, loginMeant, saveAccountKey, saveSignIn, saveTries, type StoredAccount } from './rows/accounts.ts'
import type { ReadHandle, WriteHandle } from '../store/handle.ts'
import { readLink } from '../outbox/rows/link.ts'
import { readLimits } from '../store/settings.ts'
import type { CardProof } from './cardProver.ts'
import { createOneAtATime, type OneAtATime } from './oneAtATime.ts'
import { aheadFault } from './clockRule.ts'
import type { CardPurpose } from './desk/cardPin.ts'
import type { Context, SignedIn } from './context.ts'

/** Wrong tries in a row before an account rests, and for how long, in milliseconds. */
export const mostTries = 5
export const lockOut = 5 * minute

type Purpose = Exclude<CardPurpose, 'bind'>
const wrongPin: readonly FaultCode[] = ['session.pinWrong', 'session.pinBlocked']
const suspect: readonly FaultCode[] = ['session.cardRefused', 'session.cardUnbound', ...wrongPin]

/** What somebody types to show who he is; `pin` of his card, ASCII digits, is overwritten whatever comes of it. */
export interface Credentials {
  readonly login: string
  readonly password: string
  readonly pin?: Uint8Array<ArrayBuffer> | undefined
}

/**
 * Somebody who showed the password, and the card where there is one: an account, and the key that only the password
 * opens.
 */
interface Proved {
  readonly account: StoredAccount
  readonly key: KeyObject
  /** Made just now, out of the verifier of the platform. */
  readonly made: AccountKeyFile | undefined
  readonly card: CardProof | undefined
}

/** Opens a session, without any network; every outcome is in the journal. Faults: those of `proveWho`. */
export async function signIn(context: Context, credentials: Credentials): Promise<Result<SignedIn>> {
  const proved = await prove(context, credentials, 'signIn')
  return proved.ok ? open(context, proved.value) : proved
}

/**
 * Whose login and password these are, and whose card where the account asks for one. A wrong try counts and is in the
 * journal.
 * Faults: session.badCredentials (`values.left` tries), session.lockedOut (`values.minutes`), session.accountExpired,
 * session.cardUnbound, and those of `AgentCards.prove`.
 */
export async function proveWho(context: Context, credentials: Credentials): Promise<Result<StoredAccount>> {
  const proved = await prove(context, credentials, 'second')
  if (!proved.ok) return proved
  const kept = keepKey(context, proved.value)
  return kept.ok ? ok(proved.value.account) : kept
}

/**
 * Proofs of each register, one at a time for each login: a burst of tries is counted try by try, and whoever waits
 * meets the lock that the ones before him earned.
 */
const proofs = new WeakMap<ReadHandle, OneAtATime>()
const proofsOf = (db: ReadHandle): OneAtATime => {
  const known = proofs.get(db) ?? createOneAtATime()
  proofs.set(db, known)
  return known
}

const prove = async (context: Context, typed: Credentials, purpose: Purpose): Promise<Result<Proved>> => {
  const credentials = { ...typed, login: loginMeant(context.store.db, typed.login) }
  try {
    return await proofsOf(context.store.db)(credentials.login, () => proveAll(context, credentials, purpose))
  } finally {
    credentials.pin?.fill(0)
  }
}

const proveAll = async (
  context: Context,
  { login, password, pin }: Credentials,
  purpose: Purpose,
): Promise<Result<Proved>> => {
  const account = findAccount(context.store.db, login)
  if (account === undefined) {
    const resting = lockOf(context, strangerOf(context, login))
    if (!resting.ok) return resting
    // The same work as for a known login, so that the answer's time does not tell which logins exist.
    await equalizeTiming(password)
    return refuseUnknown(context, login)
  }
  const locked = lockOf(context, account)
  if (!locked.ok) return locked
  // The card first: without it the password is not tried, so that nobody learns whether he had it right.
  const card = await cardOf(context, account, purpose, pin)
  // Read again there: what was counted while the card was asked counts.
  if (!card.ok) return refuseCard(context, findAccount(context.store.db, login) ?? account, card.fault)
  const opened = await openKey(account, password)
  // Read again: other tries may have been counted while this one was computed.
  const fresh = findAccount(context.store.db, login)
  if (fresh === undefined) return refuseUnknown(context, login)
  const lockedSince = lockOf(context, fresh)
  if (!lockedSince.ok) return lockedSince
  if (opened === undefined) return refuse(context, fresh)
  if (until(context, fresh) < context.clock.now().getTime()) {
    // By a clock that stands ahead every account has ended.
    const doubt = context.journal.clockDoubt()
    return err(doubt?.kind === 'ahead' ? aheadFault(doubt.ms) : faultOf('session.accountExpired'))
  }
  return ok({ account: fresh, ...opened, card: card.value })
}

/** What was tried on a login. */
type Tried = Pick<StoredAccount, 'login' | 'wrongTries' | 'lockedUntil'>

/** Logins that nobody has are counted too, so that the answers do not tell which ones there are; the oldest are forgotten. */
const strangers = new WeakMap<ReadHandle, Map<string, Tried>>()
const mostStrangers = 1000
const strangersOf = (db: ReadHandle): Map<string, Tried> => {
  const known = strangers.get(db) ?? new Map<string, Tried>()
  strangers.set(db, known)
  return known
}
const strangerOf = ({ store: { db } }: Context, login: string): Tried =>
  strangersOf(db).get(login) ?? { login, wrongTries: 0, lockedUntil: undefined }

/**
 * Whether an account rests. A lock that ends later than a lock can was written by a clock that stood ahead: it is
 * shortened to a whole one from now. Faults: session.lockedOut (`values.minutes`), those of `Tx`.
 */
const lockOf = ({ store, clock }: Context, account: Tried): Result<void> => {
  const waits = Date.parse(account.lockedUntil ?? '') - clock.now().getTime()
  if (!(waits > 0)) return ok(undefined)
  if (waits > lockOut) {
    const shortened = store.upkeep((db) => {
      saveTries(db, account.login, account.wrongTries, new Date(clock.now().getTime() + lockOut).toISOString())
      return ok(undefined)
    })
    if (!shortened.ok) return shortened
  }
  return err(faultOf('session.lockedOut', undefined, { minutes: Math.ceil(Math.min(waits, lockOut) / minute) }))
}

/**
 * The card is asked for where the account says so; where it merely is there it counts too, and what was typed for it
 * has to be right.
 */
const cardOf = async (
  context: Context,
  account: StoredAccount,
  purpose: Purpose,
  pin: Credentials['pin'],
): Promise<Result<CardProof | undefined>> => {
  if (!account.cardRequired && findAccountCard(context.store.db, account.login) === undefined) return ok(undefined)
  const proved = await (context.agentCards?.prove(account.login, purpose, pin) ?? err(faultOf('session.cardAbsent')))
  return proved.ok || account.cardRequired || wrongPin.includes(proved.fault.code) ? proved : ok(undefined)
}

/**
 * What the password opens: its own key, or the first time here the verifier that the platform sent, from which the key
 * is made.
 */
const openKey = async (account: StoredAccount, password: string): Promise<Pick<Proved, 'key' | 'made'> | undefined> => {
  if (account.key !== undefined) {
    const key = await openAccountKey(account.key, password)
    return key.ok ? { key: key.value, made: undefined } : undefined
  }
  // An ended account has no verifier: the same work, and no.
  const right = account.verifier === '' ? await equalizeTiming(password) : await isRight(account.verifier, password)
  if (!right) return undefined
  const { file, privateKey } = await makeAccountKey(password)
  return { key: privateKey, made: file }
}
/** In quarantine people are still let in and wrong tries count, but no link is added to a journal that lost some. */
const note = (
  context: Context,
  happening: (moment: Moment) => JournalEntryInput,
  write: (db: WriteHandle, at: string) => void,
): Result<{ readonly at: string }> =>
  context.store.upkeep((db) => {
    const moment = context.journal.moment()
    write(db, moment.at)
    if (context.store.readOnlyReason() === undefined) context.journal.append(db, happening(moment), moment)
    return ok({ at: moment.at })
  })

/**
 * When an account ends here: its own end, or when the platform was not heard for so long that it may have been
 * withdrawn; milliseconds.
 */
export function until({ store }: Pick<Context, 'store'>, account: Pick<StoredAccount, 'validUntil'>): number {
  const { lastSyncAt } = readLink(store.db)
  const own = Date.parse(account.validUntil)
  return lastSyncAt === undefined
    ? own
    : Math.min(own, Date.parse(lastSyncAt) + readLimits(store.db).verifierDays * day)
}

/**
 * The public half goes into the journal before anything is signed with the other; in quarantine there is no journal,
 * and the key is made again later.
 */
const keepKey = (context: Context, { account, made }: Proved): Result<unknown> =>
  made === undefined || context.store.readOnlyReason() !== undefined
    ? ok({})
    : note(
        context,
        () => ({
          actor: account.code,
          kind: 'account.keyMade',
          subject: account.code,
          body: { publicKey: made.publicKey },
        }),
        (db) => {
          saveAccountKey(db, account, made)
        },
      )

const open = (context: Context, proved: Proved): Result<SignedIn> => {
  const { account, card, key } = proved
  const { login, name, roles, language, code } = account
  const kept = keepKey(context, proved)
  if (!kept.ok) return kept
  const noted = note(
    context,
    ({ hlc }) => ({
      actor: code,
      kind: 'session.opened',
      subject: code,
      body: {
        roles,
        ...(card === undefined ? {} : { card: card.strength }),
        signature: signOpening({ counter: context.counter, code, hlc }, key),
      },
    }),
    (db, at) => {
      saveTries(db, login, 0, undefined)
      saveSignIn(db, login, at)
    },
  )
  if (!noted.ok) return noted
  const view = {
    login,
    name,
    roles,
    language,
    since: noted.value.at,
    idleMinutes: readLimits(context.store.db).idleMinutes,
    ...(card === undefined ? {} : { card: card.strength }),
  }
  return ok({ view, code, ...(card === undefined ? {} : { cardReader: card.reader }) })
}

/** One wrong try more: how many they are in a row, and until when the login rests. A wrong try never ends a lock. */
const oneMore = ({ clock }: Context, account: Tried): Tried & { readonly locked: boolean; readonly tries: number } => {
  const tries = account.wrongTries + 1
  const locked = tries >= mostTries
  const lockedUntil = locked ? new Date(clock.now().getTime() + lockOut).toISOString() : account.lockedUntil
  return { login: account.login, tries, locked, wrongTries: locked ? 0 : tries, lockedUntil }
}
const lockedOut = (): Result<never> => err(faultOf('session.lockedOut', undefined, { minutes: lockOut / minute }))
const badCredentials = (tries: number): Result<never> =>
  err(faultOf('session.badCredentials', undefined, { left: mostTries - tries }))

/** `why`: it was the PIN of his card that was wrong, which is counted with the passwords. */
const refuse = (context: Context, account: StoredAccount, why?: Fault): Result<never> => {
  const { tries, locked, wrongTries, lockedUntil } = oneMore(context, account)
  const counted = note(
    context,
    () => ({
      actor: 'counter',
      kind: locked ? 'session.lockedOut' : why === undefined ? 'session.refused' : 'session.cardRefused',
      subject: account.code,
      body: { tries, ...(why === undefined ? {} : { why: why.code }) },
    }),
    (db) => {
      saveTries(db, account.login, wrongTries, lockedUntil)
    },
  )
  if (!counted.ok) return counted
  if (locked) return lockedOut()
  return why === undefined ? badCredentials(tries) : err(why)
}

/** A card that is not there was only forgotten, as a PIN that was not typed; what is not right is worth a line. */
const refuseCard = (context: Context, account: StoredAccount, why: Fault): Result<never> => {
  if (why.code === 'session.pinWrong') return refuse(context, account, why)
  if (!suspect.includes(why.code)) return err(why)
  const noted = note(
    context,
    () => ({ actor: 'counter', kind: 'session.cardRefused', subject: account.code, body: { why: why.code } }),
    () => undefined,
  )
  return noted.ok ? err(why) : noted
}

/** What was typed as a login is not kept on the disk: it is often a password. */
const refuseUnknown = (context: Context, login: string): Result<never> => {
  const { tries, locked, wrongTries, lockedUntil } = oneMore(context, strangerOf(context, login))
  const counted = note(
    context,
    () => ({ actor: 'counter', kind: 'session.refused', subject: 'unknown', body: {} }),
    () => undefined,
  )
  if (!counted.ok) return counted
  const all = strangersOf(context.store.db)
  all.delete(login)
  all.set(login, { login, wrongTries, lockedUntil })
  for (const oldest of all.keys()) {
    if (all.size <= mostStrangers) break
    all.delete(oldest)
  }
  return locked ? lockedOut() : badCredentials(tries)
}
