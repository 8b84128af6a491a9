import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Draw } from './draw.ts'
import { generate, stray } from './generate.ts'
import { mutateValue, type Palette } from './mutate.ts'
import { must, type Target } from './target.ts'

/**
 * Asks a parser: it never throws, what it lets through it lets through again unchanged, and nothing that it does not
 * know is in it.
 */
export function askParser(schema: z.ZodType, input: unknown): boolean {
  const parsed = schema.safeParse(input)
  if (!parsed.success) return false
  const again = schema.safeParse(parsed.data)
  must(again.success, 'what was let through is refused the second time')
  must(isDeepStrictEqual(again.data, parsed.data), 'the second reading differs from the first')
  const unknown = stray(schema, parsed.data)
  must(unknown === undefined, `let through although nobody knows it: ${String(unknown)}`)
  return true
}

/** A lawful message, sometimes unchanged. */
export const messageOf = (draw: Draw, schema: z.ZodType, palette: Palette): unknown => {
  const message = generate(draw, schema)
  return draw.chance(0.1) ? message : mutateValue(draw, message, palette)
}

/** Parsers by name, attacked in turns. */
export const schemaTarget = (
  about: string,
  schemas: Readonly<Record<string, z.ZodType>>,
  palette: Palette,
): Target => ({
  about,
  open: () => {
    const names = Object.keys(schemas)
    return {
      one: (draw) => {
        const schema = schemas[draw.pick(names)] as z.ZodType // one of their names
        return askParser(schema, messageOf(draw, schema, palette))
      },
    }
  },
})
