import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { imageAsPdf, isImage } from './image.ts'
import { openPdf, type OpenPage, type OpenPdf, type Pixels } from './pdfium.ts'

/** A page as a picture: grey, one byte a pixel, 0 is black, upright as its viewer shows it. */
export interface Raster extends Pixels {
  /** Dots per inch that it came out at: less than asked for where the page is very large. */
  readonly dpi: number
}

/** The pages of a scanned or received file. Numbers of pages are from 1. */
export interface Pages {
  readonly count: number
  /** The visible page, upright, in points. Faults: scan.pageTorn. */
  size(page: number): Promise<Result<{ readonly width: number; readonly height: number }>>
  /** Faults: scan.pageTorn, for a page that cannot be drawn: the others still can. */
  picture(page: number, dpi: number): Promise<Result<Raster>>
  /** Its text layer, in the order of the file; empty where the page is a picture. Faults: scan.pageTorn. */
  text(page: number): Promise<Result<string>>
  /** Dots per inch of the scan that the page is; nothing where it is none. Faults: scan.pageTorn. */
  scanDpi(page: number): Promise<Result<number | undefined>>
  /** Gives the memory back. */
  close(): void
}

/** A file above this is not opened, in bytes: 500 pages at 300 dpi, in colour. */
const largest = 400 * 1024 * 1024
/** A stack has at most so many pages: a feeder takes 100, a morning has 200 letters. */
export const mostPages = 2000
/** A picture has at most so many pixels: A3 at 400 dpi. A page that declares more comes out smaller. */
const mostPixels = 32_000_000
/** The longer side of a picture, in pixels. */
const longest = 12_000

/**
 * Opens a PDF, a PNG or a JPEG, which is a stack of one page. A PDF that is encrypted with an empty password opens. The
 * bytes stay as they are and must not change while it is open. Faults: scan.locked, scan.torn, scan.tooLarge.
 */
export async function openPages(bytes: Uint8Array): Promise<Result<Pages>> {
  if (bytes.length > largest) return err(faultOf('scan.tooLarge', `${String(bytes.length)} bytes`))
  const pdf = isImage(bytes) ? await imageAsPdf(bytes) : bytes
  if (pdf === undefined) return err(faultOf('scan.torn', 'no readable PNG or JPEG'))
  const first = await opened(pdf)
  if (!first.ok) return first
  const { count } = first.value
  if (count > mostPages) {
    first.value.close()
    return err(faultOf('scan.tooLarge', `${String(count)} pages`))
  }
  // An engine that broke at one page is left behind, and the next page gets a fresh one.
  let engine: OpenPdf | undefined = first.value
  const onPage = async <T>(number: number, use: (page: OpenPage) => T): Promise<Result<T>> => {
    engine ??= await again(pdf)
    try {
      const result = engine?.page(number, (page) => ({ used: use(page) }))
      return result === undefined ? err(tornPage(number)) : ok(result.used)
    } catch {
      engine = undefined
      return err(tornPage(number))
    }
  }
  return ok({
    count,
    size: (number) => onPage(number, ({ width, height }) => ({ width, height })),
    picture: (number, dpi) =>
      onPage(number, (page) => {
        const scale = scaleOf(page, dpi / 72)
        const [width, height] = [page.width, page.height].map((side) => Math.max(1, Math.round(side * scale)))
        return { ...page.render(width ?? 1, height ?? 1), dpi: scale * 72 }
      }),
    text: (number) => onPage(number, (page) => page.text()),
    scanDpi: (number) => onPage(number, (page) => page.scanDpi()),
    close: () => {
      engine?.close()
      engine = undefined
    },
  })
}

const tornPage = (page: number): Fault => faultOf('scan.pageTorn', `page ${String(page)}`, { page })

/** Pixels a point, within what a picture may have. */
const scaleOf = ({ width, height }: OpenPage, wanted: number): number =>
  Math.min(wanted, Math.sqrt(mostPixels / Math.max(1, width * height)), longest / Math.max(1, width, height))

async function opened(pdf: Uint8Array): Promise<Result<OpenPdf>> {
  try {
    const open = await openPdf(pdf)
    if (open === 'locked') return err(faultOf('scan.locked'))
    if (open === 'torn') return err(faultOf('scan.torn', 'no readable PDF'))
    return open.count > 0 ? ok(open) : err(faultOf('scan.torn', 'no pages'))
  } catch {
    return err(faultOf('scan.torn', 'the PDF breaks its reader'))
  }
}

const again = async (pdf: Uint8Array): Promise<OpenPdf | undefined> => {
  const open = await opened(pdf)
  return open.ok ? open.value : undefined
}
