import type { WriteHandle } from '../../store/handle.ts'

/**
 * The next number of a register in a year, taken inside the transaction of the act that bears it:
 * when the act is rolled back the number is too, so the series has no gap.
 */
export function takeNumber(db: WriteHandle, register: string, year: number): number {
  const row = db.get<{ last: number }>(
    `INSERT INTO series (register, year, last) VALUES (?, ?, 1)
     ON CONFLICT (register, year) DO UPDATE SET last = last + 1 RETURNING last`,
    [register, year],
  )
  if (row === undefined) throw new Error('the series gave no number')
  return row.last
}
