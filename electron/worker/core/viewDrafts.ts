import type { DraftView } from '#shared/contract/features/intake/calls.ts'
import type { Context, SignedIn } from './context.ts'
import { listDrafts } from './rows/drafts.ts'
import { knownProcedure } from './rows/procedures.ts'

/** What the agent has begun, newest first, each by the title of its sheet. */
export const viewDrafts = (context: Context, who: SignedIn): DraftView[] =>
  listDrafts(context.store.db, { login: who.view.login, kind: 'request' }).map(({ id, draft, savedAt }) => {
    const sheet = knownProcedure(context.store.db, draft.procedure, draft.procedureVersion)
    return {
      id,
      kind: 'request',
      savedAt,
      ...(sheet === undefined ? {} : { title: sheet.title }),
      received: draft.pieces.filter((piece) => piece.state === 'received').length,
    }
  })
