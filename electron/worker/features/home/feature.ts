import type { calls } from '#shared/contract/features/home/calls.ts'
import { allows } from '#shared/domain/roles.ts'
import { ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { recordList } from '../../core/recordAccess.ts'
import { viewDay, withoutNames } from './viewDay.ts'

/** The day of a counter at a glance. */
export const home: Feature<typeof calls> = {
  calls: ({ context }) => ({
    'home.day': (_, { who }) => {
      const day = viewDay(context, who)
      const named = [...day.deposits, ...day.deadlines].filter((one) => one.citizen !== '')
      const recorded = recordList(context, who, {
        purpose: allows(who.view.roles, 'serveCitizens') ? 'verification' : 'audit',
        subject: day.day,
        shown: named.map((one) => one.requestId),
      })
      // A disk that takes nothing any more takes no line of the access log either: the day is still known without names.
      return ok(recorded.ok ? day : withoutNames(day))
    },
  }),
}
