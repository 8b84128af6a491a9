import type { Language } from '#shared/domain/text.ts'
import { ok, type Result } from '#shared/result.ts'
import { saveLanguage } from '../../core/rows/accounts.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/** Keeps the language of a person's screens; returns the session as it is now. */
export const chooseLanguage = (context: Context, who: SignedIn, language: Language): Result<SignedIn> =>
  context.store.tx((db) => {
    saveLanguage(db, who.view.login, language)
    return ok({ ...who, view: { ...who.view, language } })
  })
