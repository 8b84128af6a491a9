import { z } from 'zod'
import type { Account } from '#shared/contract/platform.ts'
import type { Json } from '#shared/domain/canonical.ts'
import { readJson } from '#shared/domain/readJson.ts'
import type { Journal } from '../../journal/journal.ts'
import { allAccounts, deleteAccount, findAccount, isVerifierOf, saveAccount } from '../../core/rows/accounts.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { standingQuarantine } from '../../store/quarantine.ts'
import { deleteSetting, findSetting, saveSetting } from '../../store/settings.ts'

/** The accounts of the feed, taken over in the transaction of their page. Each change of one is a link of the journal. */
export interface TakenAccounts {
  /** A feed is read from its beginning: whoever it does not name until its end leaves. */
  begin(): void
  take(account: Account): void
  withdraw(login: string): void
  /** A row that this version cannot read: whoever it may be about is named all the same. */
  parked(text: string): void
  end(): void
}

/** The logins that a feed named which is being read from its beginning; kept, for a cut in the middle of it. */
const namedSetting = 'feedAccounts'
const named = z.array(z.string())
const rowOfAccount = z.looseObject({ kind: z.literal('account'), key: z.string(), deleted: z.literal(false) })

/** @param db of the transaction */
export function takeAccounts(db: WriteHandle, journal: Journal): TakenAccounts {
  const tell = (
    kind: 'account.given' | 'account.changed' | 'account.withdrawn',
    code: string,
    body: Record<string, Json>,
  ) => {
    // No link is added to a journal that lost some.
    if (standingQuarantine(db) === undefined) journal.append(db, { actor: 'counter', kind, subject: code, body })
  }
  const name = (login: string): void => {
    const before = findSetting(db, namedSetting, named)
    if (before !== undefined && !before.includes(login)) saveSetting(db, namedSetting, [...before, login])
  }
  const withdraw = (login: string): void => {
    const known = findAccount(db, login)
    deleteAccount(db, login)
    if (known !== undefined) tell('account.withdrawn', known.code, {})
  }
  return {
    begin: () => {
      saveSetting(db, namedSetting, [])
    },
    take: (account) => {
      name(account.login)
      const known = findAccount(db, account.login)
      const sameVerifier = known !== undefined && isVerifierOf(db, account)
      saveAccount(db, account)
      const { code, roles, validUntil } = account
      if (known === undefined) {
        tell('account.given', code, { roles, validUntil })
        return
      }
      const changed = [
        ...(sameVerifier ? [] : ['password']),
        ...(known.roles.join() === roles.join() ? [] : ['roles']),
        ...(known.validUntil === validUntil ? [] : ['validUntil']),
        ...(known.cardRequired === (account.cardRequired ?? false) ? [] : ['card']),
        ...(known.name === account.name ? [] : ['name']),
        ...(known.code === code ? [] : ['code']),
      ]
      if (changed.length > 0) tell('account.changed', code, { changed, roles, validUntil })
    },
    withdraw,
    parked: (text) => {
      const row = rowOfAccount.safeParse(readJson(text))
      if (row.success) name(row.data.key)
    },
    end: () => {
      const all = findSetting(db, namedSetting, named)
      deleteSetting(db, namedSetting)
      // A platform that names nobody hands out no accounts: it does not lock everybody out.
      if (all === undefined || all.length === 0) return
      const kept = new Set(all)
      for (const { login } of allAccounts(db)) if (!kept.has(login)) withdraw(login)
    },
  }
}
