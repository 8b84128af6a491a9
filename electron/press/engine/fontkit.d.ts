/** What we use of fontkit 2, which ships no types. */
declare module 'fontkit' {
  interface Glyph {
    readonly id: number
    readonly codePoints: readonly number[]
    readonly path: { toSVG(): string }
  }
  interface GlyphRun {
    glyphs: readonly Glyph[]
    positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[]
    readonly advanceWidth: number
  }
  interface Font {
    readonly unitsPerEm: number
    readonly ascent: number
    readonly descent: number
    readonly characterSet: readonly number[]
    hasGlyphForCodePoint(codePoint: number): boolean
    getGlyph(id: number, letters?: readonly number[]): Glyph
    /** Glyphs that were asked for, by their id. */
    readonly _glyphs: Record<number, Glyph>
    layout(text: string, ...rest: readonly unknown[]): GlyphRun
  }
  export function create(bytes: Uint8Array): Font
}
