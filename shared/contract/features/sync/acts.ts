import { act } from '../../act.ts'
import { seriesClosed } from '../../closing.ts'

export const acts = {
  /** Acts were lost: the series of numbers ended, the next one began. */
  seriesClosed: act({
    type: 'ma.guichet.series.closed.v1',
    data: seriesClosed,
    journal: 'series.closed',
    openDay: false,
    keeps: 'all',
  }),
} as const
