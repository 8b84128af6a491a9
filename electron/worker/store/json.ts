import type { z } from 'zod'

/**
 * Reads a JSON column. Stored text was written by this program or an older one, so what does not parse is a programming
 * error or damage that the cipher would have shown: it throws.
 */
export function parsed<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text))
}

/** So many texts are remembered for each schema; a counter has about a hundred sheets. */
const remembered = 300
const read = new WeakMap<z.ZodType, Map<string, unknown>>()

/**
 * Reads a JSON column whose text seldom changes and is asked for by every act: sheets, the office, limits, calendars. The
 * same text is parsed once; what it gives is shared, so nobody may change it.
 */
export function parsedOnce<T>(schema: z.ZodType<T>, text: string): T {
  const known = read.get(schema) ?? new Map<string, unknown>()
  read.set(schema, known)
  if (known.has(text)) return known.get(text) as T // kept under the schema that gave it
  const value = parsed(schema, text)
  const [oldest] = known.size < remembered ? [] : known.keys()
  if (oldest !== undefined) known.delete(oldest)
  known.set(text, value)
  return value
}
