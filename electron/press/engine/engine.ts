import type { Font } from 'fontkit'
import type { Content } from 'pdfmake'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { families, type Fonts } from './fonts.ts'
import { BidiLayoutBuilder } from './layout.ts'
import { misfitOf } from './misfit.ts'
import {
  type Document,
  type DocumentFont,
  type LaidPage,
  PDFDocument,
  Renderer,
  SVGMeasure,
  tableLayouts,
} from './pdfmake.ts'

/** What stands in the margin of a page. */
type Running = (page: number, pages: number) => Content | null

/** A paper to be set: sizes in points. */
export interface Sheet {
  readonly title: string
  readonly size: { readonly width: number; readonly height: number }
  readonly margins: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  readonly content: Content
  /** What lies below stays blank on every page, in points from the top: what is drawn there later has its room. */
  readonly blankFrom?: number
  /** It must be laid on exactly so many pages. */
  readonly pages?: number
  readonly header?: Running
  readonly footer?: Running
  /** Draws on each new page before its text. */
  readonly background?: (page: PDFKit.PDFDocument) => void
}

/** Sets sheets and writes them as PDF. */
export interface PdfEngine {
  readonly fonts: Fonts
  /**
   * What is written was looked at: every line stands in its column and on its page. Fault: paper.misfit.
   * @param tries ever tighter settings of one paper: the first that keeps to its pages (one, where it says nothing)
   * and cuts no word, else the first that keeps to them, else the last
   */
  print(tries: readonly [Sheet, ...Sheet[]]): Promise<Result<Uint8Array>>
}

/**
 * Joins pdfmake's parts by hand, so that lines are built in visual order, and no network and no file is reachable.
 * pdfkit would parse every font anew for each document, most of the time of a receipt: the parsed ones are shared.
 */
export function openEngine(fonts: Fonts): PdfEngine {
  const DocumentFont = fontClass(fonts)
  const openDocument = (title: string, size: Sheet['size']): Document => {
    const document = emptyDocument(title, size)
    // pdfkit makes the tag of a subset from the letters of `F1`, `F2` …: no other name will do.
    let count = 0
    for (const family of families) {
      const normal = new DocumentFont(document, fonts.shaper(family, 'normal'), `F${String(++count)}`)
      const bold = new DocumentFont(document, fonts.shaper(family, 'bold'), `F${String(++count)}`)
      document.fontCache[family] = { normal, bold }
      document._fontFamilies[normal.id] = normal
      document._fontFamilies[bold.id] = bold
    }
    return document
  }
  return {
    fonts,
    print: async (tries) => {
      const document = openDocument(tries[0].title, tries[0].size)
      const { sheet, pages, made } = layBest(tries, document)
      const misfit = misfitOf(pages, {
        width: sheet.size.width,
        height: sheet.blankFrom ?? sheet.size.height,
        lines: made.lines,
        pages: sheet.pages ?? pages.length,
      })
      if (misfit !== undefined) return err(faultOf('paper.misfit', misfit))
      const { background } = sheet
      if (background !== undefined) document.on('pageAdded', () => background(document))
      const written = collect(document)
      new Renderer(document).renderPages(pages)
      document.end()
      return ok(await written)
    },
  }
}

/** pdfkit does not export its font class: the first font of a document shows it. */
function fontClass(fonts: Fonts): new (document: Document, shaper: Font, id: string) => DocumentFont {
  const shown = emptyDocument('', { width: 1, height: 1 }, fonts.bytes('tifinagh', 'normal')).provideFont(
    'tifinagh',
    false,
    false,
  )
  // The constructor of an embedded font takes the document, the parsed font and a name (pdfkit 0.19, EmbeddedFont).
  return shown.constructor as new (document: Document, shaper: Font, id: string) => DocumentFont
}

function emptyDocument(title: string, size: Sheet['size'], anyFont: Buffer = Buffer.alloc(0)): Document {
  const names = Object.fromEntries(families.map((family) => [family, { normal: family, bold: family }]))
  const options = {
    size: [size.width, size.height],
    // PDF/A-3b (ISO 19005-3): fonts embedded, sRGB intent, no transparency.
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    compress: true,
    lang: 'ar',
    autoFirstPage: false,
    displayTitle: true,
    font: null,
    info: { Title: title, Creator: 'Guichet', Producer: 'Guichet' },
  }
  return new PDFDocument(names, {}, {}, {}, options, { existsSync: () => true, readFileSync: () => anyFont })
}

interface Laid {
  readonly sheet: Sheet
  readonly pages: readonly LaidPage[]
  readonly made: BidiLayoutBuilder['made']
}

function layBest(tries: readonly [Sheet, ...Sheet[]], document: Document): Laid {
  const tooLong = ({ sheet, pages }: Laid): boolean => pages.length > (sheet.pages ?? 1)
  let best = lay(tries[0], document)
  for (const tighter of tries.slice(1)) {
    if (!tooLong(best) && best.made.cut === 0) break
    const next = lay(tighter, document)
    if (tooLong(best) || (!tooLong(next) && next.made.cut === 0)) best = next
  }
  return best
}

/** Lays a sheet out into pages; the document only measures. */
function lay(sheet: Sheet, document: Document): Laid {
  const builder = new BidiLayoutBuilder(sheet.size, sheet.margins, new SVGMeasure())
  builder.registerTableLayouts(tableLayouts)
  const pages = builder.layoutDocument(
    sheet.content,
    document,
    {},
    { font: 'arabic', fontSize: 8 },
    undefined,
    sheet.header,
    sheet.footer,
  )
  return { sheet, pages, made: builder.made }
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Uint8Array.from(Buffer.concat(chunks))))
    document.on('error', reject)
  })
}
