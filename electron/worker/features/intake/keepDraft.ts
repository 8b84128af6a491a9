import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { draftCitizen } from '../../core/draftCitizen.ts'
import { deleteDraft, findDraft, saveDraft } from '../../core/rows/drafts.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/** What a window has of a draft: `revision` is that of the version it began from, 0 for a new one. */
export interface DraftOrder {
  readonly id: string
  readonly draft: RequestDraft
  readonly revision: number
  /** The window, a UUID: what it saved itself it may save over, also when the answer to that was lost. */
  readonly writer: string
  /** Who is at the desk: the draft is his from now on. Without him it stays whose it was. */
  readonly citizen?: IdentityView | undefined
}

/**
 * Keeps what the agent has filled in so far: durable when it returns, so that a power cut loses no keystroke. A version
 * made from an older one than another window has saved since is refused, and kept beside it as a draft of its own.
 * Fault: draft.changed (`kept`: the id under which this version is from now on, at revision 1).
 */
export function keepDraft(context: Context, who: SignedIn, order: DraftOrder): Result<{ revision: number }> {
  const key = { login: who.view.login, kind: 'request', id: order.id } as const
  const savedAt = context.clock.now().toISOString()
  const apart = context.newId()
  const kept = context.store.tx((db) => {
    const before = findDraft(db, key)
    const changed = before !== undefined && before.revision !== order.revision && before.writer !== order.writer
    const revision = changed ? 1 : (before?.revision ?? 0) + 1
    saveDraft(db, changed ? { ...key, id: apart } : key, {
      draft: order.draft,
      revision,
      writer: order.writer,
      savedAt,
      citizen: order.citizen === undefined ? before?.citizen : draftCitizen(order.citizen),
    })
    return ok({ changed, revision })
  })
  if (!kept.ok) return kept
  return kept.value.changed
    ? err(faultOf('draft.changed', undefined, { kept: apart }))
    : ok({ revision: kept.value.revision })
}

/** Drops one of the agent's drafts. Faults: those of `Tx`. */
export const discardDraft = (context: Context, who: SignedIn, id: string): Result<Record<string, never>> =>
  context.store.tx((db) => {
    deleteDraft(db, { login: who.view.login, kind: 'request', id })
    return ok({})
  })
