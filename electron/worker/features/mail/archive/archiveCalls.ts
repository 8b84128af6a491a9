import type { archiveCalls as calls } from '#shared/contract/features/mail/archive/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { PaperId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import type { Answers } from '../../../core/caller.ts'
import type { HandlerContext } from '../../../core/handlerContext.ts'
import { newestPaper } from '../../../papers/rows/papers.ts'
import { decideList, visibleList } from './decideList.ts'
import { destroyList } from './destroyList.ts'
import { classifyLetter, holdLetter, releaseLetter } from './keepLetter.ts'
import { makeList } from './makeList.ts'
import { viewArchive } from './viewArchive.ts'

/** Answers of the archive: ages, lists, what was decided of them, and what is destroyed. */
export const archiveCalls = ({
  context,
  issuing,
  spool,
}: Pick<HandlerContext, 'context' | 'issuing' | 'spool'>): Answers<typeof calls> => ({
  'mail.archive': ({ class: code }, { who }) => viewArchive(context, who, code),
  'mail.classify': (order, { who }) => classifyLetter(context, who, order),
  'mail.hold': (order, { who }) => holdLetter(context, who, order),
  'mail.release': (order, { who }) => releaseLetter(context, who, order),
  'mail.makeList': async (order, { who }) => makeList(await issuing(), who, order),
  'mail.listReceived': (order, { who }) => decideList(context, who, { ...order, what: 'received' }),
  'mail.approveList': (order, { who }) => decideList(context, who, { ...order, what: 'approved' }),
  'mail.withdrawList': ({ reason, ...order }, { who }) =>
    decideList(context, who, { ...order, reference: reason, what: 'withdrawn' }),
  'mail.destroyList': async (order, { who }) => destroyList(await issuing(), who, order),
  'mail.listPdf': async ({ listId, paper }, { who }) => {
    const list = visibleList(context, context.store.db, who, listId)
    if (!list.ok) return list
    // The id of a list is that of its paper.
    const id = paper === 'list' ? (listId as PaperId) : newestPaper(context.store.db, 'mailDestruction', listId)
    if (id === undefined) return err(faultOf('archive.listState'))
    const pdf = await spool.pdf(id)
    return pdf.ok ? ok({ pdf: new Uint8Array(pdf.value.bytes) }) : pdf
  },
})
