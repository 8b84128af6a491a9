import { z } from 'zod'
import { accessView, type AccessView, type PersonalRequestView } from '#shared/contract/features/personalData/calls.ts'
import type { Purpose } from '#shared/domain/identity/purpose.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { linksOfKinds, type JournalRow } from '../../journal/rows/journalRows.ts'
import { numberOfSubject } from '../../core/rows/requests.ts'
import { findPersonalRequest } from './answerPerson.ts'
import type { Context } from '../../core/context.ts'
import { accessKind } from '../../core/recordAccess.ts'

const accessBody = accessView
  .pick({ means: true, purpose: true, basis: true, reader: true, document: true })
  .extend({ clockBackMs: z.number().optional() })

/** A page of the access log, newest first; the register number where the access was to a stored file or receipt. */
export function listAccesses(
  { store }: Pick<Context, 'store'>,
  asked: { before?: number | undefined; purpose?: Purpose | undefined; actor?: string | undefined; limit: number },
): { accesses: AccessView[]; more: boolean } {
  const rows = linksOfKinds(store.db, [accessKind], {
    before: asked.before,
    actor: asked.actor,
    limit: asked.limit + 1,
    ...(asked.purpose === undefined ? {} : { body: { purpose: asked.purpose } }),
  })
  return { accesses: rows.slice(0, asked.limit).map((row) => accessOf(store.db, row)), more: rows.length > asked.limit }
}

const accessOf = (db: ReadHandle, { seq, at, actor, subject, body }: JournalRow): AccessView => {
  const { clockBackMs: _, ...said } = accessBody.parse(JSON.parse(body))
  const number = numberOfSubject(db, subject)
  return accessView.parse({ seq, at, actor, ...said, ...(number === undefined ? {} : { number }) })
}

/** What people asked for and how it was answered, newest first. */
export const listPersonalRequests = (context: Pick<Context, 'store'>, limit: number): readonly PersonalRequestView[] =>
  linksOfKinds(context.store.db, ['personalData.exported', 'personalData.erased'], { limit }).flatMap(
    (link) => findPersonalRequest(context, link.subject) ?? [],
  )
