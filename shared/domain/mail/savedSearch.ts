import { z } from 'zod'
import { line } from '../../text/shapes.ts'
import { basket } from './baskets.ts'
import { letterRegister, letterState } from './letter.ts'

/** Times that end today. */
export const searchPeriods = ['all', 'today', 'week', 'month', 'year'] as const
/** More are no help to find one. */
const mostSearches = 20

const search = z.strictObject({
  name: line(60).min(1),
  words: line(200),
  register: letterRegister.optional(),
  state: letterState.optional(),
  service: z.string().max(80).optional(),
  period: z.enum(searchPeriods),
  due: basket.optional(),
})
export type SavedSearch = z.infer<typeof search>

/** What was late was the only basket at first, under a word of its own: it was kept so. */
const renamed = (kept: unknown): unknown => {
  if (typeof kept !== 'object' || kept === null || !('overdue' in kept)) return kept
  const { overdue: _, ...rest } = kept
  return { ...rest, due: 'late' }
}
/** A search of letters under a name of its own: of who looks for the same again and again. */
const savedSearch = z.preprocess(renamed, search)

/** Those of one person, in the order in which they were kept. */
export const savedSearches = z.array(savedSearch).max(mostSearches)
