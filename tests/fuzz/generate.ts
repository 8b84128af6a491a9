import fc from 'fast-check'
import type { z } from 'zod'
import type { Draw } from './draw.ts'
import { nastyTexts } from './mutate.ts'

/** What is used of the inside of a schema: its kind and its parts, as zod 4 describes itself. */
interface Def {
  readonly type: string
  readonly format?: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly catchall?: z.ZodType
  readonly element?: z.ZodType
  readonly items?: readonly z.ZodType[]
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, string>>
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly out?: z.ZodType
  readonly getter?: () => z.ZodType
}
/** A bound or a pattern of a schema, under the names of its check. */
interface Check {
  readonly minimum?: number
  readonly maximum?: number
  readonly length?: number
  readonly value?: number
  readonly inclusive?: boolean
  readonly check: string
  readonly pattern?: RegExp
}
// Zod's own data; the fields above are those of its version in package.json, and that what is drawn is lawful is tested
// for every call.
const defOf = (schema: z.ZodType): Def => schema._zod.def
const checksOf = (schema: z.ZodType): readonly Check[] =>
  ((schema._zod.def as { readonly checks?: readonly { readonly _zod: { readonly def: unknown } }[] }).checks ?? []).map(
    (check) => check._zod.def as Check,
  )

/** The least and the most: characters, items, or the value of a number. */
const boundsOf = (schema: z.ZodType): { least?: number; most?: number } => {
  const bounds: { least?: number; most?: number } = {}
  for (const { check, minimum, maximum, length, value, inclusive } of checksOf(schema)) {
    const step = inclusive === true ? 0 : 1
    const least = minimum ?? length ?? (check === 'greater_than' && value !== undefined ? value + step : undefined)
    const most = maximum ?? length ?? (check === 'less_than' && value !== undefined ? value - step : undefined)
    if (least !== undefined) bounds.least = Math.max(bounds.least ?? -Infinity, least)
    if (most !== undefined) bounds.most = Math.min(bounds.most ?? Infinity, most)
  }
  return bounds
}

const formats: Readonly<Record<string, (draw: Draw) => string>> = {
  uuid: (draw) => `${hex(draw, 8)}-${hex(draw, 4)}-7${hex(draw, 3)}-8${hex(draw, 3)}-${hex(draw, 12)}`,
  datetime: (draw) => new Date(draw.below(4e12)).toISOString(),
  date: (draw) => new Date(draw.below(4e12)).toISOString().slice(0, 10),
  url: (draw) => `https://platform${String(draw.below(9))}.example`,
}
const hex = (draw: Draw, digits: number): string =>
  Array.from({ length: digits }, () => draw.below(16).toString(16)).join('')
const words = ['SPÉCIMEN', 'Omar', 'محمد', 'ⵣⵉⵔⵉ', 'Rue 1, Rabat', 'URB-PC-01', 'a'] as const

const byPattern = new Map<string, readonly string[]>()
const matching = (pattern: RegExp): readonly string[] => {
  const known = byPattern.get(pattern.source)
  if (known !== undefined) return known
  // fast-check knows no look-ahead: what the rest of the pattern makes is kept where the whole lets it through.
  const rest = new RegExp(pattern.source.replaceAll(/\(\?[=!][^()]*\)/gu, ''), pattern.flags)
  const made = fc.sample(fc.stringMatching(rest), { numRuns: 60, seed: 1 }).filter((one) => pattern.test(one))
  byPattern.set(pattern.source, made)
  return made
}

const text = (draw: Draw, schema: z.ZodType): string => {
  const format = formats[defOf(schema).format ?? '']
  if (format !== undefined) return format(draw)
  const { least = 0, most = Infinity } = boundsOf(schema)
  const pattern = checksOf(schema).find((check) => check.pattern !== undefined)?.pattern
  if (pattern !== undefined) return draw.pick(matching(pattern))
  const from = draw.chance(0.15) ? draw.pick(nastyTexts) : draw.pick(words)
  return (from.trim().length < least ? from + 'x'.repeat(least) : from).slice(0, most)
}

const number = (draw: Draw, schema: z.ZodType): number => {
  const { least = -1000, most = Infinity } = boundsOf(schema)
  return Math.floor(least) + draw.below(Math.max(1, Math.floor(Math.min(most - least, draw.pick([1, 10, 1e6]))) + 1))
}

const kindOf = (schema: z.ZodType): string => defOf(schema).type

