import type { CardAccess } from '#shared/contract/cardEvents.ts'
import type { AccountView } from '#shared/contract/features/accounts/calls.ts'
import type { NoteKind } from '#shared/domain/closing/journalKind.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { deleteAccountCard, findAccountCard, findCardByMark, saveAccountCard } from '../../core/rows/accountCards.ts'
import { allAccounts, endVerifier, findAccount, saveTries, type StoredAccount } from '../../core/rows/accounts.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { readLink } from '../../outbox/rows/link.ts'
import { readLimits } from '../../store/settings.ts'
import { strengthOf, type AgentCards } from '../../core/desk/agentCards.ts'
import type { Context, SignedIn } from '../../core/context.ts'

const viewOf = (context: Context, account: StoredAccount): AccountView => {
  const {
    login,
    name,
    code,
    roles,
    language,
    wrongTries,
    lockedUntil,
    lastSignInAt,
    validUntil,
    endedAt,
    cardRequired,
  } = account
  const card = findAccountCard(context.store.db, login)
  const { lastSyncAt } = readLink(context.store.db)
  const offline =
    lastSyncAt === undefined
      ? undefined
      : new Date(Date.parse(lastSyncAt) + readLimits(context.store.db).verifierDays * 24 * 60 * 60_000).toISOString()
  return {
    login,
    name,
    code,
    roles,
    language,
    wrongTries,
    validUntil,
    cardRequired,
    ...(lockedUntil === undefined || Date.parse(lockedUntil) <= context.clock.now().getTime() ? {} : { lockedUntil }),
    ...(lastSignInAt === undefined ? {} : { lastSignInAt }),
    ...(offline === undefined ? {} : { offlineUntil: offline }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(card === undefined
      ? {}
      : { card: { strength: strengthOf(card), profile: card.profile, boundAt: card.boundAt, boundBy: card.boundBy } }),
  }
}

/** Every account known here, by login. */
export const listAccounts = (context: Context): readonly AccountView[] =>
  allAccounts(context.store.db).map((account) => viewOf(context, account))

/** One act on one account: its change and its link in the journal together. Faults: account.unknown, those of `Tx`. */
const act = (
  context: Context,
  who: SignedIn,
  login: string,
  kind: NoteKind,
  change: (db: WriteHandle, account: StoredAccount, at: string) => Result<Readonly<Record<string, string>>>,
): Result<AccountView> =>
  context.store.tx((db) => {
    const account = findAccount(db, login)
    if (account === undefined) return err(faultOf('account.unknown'))
    const moment = context.journal.moment()
    const body = change(db, account, moment.at)
    if (!body.ok) return body
    context.journal.append(db, { actor: who.code, kind, subject: account.code, body: body.value }, moment)
    return ok(viewOf(context, findAccount(db, login) ?? account))
  })

/** Lets an account try again after too many wrong passwords. Faults: account.unknown, those of `Tx`. */
export const unlockAccount = (context: Context, who: SignedIn, login: string): Result<AccountView> =>
  act(context, who, login, 'account.unlocked', (db) => {
    saveTries(db, login, 0, undefined)
    return ok({})
  })

/**
 * Nobody signs in with this account here until the platform sends another verifier. Faults: account.unknown, those of
 * `Tx`.
 */
export const endSignIn = (context: Context, who: SignedIn, login: string): Result<AccountView> =>
  act(context, who, login, 'account.ended', (db, account, at) => {
    endVerifier(db, account, at)
    return ok({})
  })

/**
 * Binds the card in a reader to an account, in the place of the one before. Faults: account.unknown, account.cardTaken
 * (bound to
 * another account), card.absent, those of reading it, of `AgentCards.pinKeyMark` where a PIN was typed, of `Tx`.
 */
export async function bindCard(
  context: Context,
  who: SignedIn,
  agentCards: Pick<AgentCards, 'seated' | 'pinKeyMark'>,
  order: {
    readonly login: string
    readonly reader?: string | undefined
    readonly access?: CardAccess | undefined
    readonly pin?: Uint8Array<ArrayBuffer> | 'pinpad' | undefined
  },
): Promise<Result<AccountView>> {
  const typed = order.pin === 'pinpad' ? undefined : order.pin
  const card = await agentCards.seated(order)
  if (!card.ok) {
    typed?.fill(0)
    return card
  }
  const { mark, keyMark, profile, reader } = card.value
  const proved = order.pin === undefined ? ok(undefined) : await agentCards.pinKeyMark(reader, typed)
  if (!proved.ok) return proved
  const pinKeyMark = proved.value
  return act(context, who, order.login, 'account.cardBound', (db, account, at) => {
    const other = findCardByMark(db, mark)
    if (other !== undefined && other.login !== account.login) return err(faultOf('account.cardTaken'))
    saveAccountCard(db, {
      login: account.login,
      mark,
      keyMark,
      pinKeyMark,
      profile,
      access: order.access,
      boundAt: at,
      boundBy: who.code,
    })
    return ok({ profile, strength: strengthOf({ keyMark, pinKeyMark }) })
  })
}

/** Takes the card of an account away. Faults: account.unknown, those of `Tx`. */
export const unbindCard = (context: Context, who: SignedIn, login: string): Result<AccountView> =>
  act(context, who, login, 'account.cardUnbound', (db) => {
    deleteAccountCard(db, login)
    return ok({})
  })
