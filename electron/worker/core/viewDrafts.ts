import type { DraftView, IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { Context, SignedIn } from './context.ts'
import { draftCitizen } from './draftCitizen.ts'
import { recordList } from './recordAccess.ts'
import { listDrafts } from './rows/drafts.ts'
import { knownProcedure } from './rows/procedures.ts'

/**
 * What the agent has begun, newest first, each by the title of its sheet and the citizen it was begun for; `own` are those
 * of the citizen who is at the desk. Names that cannot be entered in the access log are not told.
 */
export function viewDrafts(context: Context, who: SignedIn, atDesk?: IdentityView): DraftView[] {
  const person = atDesk === undefined ? undefined : draftCitizen(atDesk).person
  const drafts = listDrafts(context.store.db, { login: who.view.login, kind: 'request' })
  const named = drafts.filter(({ citizen }) => citizen !== undefined).map(({ id }) => id)
  const told = recordList(context, who, { purpose: 'deposit', subject: named[0] ?? '', shown: named }).ok
  return drafts.map(({ id, draft, savedAt, citizen }) => {
    const sheet = knownProcedure(context.store.db, draft.procedure, draft.procedureVersion)
    return {
      id,
      kind: 'request',
      savedAt,
      ...(sheet === undefined ? {} : { title: sheet.title }),
      received: draft.pieces.filter((piece) => piece.state === 'received').length,
      ...(citizen === undefined ? {} : { citizen: told ? citizen.name : '', own: citizen.person === person }),
    }
  })
}
