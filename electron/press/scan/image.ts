import { degrees, PDFDocument } from '@cantoo/pdf-lib'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** What the head of a picture says. */
interface Head {
  readonly kind: 'png' | 'jpeg'
  readonly width: number
  readonly height: number
  /** Dots per inch, where the file says so. */
  readonly dpi?: number
  /** Bytes that the rows of a PNG fill at least, once they are inflated. */
  readonly inflated?: number
  /** By how much it has to be turned clockwise to stand upright. */
  readonly turn: 0 | 90 | 180 | 270
}

/** More pixels than this are no page: A4 at 600 dpi has 35 million, A3 at 400 dpi 31 million. */
const mostPixels = 40_000_000
/** Deflate makes nothing of more than 1,032 times its size (zlib, maximum expansion): a head that claims more lies. */
const deflated = 1032
/** The longer side of A4, in inches: what a picture without a resolution is taken for. */
const a4Height = 11.69
/** A resolution outside of these was written by a program that did not know it. */
const plausible = { least: 50, most: 2400 } as const

/**
 * A PNG or JPEG as a PDF of one page in its own size, upright as its camera says; nothing where it is no such picture,
 * is torn or too large.
 */
export async function imageAsPdf(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const document = await PDFDocument.create()
  return (await addImage(document, bytes)) ? document.save() : undefined
}

/** The pages of a scanner, in their order, as one PDF. Fault: scan.torn (one is no picture of a page). */
export async function bindImages(pages: readonly Uint8Array[]): Promise<Result<Uint8Array>> {
  const document = await PDFDocument.create()
  for (const page of pages) if (!(await addImage(document, page))) return err(faultOf('scan.torn'))
  return ok(await document.save())
}

/** Whether a picture became the next page. */
async function addImage(document: PDFDocument, bytes: Uint8Array): Promise<boolean> {
  const head = headOf(bytes)
  if (head === undefined || head.width * head.height > mostPixels || head.width * head.height === 0) return false
  if ((head.inflated ?? 0) > bytes.length * deflated) return false
  const { kind, width, height, turn } = head
  const dpi = head.dpi ?? Math.max(width, height) / a4Height
  const [w, h] = [(width * 72) / dpi, (height * 72) / dpi]
  try {
    const image = kind === 'png' ? await document.embedPng(bytes) : await document.embedJpg(bytes)
    const page = document.addPage([w, h])
    page.drawImage(image, { x: 0, y: 0, width: w, height: h })
    page.setRotation(degrees(turn))
    return true
  } catch {
    return false
  }
}

/** Whether bytes begin as a picture that can be a page. */
export const isImage = (bytes: Uint8Array): boolean => isPng(bytes) || isJpeg(bytes)

const isPng = (bytes: Uint8Array): boolean =>
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, at) => bytes[at] === byte)
const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

function headOf(bytes: Uint8Array): Head | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return isPng(bytes) ? pngHead(view) : isJpeg(bytes) ? jpegHead(view) : undefined
  } catch {
    // A view throws where the file ends too early.
    return undefined
  }
}

/** PNG, third edition: IHDR comes first (11.2.1), pHYs before the picture (11.3.4.3). */
function pngHead(view: DataView): Head {
  const [width, height, depth] = [view.getUint32(16), view.getUint32(20), view.getUint8(24)]
  const size = { kind: 'png', width, height, inflated: ((width * depth) / 8) * height, turn: 0 } as const
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const name = view.getUint32(at + 4)
    if (name === 0x49444154) break // IDAT
    // pHYs, in dots per metre
    if (name === 0x70485973 && view.getUint8(at + 16) === 1)
      return { ...size, ...dpiOf(view.getUint32(at + 8) * 0.0254) }
  }
  return size
}

/** ITU T.81 B.1: segments up to the frame header; density in APP0 (JFIF), orientation in APP1 (Exif). */
function jpegHead(view: DataView): Head | undefined {
  let dpi = {}
  let turn: Head['turn'] = 0
  for (let at = 2; at + 4 <= view.byteLength;) {
    const marker = view.getUint16(at)
    if (marker >> 8 !== 0xff) return undefined
    if (marker === 0xffff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return { kind: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7), turn, ...dpi }
    if (marker === 0xffe0 && view.getUint32(at + 4) === 0x4a464946) {
      const unit = view.getUint8(at + 11)
      if (unit > 0) dpi = dpiOf(view.getUint16(at + 12) * (unit === 2 ? 2.54 : 1))
    }
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) turn = exifTurn(view, at + 10, at + 2 + length)
    at += 2 + length
  }
  return undefined
}

/** Orientation of Exif (CIPA DC-008, tag 0x0112), without its mirrored values, which no scanner writes. */
function exifTurn(view: DataView, tiff: number, end: number): Head['turn'] {
  const little = view.getUint16(tiff) === 0x4949
  const first = tiff + view.getUint32(tiff + 4, little)
  if (first + 2 > end) return 0
  const entries = view.getUint16(first, little)
  for (let at = first + 2; at < first + 2 + entries * 12 && at + 12 <= end; at += 12)
    if (view.getUint16(at, little) === 0x0112) return turns[view.getUint16(at + 8, little)] ?? 0
  return 0
}

const turns: Readonly<Record<number, Head['turn']>> = { 3: 180, 6: 90, 8: 270 }

const dpiOf = (dpi: number): { readonly dpi?: number } =>
  dpi >= plausible.least && dpi <= plausible.most ? { dpi } : {}
