import type { CounterId, RegisterName } from '#shared/ids.ts'
import type { WriteHandle } from '../../store/handle.ts'

/** What is numbered without being a register: labels that are printed ahead, references of a unit's letters. */
export type SeriesName = RegisterName | 'labels' | `reference ${string}`

/**
 * The next rank of a register of a counter in a year, taken inside the transaction of the act that bears it:
 * when the act is rolled back the rank is too, so the series has no gap.
 */
export function takeRank(db: WriteHandle, counter: CounterId, register: SeriesName, year: number): number {
  const row = db.get<{ last: number }>(
    `INSERT INTO series (counter, register, year, last) VALUES (?, ?, ?, 1)
     ON CONFLICT (counter, register, year) DO UPDATE SET last = last + 1 RETURNING last`,
    [counter, register, year],
  )
  if (row === undefined) throw new Error('the series gave no number')
  return row.last
}
