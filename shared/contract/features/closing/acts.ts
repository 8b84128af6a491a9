import { act } from '../../act.ts'
import { dayClosed, dayReopened } from '../../closing.ts'

export const acts = {
  /** What a day held, chained to the closing before it. It is what closes the day, so it does not ask for an open one. */
  dayClosed: act({
    type: 'ma.guichet.day.closed.v1',
    data: dayClosed,
    journal: 'day.closed',
    openDay: false,
    keeps: 'all',
  }),
  /** Two people opened it again. */
  dayReopened: act({
    type: 'ma.guichet.day.reopened.v1',
    data: dayReopened,
    journal: 'day.reopened',
    openDay: false,
    keeps: 'all',
  }),
} as const
