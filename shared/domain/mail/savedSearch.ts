import { z } from 'zod'
import { line } from '../../text/shapes.ts'
import { letterRegister, letterState } from './letter.ts'

/** Times that end today. */
export const searchPeriods = ['all', 'today', 'week', 'month', 'year'] as const
/** More are no help to find one. */
const mostSearches = 20

/** A search of letters under a name of its own: of who looks for the same again and again. */
const savedSearch = z.strictObject({
  name: line(60).min(1),
  words: line(200),
  register: letterRegister.optional(),
  state: letterState.optional(),
  service: z.string().max(80).optional(),
  period: z.enum(searchPeriods),
  overdue: z.literal(true).optional(),
})
export type SavedSearch = z.infer<typeof savedSearch>

/** Those of one person, in the order in which they were kept. */
export const savedSearches = z.array(savedSearch).max(mostSearches)
