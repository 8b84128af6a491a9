import type { Draw } from './draw.ts'

/** Texts that break readers: framing, direction, halves of characters, names of JavaScript's own members. */
export const nastyTexts = [
  '',
  ' ',
  '\0',
  '\r\n',
  '\u202e\u2066',
  '\ud800',
  '\udc00x',
  'é'.normalize('NFD'),
  '\ufeff',
  '١٢٣',
  '٠',
  '𝟙',
  'ß'.repeat(40),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '-1',
  '1e309',
  '0x10',
  'NaN',
  'null',
  '{}',
  '[]',
  '../../etc/passwd',
  '%00',
  'C:\\nul',
  '<script>',
  "';--",
  '\u2028',
  '9'.repeat(400),
  '\u0301'.repeat(200),
  '2026-02-30',
  '9999-12-31T23:59:60Z',
  '00000000-0000-0000-0000-000000000000',
  'data:text/html,x',
  'A'.repeat(5000),
] as const
const nastyNumbers = [
  0,
  -0,
  -1,
  1,
  0.5,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  1e308,
  -1e308,
  Number.MIN_VALUE,
  Number.MAX_SAFE_INTEGER,
] as const

/** What JSON can say. */
const anyJson = (draw: Draw): unknown =>
  draw.pick([
    () => draw.pick(nastyTexts),
    () => draw.pick(nastyNumbers),
    () => null,
    () => draw.chance(0.5),
    () => [],
    () => ({}),
    () => deep(draw),
    () => draw.below(1e9),
  ])()
/** What a structured clone can carry besides; a cycle too. */
const anyClone = (draw: Draw): unknown =>
  draw.pick([
    () => anyJson(draw),
    () => undefined,
    () => Number.NaN,
    () => Infinity,
    () => 10n ** 30n,
    () => new Date(Number.NaN),
    () => new Map([[{}, 1]]),
    () => new Set([1]),
    () => draw.bytes(draw.below(40)),
    () => new ArrayBuffer(3),
    () => new Float64Array(2),
    () => new Array(5),
    () => /x/,
    () => new Error('x'),
    cycle,
  ])()

const cycle = (): unknown => {
  const round: Record<string, unknown> = {}
  round['self'] = [round]
  return round
}

const deep = (draw: Draw): unknown => {
  let nest: unknown = draw.pick(nastyNumbers)
  for (let level = draw.pick([3, 40, 400]); level > 0; level -= 1) nest = draw.chance(0.5) ? [nest] : { a: nest }
  return nest
}

/** Which foreign values may be put in. */
export type Palette = 'json' | 'clone'

/**
 * A changed copy of a message: wrong types, missing and foreign members, lengths, depth, huge numbers. The original
 * stays as it is.
 */
export function mutateValue(draw: Draw, value: unknown, palette: Palette = 'json'): unknown {
  let changed = value
  for (let left = 1 + draw.below(3); left > 0; left -= 1) changed = mutateOnce(draw, changed, palette)
  return changed
}

