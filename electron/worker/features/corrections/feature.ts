import type { calls } from '#shared/contract/features/corrections/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { correctRequest } from './correctRequest.ts'
import { decideTogether } from './decideTogether.ts'
import { findCorrection, listCorrections, listRepaired } from './viewCorrection.ts'
import { listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** Repaired acts on the screen, the newest. */
const repairedLimit = 100

/** Refused acts, put right. */
export const corrections: Feature<typeof calls> = {
  calls: (answering) => {
    const { context } = answering
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
      'correction.correct': async (input, { who }) => correctRequest(await answering.issuing(), who, input),
      'correction.cancel': async (input, { who }) => await decideTogether(context, who, 'cancelled', input),
      'correction.override': async (input, { who }) => await decideTogether(context, who, 'overridden', input),
    }
  },
}
