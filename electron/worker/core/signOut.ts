import { ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from './context.ts'

/** Ends a session in the journal. The caller wipes what memory holds of the citizen. */
export const signOut = (
  context: Pick<Context, 'store' | 'journal'>,
  who: SignedIn,
  kind: 'session.closed' | 'session.locked' = 'session.closed',
): Result<Record<string, never>> =>
  context.store.upkeep((db) => {
    if (context.store.readOnlyReason() !== undefined) return ok({})
    context.journal.append(db, { actor: who.code, kind, subject: who.code, body: {} })
    return ok({})
  })
