import type { calls } from '#shared/contract/features/intake.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { signedIn } from '../../core/session.ts'
import { findDraft } from '../../core/rows/drafts.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { addAttachment } from './addAttachment.ts'
import { buildDeposit } from '../../core/deposit/buildDeposit.ts'
import { checkSeal } from './checkSeal.ts'
import { issueReceipt } from './issueReceipt.ts'
import { discardDraft, keepDraft } from './keepDraft.ts'
import { grounded, recordAccess } from '../../core/recordAccess.ts'
import { reprintReceipt } from './reprintReceipt.ts'
import { held, type Answering } from '../../core/handlerContext.ts'

/** One deposit from the sheet to the sealed receipt, and what is asked of a receipt later. */
export const depositCalls = (answering: Answering) => {
  const { parts, context, session, desk } = answering
  return {
    'draft.load': () => {
      const draft = findDraft(context.store.db, signedIn(session).view.login)
      return ok(draft === undefined ? {} : { draft })
    },
    'draft.save': ({ draft }) => {
      desk.touch()
      return keepDraft(context, signedIn(session), draft)
    },
    'draft.discard': () => discardDraft(context, signedIn(session)),

    'attachment.add': ({ bytes }) => addAttachment(context, signedIn(session), bytes),
    'attachment.scan': async (_, signal) => {
      const who = signedIn(session)
      const page = await parts.devices.scanner.scan({ signal })
      return page.ok ? addAttachment(context, who, page.value.bytes) : page
    },

    'receipt.preview': ({ identityId, draft }) => {
      const citizen = held(desk, identityId)
      if (citizen === undefined) return err(faultOf('identity.gone'))
      desk.touch()
      const at = context.clock.now().toISOString()
      return buildDeposit(context, { citizen, draft, who: signedIn(session), training: parts.training }, at)
    },
    'receipt.issue': async ({ commandId, identityId, draft, signed }) => {
      const order = {
        commandId,
        citizen: held(desk, identityId),
        draft,
        who: signedIn(session),
        training: parts.training,
        signed: signed === undefined ? undefined : { statement: signed, signature: desk.signature() },
      }
      const issued = issueReceipt(await answering.issuing(), order)
      if (issued.ok) {
        desk.served(identityId)
        answering.committed()
      }
      return issued
    },
    'receipt.pdf': async ({ receiptId }) => {
      const { code, view } = signedIn(session)
      const pdf = await answering.spool.pdf(receiptId)
      if (!pdf.ok) return pdf
      const purpose = grounded(context, allows(view.roles, 'serveCitizens') ? 'verification' : 'audit')
      const recorded = recordAccess(context, { actor: code, means: 'receipt', subject: receiptId, purpose })
      if (!recorded.ok) return recorded
      const receipt = readFacts(context.store.db, 'receipt', receiptId)
      // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
      return receipt.ok
        ? ok({ pdf: new Uint8Array(pdf.value.bytes), sha256: pdf.value.sha256, seal: receipt.value.seal })
        : receipt
    },
    'receipt.check': ({ seal }) => checkSeal(context, signedIn(session), seal),
    'receipt.reprint': (input) => {
      const queued = reprintReceipt(context, signedIn(session), input)
      if (queued.ok) {
        answering.printChanged(queued.value)
        answering.committed()
      }
      return queued
    },
  } satisfies Partial<Handlers<typeof calls>>
}
