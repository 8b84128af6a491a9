import type { calls, CorrectionView } from '#shared/contract/features/corrections/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { correctRequest } from './correctRequest.ts'
import { decideTogether } from './decideTogether.ts'
import type { SignedIn } from '../../core/context.ts'
import { recordList } from '../../core/recordAccess.ts'
import { askingOf, findCorrection, listCorrections, listRepaired, seenBy, showsSomebody } from './viewCorrection.ts'
import { listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** Repaired acts on the screen, the newest. */
const repairedLimit = 100

/** Refused acts, put right. */
export const corrections: Feature<typeof calls> = {
  calls: (answering) => {
    const { context } = answering
    const seen = (who: SignedIn, shown: Result<CorrectionView>): Result<CorrectionView> =>
      shown.ok ? seenBy(context, who, shown.value) : shown
    return {
      'correction.list': (_, { who }) => {
        const corrections = [...listCorrections(context.store.db, askingOf(context, who), listLimit)]
        const repaired = [...listRepaired(context.store.db, askingOf(context, who), repairedLimit)]
        const recorded = recordList(context, who, {
          purpose: 'correction',
          subject: context.newId(),
          shown: [...corrections, ...repaired].filter(showsSomebody).map(({ act }) => act.id),
        })
        return recorded.ok ? ok({ corrections, repaired }) : recorded
      },
      'correction.find': ({ number }, { who }) => {
        const found = findCorrection(context.store.db, askingOf(context, who), number)
        return found === undefined ? err(faultOf('act.unknown')) : seenBy(context, who, found)
      },
      'correction.correct': async (input, { who }) => seen(who, correctRequest(await answering.issuing(), who, input)),
      'correction.cancel': async (input, { who }) => seen(who, await decideTogether(context, who, 'cancelled', input)),
      'correction.override': async (input, { who }) =>
        seen(who, await decideTogether(context, who, 'overridden', input)),
    }
  },
}