function mutateOnce(draw: Draw, value: unknown, palette: Palette): unknown {
  const stranger = (): unknown => (palette === 'json' ? anyJson(draw) : anyClone(draw))
  // Half of the way down at each level: outer and inner members are hit alike.
  if (Array.isArray(value) && value.length > 0 && draw.chance(0.7)) {
    const at = draw.below(value.length)
    return value.map((one: unknown, index) => (index === at ? mutateOnce(draw, one, palette) : one))
  }
  if (isPlain(value) && draw.chance(0.8)) {
    const keys = Object.keys(value)
    if (keys.length > 0 && draw.chance(0.75)) {
      const key = draw.pick(keys)
      return copied(value, key, mutateOnce(draw, value[key], palette))
    }
    if (keys.length > 0 && draw.chance(0.4)) {
      const gone = draw.pick(keys)
      return Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone))
    }
    return copied(value, draw.chance(0.5) ? draw.pick(nastyTexts) : `x${String(draw.below(9))}`, stranger())
  }
  if (Array.isArray(value)) {
    return draw.pick([
      () => [...(value as unknown[]), ...(value as unknown[])],
      () => [],
      () => [...(value as unknown[]), stranger()],
      () =>
        value.length === 0
          ? []
          : Array.from({ length: typeof value[0] === 'object' ? 20 : 600 }, () => value[0] as unknown),
      () => [...(value as unknown[])].reverse(),
    ])()
  }
  if (typeof value === 'string' && draw.chance(0.6)) return mutateText(draw, value)
  if (typeof value === 'number' && draw.chance(0.5))
    return draw.pick([value + 1, value - 1, -value, value + 0.5, value * 2 ** 40])
  if (value instanceof Uint8Array && draw.chance(0.6)) return mutateBytes(draw, value)
  return stranger()
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** `__proto__` becomes a member of its own, as `JSON.parse` makes it. */
const copied = (value: Record<string, unknown>, key: string, member: unknown): Record<string, unknown> =>
  Object.defineProperty({ ...value }, key, { value: member, enumerable: true, writable: true, configurable: true })

/** A changed text: cut, doubled, spliced, framed, and in JSON a member twice. */
export function mutateText(draw: Draw, text: string): string {
  const at = draw.below(text.length + 1)
  const to = at + draw.below(Math.min(text.length - at, 40) + 1)
  return draw.pick([
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + draw.pick(nastyTexts) + text.slice(at),
    () => text.slice(0, at) + text.slice(to),
    () => text.slice(0, to) + text.slice(at),
    () => text.slice(0, at) + String.fromCharCode(draw.below(draw.pick([128, 65_536]))) + text.slice(at + 1),
    () => text.slice(0, at) + text.slice(at, to).repeat(1 + draw.below(50)) + text.slice(to),
    () =>
      text.replace(
        /\{"([^"]+)":/,
        (found, name: string) => `${found}${draw.pick(['null', '0', '""', '[]'])},"${name}":`,
      ),
    () => text.toUpperCase(),
    () => text.toLowerCase(),
    () => `${text}${text}`,
    () => `\ufeff${text}`,
  ])()
}

/** Changed bytes: bits, lengths, extremes, cuts, doubled and foreign pieces. */
export function mutateBytes(draw: Draw, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let changed = Uint8Array.from(bytes)
  for (let left = 1 + draw.below(4); left > 0; left -= 1) {
    const at = draw.below(Math.max(1, changed.length))
    const to = Math.min(changed.length, at + 1 + draw.below(32))
    const set = (value: number): void => {
      if (at < changed.length) changed[at] = value & 0xff
    }
    draw.pick([
      () => {
        set((changed[at] ?? 0) ^ (1 << draw.below(8)))
      },
      () => {
        set((changed[at] ?? 0) + draw.pick([1, -1, 2, -2, 16]))
      },
      () => {
        set(draw.pick([0, 1, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xfe, 0xff]))
      },
      () => {
        for (let index = at; index < Math.min(at + 4, changed.length); index += 1) changed[index] = 0xff
      },
      () => {
        changed = changed.slice(0, at)
      },
      () => {
        changed = joined(changed.slice(0, at), draw.bytes(1 + draw.below(16)), changed.slice(at))
      },
      () => {
        changed = joined(changed.slice(0, to), changed.slice(at))
      },
      () => {
        changed = joined(changed.slice(0, at), changed.slice(to))
      },
      () => {
        changed = joined(changed, draw.bytes(draw.below(64)))
      },
    ])()
  }
  return changed
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.concat(parts))

/**
 * An array or object inside another, so many levels deep, as JSON text: readers that call themselves run out of stack.
 */
export const nested = (levels: number, inner = '0'): string => '[{"a":'.repeat(levels) + inner + '}]'.repeat(levels)
