import { createHash } from 'node:crypto'
import {
  degrees,
  EncryptedPDFError,
  PDFDocument,
  PDFName,
  PDFNumber,
  popGraphicsState,
  type PDFPage,
} from '@cantoo/pdf-lib'
import type { MailSheets } from '#shared/domain/mail/mailSheets.ts'
import { withoutControls } from '#shared/domain/receipt/receiptText.ts'
import { checkLetters } from '#shared/domain/papers/glyphs.ts'
import { faultOf } from '#shared/fault.ts'
import { sha256Hex } from '#shared/ids.ts'
import type { Stamped, StampFacts } from '#shared/ports/mailPress.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PdfEngine } from '../engine/engine.ts'
import { openPages, type Pages, type Raster } from '../scan/pages.ts'
import { findPlace, type Place } from './place.ts'
import { stampSheets, stampSize } from './stampSheet.ts'

/** Enough to tell letters from blank paper, in dots per inch. */
const lookDpi = 60

/**
 * Lays the stamp of the mail office over one page of a PDF. What was received is not touched: the stamp is an update
 * behind it (ISO 32000-1, 7.5.6), so that its hash and its signatures hold. Only what is encrypted is written anew, in
 * clear. What came out is opened and looked at before it is handed over. Faults: those of `MailPress.stamp`.
 */
export async function stampPdf(
  received: Uint8Array,
  facts: StampFacts,
  words: MailSheets['words'],
  engine: PdfEngine,
): Promise<Result<Stamped>> {
  const printable = checkLetters(facts.office.fr + facts.office.ar, engine.fonts.has)
  if (!printable.ok) return printable
  const opened = await openPages(received)
  if (!opened.ok) return opened
  const ground = await groundOf(opened.value, facts)
  const { count } = opened.value
  opened.value.close()
  if (!ground.ok) return ground
  const { place, before } = ground.value
  const stamp = await engine.print(stampSheets(facts, words.stamp, engine.fonts))
  if (!stamp.ok) return stamp
  for (const states of leftOpen) {
    const laid = await layOver(received, stamp.value, facts.page, place, states)
    if (!laid.ok) return laid
    if (await isSound(laid.value.pdf, { count, before, place }, facts))
      return ok({
        ...laid.value,
        page: facts.page,
        corner: place.corner,
        originalSha256: sha256Hex.parse(createHash('sha256').update(received).digest('hex')),
      })
  }
  return err(faultOf('stamp.failed', 'the stamped file does not show its stamp where it belongs'))
}

/** Pages of careless programs end with so many graphics states open: a stamp would stand in the last of them. */
const leftOpen = [0, 1, 2, 3, 4, 6, 8] as const

interface Ground {
  readonly place: Place
  /** The page without the stamp. */
  readonly before: Raster
}

async function groundOf(pages: Pages, { page, corner }: StampFacts): Promise<Result<Ground>> {
  if (page > pages.count)
    return err(faultOf('stamp.noPage', `${String(pages.count)} pages`, { page, pages: pages.count }))
  const [size, picture] = [await pages.size(page), await pages.picture(page, lookDpi)]
  if (!size.ok) return size
  if (!picture.ok) return picture
  const place = findPlace(size.value, stampSize, picture.value, corner)
  return place === undefined ? err(faultOf('stamp.noRoom')) : ok({ place, before: picture.value })
}

async function layOver(
  received: Uint8Array,
  stamp: Uint8Array,
  number: number,
  place: Place,
  states: number,
): Promise<Result<Pick<Stamped, 'pdf' | 'incremental'>>> {
  try {
    const document = await openForUpdate(received)
    const page = document.value.getPage(number - 1)
    const [drawn] = await document.value.embedPdf(stamp)
    if (drawn === undefined) return err(faultOf('stamp.failed', 'no stamp'))
    page.pushOperators(...Array.from({ length: states }, () => popGraphicsState()))
    page.drawPage(drawn, onPage(page, place))
    const pdf = await document.value.save({ addDefaultPage: false, updateFieldAppearances: false })
    return ok({ pdf, incremental: document.incremental })
  } catch (cause) {
    return err(faultOf('scan.torn', cause instanceof Error ? cause.name : 'not a whole PDF'))
  }
}

