import type { Content, DynamicContent } from 'pdfmake/interfaces.js'
import { families, type Fonts } from './fonts.ts'
import { BidiLayoutBuilder } from './layout.ts'
import { PDFDocument, Renderer, SVGMeasure, tableLayouts } from './pdfmake.ts'

/** A paper to be set: sizes in points. */
export interface Sheet {
  readonly title: string
  readonly size: { readonly width: number; readonly height: number }
  readonly margins: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  readonly content: Content
  readonly header?: DynamicContent
  readonly footer?: DynamicContent
  /** Draws on each new page before its text. */
  readonly ground?: (page: PDFKit.PDFDocument) => void
}

/**
 * Sets a sheet with pdfmake's parts joined by hand, so that lines are built in visual order, and writes it as PDF. No
 * network and no file is reachable from here: the fonts are handed over as bytes.
 * @param tries ever tighter settings of one paper: the first that takes one page is written, else the last
 */
export function setSheet(tries: readonly [Sheet, ...Sheet[]], fonts: Fonts): Promise<Uint8Array> {
  const document = openDocument(tries[0], fonts)
  let sheet = tries[0]
  let pages = lay(sheet, document)
  for (const tighter of tries.slice(1)) {
    if (pages.length === 1) break
    sheet = tighter
    pages = lay(sheet, document)
  }
  const { ground } = sheet
  if (ground !== undefined) document.on('pageAdded', () => ground(document))
  const written = collect(document)
  new Renderer(document).renderPages(pages)
  document.end()
  return written
}

function openDocument(sheet: Sheet, fonts: Fonts): PDFKit.PDFDocument {
  const names = families.map((family) => [family, { normal: `${family}.normal`, bold: `${family}.bold` }] as const)
  const files = new Map<string, Buffer>(
    families.flatMap((family) => (['normal', 'bold'] as const).map((weight) => [`${family}.${weight}`, fonts.bytes(family, weight)] as const)),
  )
  return new PDFDocument(
    Object.fromEntries(names),
    {},
    {},
    {},
    {
      size: [sheet.size.width, sheet.size.height],
      // PDF/A-3b (ISO 19005-3): fonts embedded, sRGB intent, no transparency.
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      compress: true,
      lang: 'ar',
      autoFirstPage: false,
      displayTitle: true,
      font: null,
      info: { Title: sheet.title, Creator: 'Guichet', Producer: 'Guichet' },
    },
    { existsSync: (name) => files.has(name), readFileSync: (name) => files.get(name) },
  )
}

/** Lays a sheet out into pages; the document only measures. */
function lay(sheet: Sheet, document: PDFKit.PDFDocument): readonly object[] {
  const builder = new BidiLayoutBuilder(sheet.size, sheet.margins, new SVGMeasure())
  builder.registerTableLayouts(tableLayouts)
  return builder.layoutDocument(sheet.content, document, {}, { font: 'arabic', fontSize: 8 }, undefined, sheet.header, sheet.footer)
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Uint8Array.from(Buffer.concat(chunks))))
    document.on('error', reject)
  })
}
