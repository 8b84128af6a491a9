import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { appState } from '../../core/appState.ts'
import { signedIn } from '../../core/session.ts'
import { outboxItems } from '../../outbox/rows/outboxRows.ts'
import { renewSeries } from './renewSeries.ts'
import { viewReference } from './viewReference.ts'
import { afterAct, listLimit, type Answering } from '../../core/handlerContext.ts'

type LinkCall =
  | 'outbox.list'
  | 'outbox.drain'
  | 'outbox.export'
  | 'outbox.importAnswers'
  | 'sync.status'
  | 'reference.status'
  | 'series.renew'

/** The link to the platform: what waits, the way by hand, the series after a loss. */
export function linkHandlers(answering: Answering): Pick<Handlers<Calls>, LinkCall> {
  const { context, session } = answering
  return {
    'outbox.list': () => ok({ items: [...outboxItems(context.store.db, listLimit)] }),
    'outbox.drain': async () => {
      const { fault } = await answering.outbox.drain()
      return fault === undefined ? ok(answering.syncView()) : err(fault)
    },
    'outbox.export': async (_, signal) => {
      const { chooseFile } = answering.parts
      if (chooseFile === undefined) return err(faultOf('file.unwritable', 'no screen'))
      const exported = await answering.carrier.export(signedIn(session), { chooseFile, signal })
      if (!exported.ok) return exported
      const { name, acts, files } = exported.value
      return afterAct(answering, ok({ name, acts, files }))
    },
    'outbox.importAnswers': async ({ bytes }) =>
      afterAct(answering, await answering.carrier.take(signedIn(session), bytes)),
    'sync.status': () => ok(answering.syncView()),
    'reference.status': () => ok(viewReference(context.store.db)),

    'series.renew': async (input) => {
      const renewed = await renewSeries(context, signedIn(session), input, answering)
      if (renewed.ok) answering.appChanged(appState(answering))
      return afterAct(answering, renewed)
    },
  }
}