async function openForUpdate(received: Uint8Array): Promise<{ value: PDFDocument; incremental: boolean }> {
  const as = { updateMetadata: false } as const
  try {
    return { value: await PDFDocument.load(received, { ...as, forIncrementalUpdate: true }), incremental: true }
  } catch (cause) {
    if (!(cause instanceof EncryptedPDFError)) throw cause
    // An update behind an encrypted file would have to be encrypted with its key: it is written whole, in clear.
    return { value: await PDFDocument.load(received, { ...as, password: '' }), incremental: false }
  }
}

/** From the page as it is seen to the page as it is stored: rotation, boxes, and the unit of the page. */
function onPage(page: PDFPage, place: Place): Parameters<PDFPage['drawPage']>[1] {
  const unit = page.node.lookupMaybe(PDFName.of('UserUnit'), PDFNumber)?.asNumber() ?? 1
  const scale = place.scale / (unit > 0 ? unit : 1)
  const [width, height] = [stampSize.width * scale, stampSize.height * scale]
  const { x0, y0, x1, y1 } = visibleBox(page)
  const { left, top } = place
  const rotation = ((page.getRotation().angle % 360) + 360) % 360
  // The lower left corner of the upright stamp, in the space of the page that its viewer turns clockwise.
  const at = {
    0: { x: x0 + left, y: y1 - top - height },
    90: { x: x0 + top + height, y: y0 + left },
    180: { x: x1 - left, y: y0 + top + height },
    270: { x: x1 - top - height, y: y1 - left },
  }[rotation] ?? { x: x0 + left, y: y1 - top - height }
  return { ...at, width, height, rotate: degrees(rotation) }
}

/** CropBox ∩ MediaBox: scanners write crop boxes that are larger than their page. */
function visibleBox(page: PDFPage) {
  const [media, crop] = [page.getMediaBox(), page.getCropBox()].map(({ x, y, width, height }) => ({
    x0: Math.min(x, x + width),
    y0: Math.min(y, y + height),
    x1: Math.max(x, x + width),
    y1: Math.max(y, y + height),
  }))
  if (media === undefined || crop === undefined) throw new Error('a page without a box')
  const both = {
    x0: Math.max(media.x0, crop.x0),
    y0: Math.max(media.y0, crop.y0),
    x1: Math.min(media.x1, crop.x1),
    y1: Math.min(media.y1, crop.y1),
  }
  return both.x1 > both.x0 && both.y1 > both.y0 ? both : media
}

/** What came out is read as its reader will see it: the number, the stamp in its place, and all the rest as it was. */
async function isSound(
  pdf: Uint8Array,
  { count, before, place }: Ground & { readonly count: number },
  { page, number }: StampFacts,
): Promise<boolean> {
  const opened = await openPages(pdf)
  if (!opened.ok) return false
  const [text, after] = [await opened.value.text(page), await opened.value.picture(page, lookDpi)]
  opened.value.close()
  return (
    opened.value.count === count &&
    text.ok &&
    withoutControls(text.value).includes(number) &&
    after.ok &&
    changedOnlyAt(place, before, after.value)
  )
}

/** Of the pixels under a stamp, at least so many change: its frame and letters. */
const leastChanged = 0.03

function changedOnlyAt({ left, top, scale }: Place, before: Raster, after: Raster): boolean {
  if (before.width !== after.width || before.height !== after.height) return false
  const perPoint = before.dpi / 72
  const [x0, y0] = [left * perPoint - 2, top * perPoint - 2]
  const [x1, y1] = [x0 + stampSize.width * scale * perPoint + 4, y0 + stampSize.height * scale * perPoint + 4]
  let [inside, outside] = [0, 0]
  after.data.forEach((tone, at) => {
    if (Math.abs(tone - (before.data[at] ?? 0)) < 24) return
    const [x, y] = [at % after.width, Math.floor(at / after.width)]
    if (x >= x0 && x <= x1 && y >= y0 && y <= y1) inside += 1
    else outside += 1
  })
  return outside === 0 && inside > (x1 - x0) * (y1 - y0) * leastChanged
}
