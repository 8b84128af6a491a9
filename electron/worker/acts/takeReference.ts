import { referenceText } from '#shared/domain/mail/ownReference.ts'
import type { CounterId } from '#shared/ids.ts'
import type { WriteHandle } from '../store/handle.ts'
import { currentSeries } from '../store/quarantine.ts'
import { takeRank } from './rows/series.ts'

/**
 * The next reference of a unit of this counter, in the year of a day: taken for good with the transaction that keeps it.
 * @param day ISO day on the office's wall
 */
export const takeReference = (db: WriteHandle, counter: CounterId, service: string, day: string): string => {
  const year = Number(day.slice(0, 4))
  const rank = takeRank(db, counter, `reference ${service}`, year)
  return referenceText({ service, year, counter, rank, series: currentSeries(db) })
}
