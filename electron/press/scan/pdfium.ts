import { PDFiumModule } from '@hyzyla/pdfium'

/** Render flags and bitmap format of PDFium's fpdfview.h. */
const flags = { annotations: 0x01, grey: 0x08, smallCache: 0x200 } as const
const greyBitmap = 1
/** FPDF_PAGEOBJ_IMAGE of fpdf_edit.h. */
const imageObject = 3
/** Error of FPDF_GetLastError: a password is asked for, or a key that PDFium does not know. */
const lockedErrors: readonly number[] = [4, 5]

/** One byte a pixel, 0 is black, rows from the top. */
export interface Pixels {
  readonly data: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** A page that is open: its sizes are those of the visible page, upright, in points. */
export interface OpenPage {
  readonly width: number
  readonly height: number
  render(width: number, height: number): Pixels
  text(): string
  /** Dots per inch of the picture that covers at least half of the page: that of a scan. Nothing where none does. */
  scanDpi(): number | undefined
}

/** A PDF in an engine of its own: what breaks in it breaks nothing else. */
export interface OpenPdf {
  readonly count: number
  /**
   * Opens a page, from 1, for as long as `use` runs: the library's own classes close a page only when it is drawn.
   * Nothing where the page cannot be opened. Throws when the engine breaks; it is of no use afterwards.
   */
  page<T>(number: number, use: (page: OpenPage) => T): T | undefined
  close(): void
}

/** Opens a PDF, with the empty password where it is encrypted; else why it does not open. Throws as `page` does. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf | 'locked' | 'torn'> {
  const pdfium = await PDFiumModule({})
  pdfium._FPDF_InitLibraryWithConfig({ version: 2 })
  const { malloc, free } = pdfium.wasmExports
  const taken = <T>(size: number, use: (at: number) => T): T => {
    const at = malloc(size)
    if (at === 0) throw new Error('no memory for a page')
    try {
      return use(at)
    } finally {
      free(at)
    }
  }
  const file = malloc(bytes.length)
  if (file === 0) return 'torn'
  pdfium.HEAPU8.set(bytes, file)
  const document = pdfium._FPDF_LoadMemDocument(file, bytes.length, 0)
  if (document === 0) return lockedErrors.includes(pdfium._FPDF_GetLastError()) ? 'locked' : 'torn'

  const render = (page: number, width: number, height: number): Pixels =>
    taken(width * height, (at) => {
      const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, greyBitmap, at, width)
      if (bitmap === 0) throw new Error('no bitmap for a page')
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
      const how = flags.annotations | flags.grey | flags.smallCache
      pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, how)
      pdfium._FPDFBitmap_Destroy(bitmap)
      return { data: pdfium.HEAPU8.slice(at, at + width * height), width, height }
    })
  const text = (page: number): string => {
    const words = pdfium._FPDFText_LoadPage(page)
    if (words === 0) return ''
    const count = Math.max(0, pdfium._FPDFText_CountChars(words))
    // UTF-16 with a zero behind it.
    const read = taken(2 * (count + 1), (at) => {
      const length = pdfium._FPDFText_GetText(words, 0, count, at)
      return new TextDecoder('utf-16le').decode(pdfium.HEAPU8.slice(at, at + 2 * Math.max(0, length - 1)))
    })
    pdfium._FPDFText_ClosePage(words)
    return read
  }
  // The module has it, its types do not.
  const { _FPDFPageObj_GetBounds: boundsOf } = pdfium as unknown as {
    readonly _FPDFPageObj_GetBounds: (object: number, ...sides: readonly [number, number, number, number]) => number
  }
  const scanDpi = (page: number): number | undefined =>
    taken(16, (at) => {
      const area = pdfium._FPDF_GetPageWidth(page) * pdfium._FPDF_GetPageHeight(page)
      for (let index = 0; index < pdfium._FPDFPage_CountObjects(page); index += 1) {
        const object = pdfium._FPDFPage_GetObject(page, index)
        if (pdfium._FPDFPageObj_GetType(object) !== imageObject) continue
        // Left, bottom, right, top, in points.
        if (boundsOf(object, at, at + 4, at + 8, at + 12) === 0) continue
        const [left = 0, bottom = 0, right = 0, top = 0] = new Float32Array(pdfium.HEAPU8.slice(at, at + 16).buffer)
        if ((right - left) * (top - bottom) < area / 2) continue
        if (pdfium._FPDFImageObj_GetImagePixelSize(object, at, at + 4) === 0) continue
        const [width = 0, height = 0] = new Uint32Array(pdfium.HEAPU8.slice(at, at + 8).buffer)
        // A picture may lie on its side: areas tell the same.
        return 72 * Math.sqrt((width * height) / ((right - left) * (top - bottom)))
      }
      return undefined
    })
  return {
    count: pdfium._FPDF_GetPageCount(document),
    page: (number, use) => {
      const page = pdfium._FPDF_LoadPage(document, number - 1)
      if (page === 0) return undefined
      const result = use({
        width: pdfium._FPDF_GetPageWidth(page),
        height: pdfium._FPDF_GetPageHeight(page),
        render: (width, height) => render(page, width, height),
        text: () => text(page),
        scanDpi: () => scanDpi(page),
      })
      pdfium._FPDF_ClosePage(page)
      return result
    },
    close: () => {
      pdfium._FPDF_CloseDocument(document)
      pdfium._FPDF_DestroyLibrary()
    },
  }
}