/** A lawful message of a schema, as far as its refinements allow. */
export function generate(draw: Draw, schema: z.ZodType, depth = 0): unknown {
  const def = defOf(schema)
  const inside = (part: z.ZodType | undefined): unknown =>
    part === undefined ? undefined : generate(draw, part, depth + 1)
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape ?? {}).flatMap(([key, part]) => {
          const value = inside(part)
          return value === undefined ? [] : [[key, value]]
        }),
      )
    case 'array':
      return Array.from({ length: lengthOf(draw, schema, depth) }, () => inside(def.element))
    case 'tuple':
      return (def.items ?? []).map(inside)
    case 'record':
      return Object.fromEntries(
        defOf(def.keyType as z.ZodType).type === 'enum'
          ? Object.values(defOf(def.keyType as z.ZodType).entries ?? {}).map((key) => [key, inside(def.valueType)])
          : Array.from({ length: lengthOf(draw, schema, depth) }, () => [
              String(inside(def.keyType)),
              inside(def.valueType),
            ]),
      )
    // The first option of a recursive union is a leaf (`z.json()`).
    case 'union':
      return inside(depth > 12 ? def.options?.[0] : draw.pick(def.options ?? []))
    case 'optional':
      return draw.chance(depth > 8 ? 0.9 : 0.4) ? undefined : inside(def.innerType)
    case 'nullable':
      return draw.chance(0.3) ? null : inside(def.innerType)
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'catch':
    case 'nonoptional':
      return inside(def.innerType)
    case 'pipe':
      // Whatever a shape of before is turned into is lawful as it is now.
      if (def.in !== undefined && kindOf(def.in) === 'transform') return inside(def.out)
      // What is brought into one form first, as a number that was typed, is lawful in that form too.
      return inside(def.in && def.out && kindOf(def.in) === kindOf(def.out) && draw.chance(0.8) ? def.out : def.in)
    case 'lazy':
      return inside(def.getter?.())
    case 'literal':
      return draw.pick(def.values ?? [])
    case 'enum':
      return draw.pick(Object.values(def.entries ?? {}))
    case 'string':
      return text(draw, schema)
    case 'number':
      return number(draw, schema)
    case 'boolean':
      return draw.chance(0.5)
    case 'null':
      return null
    case 'undefined':
    case 'void':
    case 'never':
      return undefined
    // The only class that our schemas name.
    case 'custom':
      return draw.bytes(draw.below(64))
    case 'unknown':
    case 'any':
      return draw.pick([{ a: 1 }, 'text', 7, null])
    default:
      throw new Error(`no way to make a ${def.type}: add one`)
  }
}

const lengthOf = (draw: Draw, schema: z.ZodType, depth: number): number => {
  const { least = 0, most = Infinity } = boundsOf(schema)
  return Math.min(most, least + draw.below(depth > 4 ? 2 : 4))
}

/** The path of a member that a schema does not know, in what it let through; undefined when there is none. */
export function stray(schema: z.ZodType, value: unknown, path = ''): string | undefined {
  const def = defOf(schema)
  switch (def.type) {
    case 'object': {
      if (typeof value !== 'object' || value === null) return `${path}: no object`
      if (def.catchall !== undefined && defOf(def.catchall).type !== 'never') return undefined
      for (const key of Reflect.ownKeys(value)) {
        const part = typeof key === 'string' && Object.hasOwn(def.shape ?? {}, key) ? def.shape?.[key] : undefined
        if (part === undefined) return `${path}.${String(key)}`
        const inner = stray(part, (value as Record<string, unknown>)[String(key)], `${path}.${String(key)}`)
        if (inner !== undefined) return inner
      }
      return undefined
    }
    case 'array':
      return Array.isArray(value)
        ? first(value, (one, at) => stray(def.element as z.ZodType, one, `${path}.${String(at)}`))
        : `${path}: no list`
    case 'record':
      return typeof value === 'object' && value !== null
        ? first(Object.entries(value), ([key, one]) => stray(def.valueType as z.ZodType, one, `${path}.${key}`))
        : `${path}: no record`
    case 'union':
      return (def.options ?? []).some(
        (option) => option.safeParse(value).success && stray(option, value, path) === undefined,
      )
        ? undefined
        : `${path}: no option`
    case 'optional':
      return value === undefined ? undefined : stray(def.innerType as z.ZodType, value, path)
    case 'nullable':
      return value === null ? undefined : stray(def.innerType as z.ZodType, value, path)
    case 'default':
    case 'readonly':
      return stray(def.innerType as z.ZodType, value, path)
    default:
      return undefined
  }
}

const first = <T>(list: readonly T[], ask: (one: T, at: number) => string | undefined): string | undefined => {
  for (const [at, one] of list.entries()) {
    const said = ask(one, at)
    if (said !== undefined) return said
  }
  return undefined
}
