import type { PagePicture } from '#shared/ports/mailPress.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { openPages } from './pages.ts'

/** Dots per inch at which a page is read with ease on a screen, at less than 2 MB for A4. */
const screenDpi = 120

/**
 * One page of a scanned or received file as a grey picture, to be looked at. Faults: scan.locked, scan.torn,
 * scan.tooLarge, scan.pageTorn.
 * @param page from 1
 */
export async function pagePicture(file: Uint8Array, page: number): Promise<Result<PagePicture>> {
  const pages = await openPages(file)
  if (!pages.ok) return pages
  try {
    const drawn = await pages.value.picture(page, screenDpi)
    if (!drawn.ok) return err(drawn.fault)
    const { data, width, height } = drawn.value
    return ok({ grey: new Uint8Array(data), width, height, pages: pages.value.count })
  } finally {
    pages.value.close()
  }
}
