import type { z } from 'zod'

/**
 * Reads a JSON column. Stored text was written by this program or an older one, so what does not parse is a programming
 * error or damage that the cipher would have shown: it throws.
 */
export function parsed<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text))
}
