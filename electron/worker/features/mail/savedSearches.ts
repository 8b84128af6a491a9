import { savedSearches, type SavedSearch } from '#shared/domain/mail/savedSearch.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { findSetting, ownSetting, saveSetting } from '../../store/settings.ts'

const settingOf = ({ view }: SignedIn): string => ownSetting(view.login, 'mail.searches')

/** The searches that somebody kept at this counter, each under its name. */
export const searchesOf = ({ store }: Pick<Context, 'store'>, who: SignedIn): readonly SavedSearch[] =>
  findSetting(store.db, settingOf(who), savedSearches) ?? []

/** Keeps the searches of somebody, in place of those before. Faults: those of `Tx`. */
export function keepSearches(
  { store }: Pick<Context, 'store'>,
  who: SignedIn,
  searches: readonly SavedSearch[],
): Result<Record<string, never>> {
  return store.tx((db) => {
    saveSetting(db, settingOf(who), searches)
    return ok({})
  })
}
