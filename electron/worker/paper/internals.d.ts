/* What we use of parts that ship no types: pdfmake's own classes (0.3.11, pinned) and fontkit 2. */

declare module 'fontkit' {
  interface Glyph {
    readonly id: number
    readonly path: { toSVG(): string }
  }
  interface GlyphRun {
    readonly glyphs: readonly Glyph[]
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[]
    readonly advanceWidth: number
  }
  interface Font {
    readonly unitsPerEm: number
    readonly ascent: number
    readonly descent: number
    hasGlyphForCodePoint(codePoint: number): boolean
    layout(text: string): GlyphRun
  }
  export function create(bytes: Uint8Array): Font
}

declare module 'pdfmake/js/LayoutBuilder.js' {
  interface FontOfInline {
    widthOfString(text: string, size: number, features?: unknown): number
  }
  /** A piece of text that is set in one font and is never broken. */
  export interface Inline {
    text: string
    width: number
    x: number
    leadingCut: number
    trailingCut: number
    readonly font: FontOfInline
    readonly fontSize: number
    /** Ours: the embedding level, carried through from the text node. */
    readonly level?: number
  }
  export interface Line {
    inlines: Inline[]
    inlineWidths: number
    leadingCut: number
    trailingCut: number
  }
  class LayoutBuilder {
    constructor(pageSize: { width: number; height: number }, margins: object, svgMeasure: object)
    registerTableLayouts(layouts: object): void
    layoutDocument(
      content: unknown,
      document: unknown,
      styles: object,
      defaultStyle: object,
      background: unknown,
      header: unknown,
      footer: unknown,
      watermark: unknown,
      pageBreakBefore: unknown,
    ): readonly object[]
    buildNextLine(node: object): Line | null
  }
  const module: { readonly default: typeof LayoutBuilder }
  export default module
}

declare module 'pdfmake/js/PDFDocument.js' {
  const module: {
    readonly default: new (fonts: object, images: object, patterns: object, attachments: object, options: object, files: object) => PDFKit.PDFDocument
  }
  export default module
}

declare module 'pdfmake/js/Renderer.js' {
  class Renderer {
    constructor(document: PDFKit.PDFDocument)
    renderPages(pages: readonly object[]): void
  }
  const module: { readonly default: typeof Renderer }
  export default module
}

declare module 'pdfmake/js/SVGMeasure.js' {
  const module: { readonly default: new () => object }
  export default module
}

declare module 'pdfmake/js/tableLayouts.js' {
  const module: { readonly tableLayouts: object }
  export default module
}

declare module 'pdfmake/js/qrEnc.js' {
  const module: {
    readonly default: {
      measure(node: { qr: string; eccLevel: 'L' | 'M' | 'Q' | 'H'; mode: 'alphanumeric' }): {
        readonly _width: number
        readonly _canvas: readonly { readonly x: number; readonly y: number; readonly color: string }[]
      }
    }
  }
  export default module
}
