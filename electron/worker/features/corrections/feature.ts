import type { calls } from '#shared/contract/features/corrections.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { signedIn } from '../../core/session.ts'
import { correctRequest } from './correctRequest.ts'
import { decideTogether } from './decideTogether.ts'
import { findCorrection, listCorrections, listRepaired } from './viewCorrection.ts'
import { afterAct, listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** Repaired acts on the screen, the newest. */
const repairedLimit = 100

/** Refused acts, put right. */
export const corrections: Feature<typeof calls> = {
  calls: (answering) => {
    const { context, session } = answering
    return {
      'correction.list': () =>
        ok({
          corrections: [...listCorrections(context.store.db, listLimit)],
          repaired: [...listRepaired(context.store.db, repairedLimit)],
        }),
      'correction.find': ({ number }) => {
        const found = findCorrection(context.store.db, number)
        return found === undefined ? err(faultOf('act.unknown')) : ok(found)
      },
      'correction.correct': async (input) =>
        afterAct(answering, correctRequest(await answering.issuing(), signedIn(session), input)),
      'correction.cancel': async (input) =>
        afterAct(answering, await decideTogether(context, signedIn(session), 'cancelled', input)),
      'correction.override': async (input) =>
        afterAct(answering, await decideTogether(context, signedIn(session), 'overridden', input)),
    }
  },
}
