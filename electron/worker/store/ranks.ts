import type { ReadHandle } from './handle.ts'

/** How many ranks were given in all series together, labels too, in a register of any shape. */
export const ranksGiven = (db: ReadHandle): number =>
  db.get<{ ranks: number }>('SELECT total(last) AS ranks FROM series')?.ranks ?? 0
