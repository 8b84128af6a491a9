import type { calls } from '#shared/contract/features/intake/calls.ts'
import type { Answers } from '../../core/caller.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { findDraft } from '../../core/rows/drafts.ts'
import { findSignature } from '../../core/rows/requests.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { viewDrafts } from '../../core/viewDrafts.ts'
import { addAttachment } from '../../core/addFile.ts'
import { buildDeposit } from '../../core/deposit/buildDeposit.ts'
import { checkSeal } from './checkSeal.ts'
import { issueReceipt } from './issueReceipt.ts'
import { discardDraft, keepDraft } from './keepDraft.ts'
import { purposeWithBasis, recordAccess, defaultDeskPurpose } from '../../core/recordAccess.ts'
import { reprintReceipt } from './reprintReceipt.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'

/** One deposit from the sheet to the sealed receipt, and what is asked of a receipt later. */
export const depositCalls = (answering: HandlerContext) => {
  const { parts, context, seat } = answering
  return {
    'draft.list': ({ identityId }, { who, session }) => {
      const atDesk = identityId === undefined ? undefined : seat.held(session, identityId)
      return ok({ drafts: viewDrafts(context, who, atDesk) })
    },
    'draft.load': ({ id }, { who }) => {
      const kept = findDraft(context.store.db, { login: who.view.login, kind: 'request', id })
      if (kept === undefined) return ok({ revision: 0 })
      const purpose = defaultDeskPurpose(context)
      const recorded = recordAccess(context, { actor: who.code, means: 'draft', subject: id, purpose })
      return recorded.ok ? ok({ draft: kept.draft, revision: kept.revision }) : recorded
    },
    'draft.save': ({ identityId, ...order }, { who, session }) => {
      seat.of(session)?.touch()
      const citizen = identityId === undefined ? undefined : seat.held(session, identityId)
      return keepDraft(context, who, { ...order, citizen })
    },
    'draft.discard': ({ id }, { who }) => discardDraft(context, who, id),

    'attachment.add': ({ bytes }, { who }) => addAttachment(context, who, bytes),
    'attachment.scan': async (_, { who, signal }) => {
      const page = await parts.devices.scanner.scan({ signal })
      return page.ok ? addAttachment(context, who, page.value.bytes) : page
    },

    'receipt.preview': ({ identityId, draft }, { who, session }) => {
      const citizen = seat.held(session, identityId)
      if (citizen === undefined) return err(faultOf('identity.gone'))
      seat.of(session)?.touch()
      const at = context.clock.now().toISOString()
      return buildDeposit(context, { citizen, draft, who, training: parts.training }, at)
    },
    'receipt.issue': async ({ commandId, identityId, draft, draftId, signed }, { who, session }) => {
      const order = {
        commandId,
        citizen: seat.held(session, identityId),
        draft,
        draftId,
        who,
        training: parts.training,
        signed: signed === undefined ? undefined : { statement: signed, signature: seat.of(session)?.signature() },
      }
      const issued = issueReceipt(await answering.issuing(), order)
      if (issued.ok) seat.of(session)?.served(identityId)
      return issued
    },
    'receipt.pdf': async ({ receiptId }, { who }) => {
      const { code, view } = who
      const pdf = await answering.spool.pdf(receiptId)
      if (!pdf.ok) return pdf
      const purpose = purposeWithBasis(context, allows(view.roles, 'serveCitizens') ? 'verification' : 'audit')
      const recorded = recordAccess(context, { actor: code, means: 'receipt', subject: receiptId, purpose })
      if (!recorded.ok) return recorded
      const receipt = readFacts(context.store.db, 'receipt', receiptId)
      // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
      return receipt.ok
        ? ok({ pdf: new Uint8Array(pdf.value.bytes), sha256: pdf.value.sha256, seal: receipt.value.seal })
        : receipt
    },
    'receipt.signature': ({ number }, { who }) => {
      const signed = findSignature(context.store.db, number)
      if (signed === undefined) return err(faultOf('request.unknown', 'no signed deposit of this number'))
      const purpose = purposeWithBasis(context, allows(who.view.roles, 'serveCitizens') ? 'verification' : 'audit')
      const subject = signed.facts.receiptId
      const recorded = recordAccess(context, { actor: who.code, means: 'copy', subject, purpose })
      return recorded.ok ? ok(signed) : recorded
    },
    'receipt.check': ({ seal }, { who }) => checkSeal(context, who, seal),
    'receipt.reprint': (input, { who }) => {
      const queued = reprintReceipt(context, who, input)
      if (queued.ok) {
        answering.printChanged(queued.value)
      }
      return queued
    },
  } satisfies Partial<Answers<typeof calls>>
}
