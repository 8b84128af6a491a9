import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import { withoutControls } from '#shared/domain/receipt/receiptText.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

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
  /** The letters of a text that no font has. */
  missing(text: string): readonly string[]
}

/**
 * Reads the fonts of a resources folder. Choice is by coverage of the letter, not by script: brackets, digits and
 * punctuation belong to no script and are absent from some fonts.
 */
export function openFonts(resourcesDir: string): Fonts {
  const load = (family: Family, weight: Weight) => {
    const bytes = readFileSync(join(resourcesDir, 'fonts', files[family][weight]))
    return { bytes, shaper: create(bytes) }
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
  return {
    bytes: (family, weight) => of(family, weight).bytes,
    shaper: (family, weight) => of(family, weight).shaper,
    familyOf,
    missing: (text) =>
      [...new Set(withoutControls(text))].filter((letter) => familyOf(letter.codePointAt(0) ?? 0) === undefined),
  }
}

/** Fault `receipt.glyphMissing`, naming the letters, when a text cannot be printed whole. */
export function checkText(text: string, fonts: Fonts): Result<void> {
  const missing = fonts.missing(text)
  const codes = missing.map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
  return missing.length === 0
    ? ok(undefined)
    : err(faultOf('receipt.glyphMissing', codes.join(' '), { letters: missing.join(' ') }))
}
