import { createRequire } from 'node:module'
import type { Weight } from './fonts.ts'

/** A piece of text that is set in one font and is never broken. */
export interface Inline {
  text: string
  width: number
  x: number
  leadingCut: number
  trailingCut: number
  readonly font: { widthOfString(text: string, size: number): number }
  readonly fontSize: number
  /** Of the line that it asks for. */
  readonly height?: number
  /** No line may end between this piece and the next. */
  readonly noNewLine?: boolean
  /** The line ends here in any case. */
  readonly lineEnd?: boolean
  /** Ours: the embedding level, carried through from the text node. */
  readonly level?: number
}

export interface Line {
  readonly maxWidth: number
  inlines: Inline[]
  inlineWidths: number
  leadingCut: number
  trailingCut: number
  lastLineInParagraph?: boolean
  addInline(inline: Inline): void
  getWidth(): number
  getHeight(): number
  /** On its page, from the upper left corner. */
  readonly x?: number
  readonly y?: number
  /** Ours: copies of a line keep it. */
  serial?: number
}

/** What stands on a laid page, in points from the upper left corner. */
export interface PageItem {
  readonly type: string
  readonly item: object
}
export interface LaidPage {
  readonly items: readonly PageItem[]
}

/** A column of a table, or of several beside each other; `_calcWidth` is what it got. */
export interface Column {
  readonly width?: string | number | null
  _calcWidth: number
}
interface ColumnCalculator {
  buildColumnWidths: (columns: readonly Column[], available: number, offsets?: number, table?: object) => void
  isStarColumn(column: Column): boolean
  isAutoColumn(column: Column): boolean
}

interface Builder {
  registerTableLayouts(layouts: object): void
  layoutDocument(
    content: unknown,
    document: PDFKit.PDFDocument,
    styles: object,
    defaultStyle: object,
    background: unknown,
    header: unknown,
    footer: unknown,
  ): readonly LaidPage[]
  readonly writer: { context(): { readonly availableWidth: number } }
  buildNextLine(node: object): Line | null
}

/** A font of one document: what of it is used goes into the file. */
export interface DocumentFont {
  readonly id: string
}

/** A pdfkit document with pdfmake's table of fonts. */
export type Document = PDFKit.PDFDocument & {
  readonly fontCache: Record<string, Partial<Record<Weight, DocumentFont>>>
  /** pdfkit writes these at the end. */
  readonly _fontFamilies: Record<string, DocumentFont>
  provideFont(family: string, bold: boolean, italics: boolean): DocumentFont
}

interface QrCanvas {
  readonly _width: number
  readonly _canvas: readonly { readonly x: number; readonly y: number }[]
}

/** What we use of pdfmake 0.3.11 behind its front door; the version is pinned for it. */
interface Parts {
  readonly LayoutBuilder: new (pageSize: object, margins: object, svgMeasure: object) => Builder
  readonly PDFDocument: new (
    fonts: object,
    images: object,
    patterns: object,
    attachments: object,
    options: object,
    files: { existsSync(name: string): boolean; readFileSync(name: string): Buffer },
  ) => Document
  readonly Line: new (maxWidth: number) => Line
  readonly columnCalculator: ColumnCalculator
  readonly Renderer: new (document: PDFKit.PDFDocument) => { renderPages(pages: readonly LaidPage[]): void }
  readonly SVGMeasure: new () => object
  readonly qrEnc: {
    measure(node: { qr: string; eccLevel: 'L' | 'M' | 'Q' | 'H'; mode: 'alphanumeric'; version?: number }): QrCanvas
  }
}

const load = createRequire(import.meta.url)

/**
 * One part. `require`, since these CommonJS files mark themselves as ES modules, and hosts disagree on what their
 * default import is.
 */
function part<Name extends keyof Parts>(name: Name): Parts[Name] {
  // The shapes are those of the pinned version, which ships no types for its inside.
  return (load(`pdfmake/js/${name}.js`) as { readonly default: Parts[Name] }).default
}

export const LayoutBuilder = part('LayoutBuilder')
export const Line = part('Line')
export const columnCalculator = part('columnCalculator')
export const PDFDocument = part('PDFDocument')
export const Renderer = part('Renderer')
export const SVGMeasure = part('SVGMeasure')
export const qrEncoder = part('qrEnc')
/** The named table layouts (`noBorders` …). */
export const tableLayouts = (load('pdfmake/js/tableLayouts.js') as { readonly tableLayouts: object }).tableLayouts
