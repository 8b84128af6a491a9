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

/** A set paper: how many pages it took, and the bytes when wanted. */
export interface SetSheet {
  readonly pages: number
  bytes(): Promise<Uint8Array>
}

/**
 * Sets a sheet with pdfmake's parts joined by hand, so that lines are built in visual order. No network and no file
 * is reachable from here: the fonts are handed over as bytes.
 */
export function setSheet(sheet: Sheet, fonts: Fonts): SetSheet {
  const names = families.map((family) => [family, { normal: `${family}.normal`, bold: `${family}.bold` }] as const)
  const files = new Map<string, Buffer>(
    families.flatMap((family) => (['normal', 'bold'] as const).map((weight) => [`${family}.${weight}`, fonts.bytes(family, weight)] as const)),
  )
  const document = new PDFDocument(
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
    { existsSync: (name: string) => files.has(name), readFileSync: (name: string) => files.get(name) },
  )
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
  return {
    pages: pages.length,
    bytes: () => {
      const { ground } = sheet
      if (ground !== undefined) document.on('pageAdded', () => ground(document))
      const written = collect(document)
      new Renderer(document).renderPages(pages)
      document.end()
      return written
    },
  }
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Uint8Array.from(Buffer.concat(chunks))))
    document.on('error', reject)
  })
}
