import type { RequestDraft } from '#shared/domain/request/request.ts'
import { ok, type Result } from '#shared/result.ts'
import { deleteDraft, saveDraft } from '../../core/rows/drafts.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/** Keeps what the agent has filled in so far: durable when it returns, so that a power cut loses no keystroke. */
export const keepDraft = (context: Context, who: SignedIn, draft: RequestDraft): Result<Record<string, never>> =>
  context.store.tx((db) => {
    saveDraft(db, who.view.login, draft, context.clock.now().toISOString())
    return ok({})
  })

/** Drops the agent's draft. */
export const discardDraft = (context: Context, who: SignedIn): Result<Record<string, never>> =>
  context.store.tx((db) => {
    deleteDraft(db, who.view.login)
    return ok({})
  })
