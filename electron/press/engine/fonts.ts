import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import { lettersWithout } from '#shared/domain/papers/glyphs.ts'

/** The families of our paper, in the order in which a letter is looked for. */
export const families = ['arabic', 'latin', 'tifinagh', 'wide'] as const
export type Family = (typeof families)[number]
export type Weight = 'normal' | 'bold'

/** Files under `resources/fonts`. Noto has no bold Tifinagh: its regular stands for both. */
const files: Readonly<Record<Family, Readonly<Record<Weight, string>>>> = {
  arabic: { normal: 'IBMPlexSansArabic-Regular.ttf', bold: 'IBMPlexSansArabic-SemiBold.ttf' },
  latin: { normal: 'IBMPlexSans-Regular.ttf', bold: 'IBMPlexSans-SemiBold.ttf' },
  tifinagh: { normal: 'NotoSansTifinagh-Regular.ttf', bold: 'NotoSansTifinagh-Regular.ttf' },
  wide: { normal: 'NotoSans-Regular.ttf', bold: 'NotoSans-Bold.ttf' },
}

/** The bundled fonts, read once. */
export interface Fonts {
  /** The bytes of a font file. */
  bytes(family: Family, weight: Weight): Buffer
  /** The shaper of a font. */
  shaper(family: Family, weight: Weight): Font
  /** The first family that has a letter in both weights; nothing when none has. */
  familyOf(codePoint: number): Family | undefined
  /** Whether a letter can be printed in both weights. */
  readonly has: (codePoint: number) => boolean
  /** The letters of a text that no font has. */
  missing(text: string): readonly string[]
  /** Every code point that can be printed, ascending. */
  letters(): readonly number[]
}

/**
 * Reads the fonts of a resources folder. Choice is by coverage of the letter, not by script: brackets, digits and
 * punctuation belong to no script and are absent from some fonts.
 */
export function openFonts(resourcesDir: string): Fonts {
  const load = (family: Family, weight: Weight) => {
    const bytes = readFileSync(join(resourcesDir, 'fonts', files[family][weight]))
    return { bytes, shaper: heedingJoiners(create(bytes)) }
  }
  const loaded = new Map(
    families.map((family) => [family, { normal: load(family, 'normal'), bold: load(family, 'bold') }]),
  )
  const of = (family: Family, weight: Weight) => {
    const found = loaded.get(family)
    if (found === undefined) throw new TypeError(family)
    return found[weight]
  }
  const familyOf = (codePoint: number): Family | undefined =>
    families.find(
      (family) =>
        of(family, 'normal').shaper.hasGlyphForCodePoint(codePoint) &&
        of(family, 'bold').shaper.hasGlyphForCodePoint(codePoint),
    )
  const has = (codePoint: number): boolean => familyOf(codePoint) !== undefined
  return {
    bytes: (family, weight) => of(family, weight).bytes,
    shaper: (family, weight) => of(family, weight).shaper,
    familyOf,
    has,
    missing: (text) => lettersWithout(text, has),
    letters: () =>
      [...new Set(families.flatMap((family) => of(family, 'normal').shaper.characterSet))]
        .filter(has)
        .sort((a, b) => a - b),
  }
}

/**
 * A joiner does its work on the letters beside it. Most fonts have no shape for it, and fontkit keeps one glyph for all
 * that it has none for, with the letter that asked first: each asks anew here, or a joiner would not be known as one. It
 * is laid as a space without width, which would part copied text: out with that. A glyph that was first drawn as a part of
 * another one (the e of é) stands for no letter yet: it is known by the first that asks for it, or copied text would lack it.
 */
function heedingJoiners(shaper: Font): Font {
  const glyphOf = shaper.getGlyph.bind(shaper)
  shaper.getGlyph = (id, letters) => {
    const stands = (letters?.length ?? 0) > 0
    if (id === 0 || (stands && shaper._glyphs[id]?.codePoints.length === 0)) delete shaper._glyphs[id]
    return glyphOf(id, letters)
  }
  const layout = shaper.layout.bind(shaper)
  shaper.layout = (...asked) => {
    const run = layout(...asked)
    const inked = run.glyphs.map(({ codePoints }, at) => codePoints[0] !== space || run.positions[at]?.xAdvance !== 0)
    run.glyphs = run.glyphs.filter((_, at) => inked[at])
    run.positions = run.positions.filter((_, at) => inked[at])
    return run
  }
  return shaper
}
const space = 0x20
