import type { ReadHandle } from '../../../store/handle.ts'

/** Lines of the registers, by their place (`seq`), both included. */
export interface Within {
  readonly low: number
  readonly high: number
}

/** A longer time is most of what there is: nothing is gained by knowing where it lies. */
const longest = 400

/**
 * Between which lines all letters of some days stand: a search of an old month looks at that month alone, however often a
 * word was written since. A letter that was entered late stands among later ones, so that the lines between are of other
 * days too. Nothing for a long time; an empty place where no letter came.
 * @param from ISO day
 * @param to ISO day, included
 */
export function linesOfDays(db: ReadHandle, from: string, to: string): Within | undefined {
  if ((Date.parse(to) - Date.parse(from)) / 86_400_000 > longest) return undefined
  const row = db.get<{ low: number | null; high: number | null }>(
    `WITH RECURSIVE days (day) AS (
      SELECT min(day) FROM letters WHERE day >= :from
      UNION ALL SELECT (SELECT min(day) FROM letters WHERE day > days.day) FROM days WHERE days.day < :to
    ), registers (register) AS (VALUES ('arrival'), ('departure'), ('internal'))
    SELECT min((SELECT seq FROM letters l WHERE l.day = d.day AND l.register = r.register ORDER BY seq LIMIT 1)) AS low,
      max((SELECT seq FROM letters l WHERE l.day = d.day AND l.register = r.register ORDER BY seq DESC LIMIT 1)) AS high
    FROM days d CROSS JOIN registers r WHERE d.day <= :to`,
    { from, to },
  )
  return { low: row?.low ?? 0, high: row?.high ?? -1 }
}
