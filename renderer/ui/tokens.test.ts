import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

type Rgb = readonly [number, number, number]

/** OKLCH to linear sRGB (Ottosson 2020, the matrices of CSS Color 4). */
function linear(lightness: number, chroma: number, hue: number): Rgb {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const [l, m, s] = [
    lightness + 0.3963377774 * a + 0.2158037573 * b,
    lightness - 0.1055613458 * a - 0.0638541728 * b,
    lightness - 0.0894841775 * a - 1.291485548 * b,
  ].map((x) => x ** 3) as unknown as Rgb
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}
const clamp = (x: number): number => Math.min(1, Math.max(0, x))
const luminance = ([r, g, b]: Rgb): number => 0.2126 * clamp(r) + 0.7152 * clamp(g) + 0.0722 * clamp(b)
/** WCAG 2.2 contrast ratio. */
const contrast = (one: Rgb, other: Rgb): number => {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}
const colours = (index: 0 | 1): Map<string, Rgb> => {
  const pairs = [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)/g)]
  const found = new Map(
    pairs
      .filter((pair) => !pair[0].includes('/'))
      .map((pair) => [
        pair[1] ?? '',
        linear(...((pair[2 + index] ?? '').split(' ').map(Number) as [number, number, number])),
      ]),
  )
  return new Map([
    ...found,
    ['ok', found.get('accent-text') ?? [0, 0, 0]],
    ['ok-soft', found.get('accent-soft') ?? [0, 0, 0]],
  ])
}
type Pair = readonly [string, string]
const each = (marks: readonly string[], grounds: readonly string[]): Pair[] =>
  marks.flatMap((mark) => grounds.map((ground): Pair => [mark, ground]))
const texts: readonly Pair[] = [
  ...each(['text', 'text-quiet', 'accent-text', 'danger', 'warn'], ['canvas', 'surface']),
  ['text-quiet', 'surface-sunk'],
  ['text', 'field'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ...['ok', 'warn', 'danger', 'info'].map((tone): Pair => [tone, `${tone}-soft`]),
  ['accent-text', 'accent-faint'],
  ['text', 'accent-faint'],
  ['accent-text', 'raised'],
]
const controls: readonly Pair[] = [
  ...each(['line-control', 'focus'], ['canvas', 'surface']),
  ['line-control', 'field'],
  ['accent', 'surface'],
  ['ok-mark', 'surface'],
  ['danger-mark', 'surface'],
]

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s tokens', (_, index) => {
  const all = colours(index)
  const ratio = (one: string, other: string): number => {
    const [fore, ground] = [all.get(one), all.get(other)]
    if (fore === undefined || ground === undefined) throw new Error(`${one} on ${other}: no such token`)
    return contrast(fore, ground)
  }
  it.each(texts)('%s is read on %s', (text, ground) => {
    expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5)
  })
  it.each(controls)('%s is seen on %s', (mark, ground) => {
    expect(ratio(mark, ground)).toBeGreaterThanOrEqual(3)
  })
})
