import { PDFDocument } from '@cantoo/pdf-lib'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { isImage } from './image.ts'

/**
 * Some pages of a stack as a PDF of their own; a picture is a stack of one page and is handed back as it is.
 * Faults: scan.locked (it asks for a password), scan.torn (no such page, or no whole PDF).
 * @param pages from 1, in the order that they shall have
 */
export async function cutPages(stack: Uint8Array, pages: readonly number[]): Promise<Result<Uint8Array>> {
  if (isImage(stack)) return pages.length === 1 && pages[0] === 1 ? ok(stack) : err(faultOf('scan.torn'))
  try {
    // A scanner may set a password that opens without being typed.
    const whole = await PDFDocument.load(stack, { password: '' })
    if (pages.some((page) => page > whole.getPageCount())) return err(faultOf('scan.torn'))
    const cut = await PDFDocument.create()
    const copied = await cut.copyPages(
      whole,
      pages.map((page) => page - 1),
    )
    for (const page of copied) cut.addPage(page)
    return ok(await cut.save())
  } catch (cause) {
    return err(faultOf(/password|encrypt/iu.test(String(cause)) ? 'scan.locked' : 'scan.torn'))
  }
}
