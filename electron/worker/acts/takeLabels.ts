import { labelText } from '#shared/domain/mail/label.ts'
import { ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice, type Context } from '../core/context.ts'
import { currentSeries } from '../store/quarantine.ts'
import { takeRank } from './rows/series.ts'

/**
 * The texts of the next labels of this counter, in the year of its legal time: taken for good, so that no label is ever
 * printed twice, and apart from the numbers of letters. Labels that are never printed are lost, and leave no gap in any
 * register. Faults: those of `Tx`.
 */
export const takeLabels = (
  { store, journal, counter }: Pick<Context, 'store' | 'journal' | 'counter'>,
  count: number,
): Result<readonly string[]> =>
  store.tx((db) => {
    const { day } = officeDay(readOffice(store), new Date(journal.moment().at))
    const year = Number(day.slice(0, 4))
    const series = currentSeries(db)
    return ok(
      Array.from({ length: count }, () => labelText(year, counter, takeRank(db, counter, 'labels', year), series)),
    )
  })
