import type { calls } from '#shared/contract/features/sync/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { noteRescue } from '../../core/noteRescue.ts'
import { appState } from '../../core/appState.ts'
import { outboxItems } from '../../outbox/rows/outboxRows.ts'
import { createOfflineTransfer } from '../../outbox/carrier/offlineTransfer.ts'
import { identityOf } from '../../outbox/composeOutbox.ts'
import { resetClock } from './resetClock.ts'
import { renewSeries } from './renewSeries.ts'
import { viewReference } from './viewReference.ts'
import { listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** The link to the platform: what waits, the way by hand, the series after a loss. */
export const sync: Feature<typeof calls> = {
  calls: (answering) => {
    const { context, sessions } = answering
    const carrier = createOfflineTransfer(context, identityOf(context.store, context.counter), answering.parts.demo)
    return {
      'outbox.list': () => ok({ items: [...outboxItems(context.store.db, listLimit)] }),
      'outbox.drain': async (_, { who }) => {
        const { fault } = await answering.outbox.drain()
        return fault === undefined ? ok(answering.syncView(who)) : err(fault)
      },
      'outbox.export': async (_, { who, signal }) => {
        const { chooseFile } = answering.parts
        if (chooseFile === undefined) return err(faultOf('file.unwritable', 'no screen'))
        const exported = await carrier.export(who, { chooseFile, signal })
        if (!exported.ok) return exported
        const { name, acts, files } = exported.value
        return ok({ name, acts, files })
      },
      'outbox.importAnswers': async ({ bytes }, { who }) => await carrier.take(who, bytes),
      'sync.status': (_, { who }) => ok(answering.syncView(who)),
      'reference.status': () => ok(viewReference(context.store.db)),

      'clock.reset': ({ reason }, { who }) => resetClock(context, who, reason),
      'series.renew': async (input, { who }) => {
        const renewed = await renewSeries(context, who, input, answering)
        if (!renewed.ok) return renewed
        sessions.tell('app', appState(answering))
        const noted = noteRescue(context)
        return noted.ok ? renewed : noted
      },
    }
  },
}
