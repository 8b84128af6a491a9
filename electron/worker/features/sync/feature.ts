import type { calls } from '#shared/contract/features/sync.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { appState } from '../../core/appState.ts'
import { signedIn } from '../../core/session.ts'
import { outboxItems } from '../../outbox/rows/outboxRows.ts'
import { createCarrier } from '../../outbox/carrier/carryActs.ts'
import { identityOf } from '../../outbox/composeOutbox.ts'
import { renewSeries } from './renewSeries.ts'
import { viewReference } from './viewReference.ts'
import { afterAct, listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** The link to the platform: what waits, the way by hand, the series after a loss. */
export const sync: Feature<typeof calls> = {
  calls: (answering) => {
    const { context, session } = answering
    const carrier = createCarrier(context, identityOf(context.store, context.counter))
    return {
      'outbox.list': () => ok({ items: [...outboxItems(context.store.db, listLimit)] }),
      'outbox.drain': async () => {
        const { fault } = await answering.outbox.drain()
        return fault === undefined ? ok(answering.syncView()) : err(fault)
      },
      'outbox.export': async (_, signal) => {
        const { chooseFile } = answering.parts
        if (chooseFile === undefined) return err(faultOf('file.unwritable', 'no screen'))
        const exported = await carrier.export(signedIn(session), { chooseFile, signal })
        if (!exported.ok) return exported
        const { name, acts, files } = exported.value
        return afterAct(answering, ok({ name, acts, files }))
      },
      'outbox.importAnswers': async ({ bytes }) => afterAct(answering, await carrier.take(signedIn(session), bytes)),
      'sync.status': () => ok(answering.syncView()),
      'reference.status': () => ok(viewReference(context.store.db)),

      'series.renew': async (input) => {
        const renewed = await renewSeries(context, signedIn(session), input, answering)
        if (renewed.ok) answering.appChanged(appState(answering))
        return afterAct(answering, renewed)
      },
    }
  },
}
