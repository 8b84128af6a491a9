import { crc32, deflateSync } from 'node:zlib'
import { openPages } from '#electron/press/scan/pages.ts'
import { type Grey, type Quarter, tilted, turned } from '#electron/press/letter/raster.ts'
import { valueOf } from '../register.ts'
import { letterPdf } from './letterPaper.ts'

/** How a letter lay in the scanner, and what became of it there. */
export interface ScanOptions {
  readonly dpi?: number
  /** Clockwise, in degrees. */
  readonly skew?: number
  readonly quarter?: Quarter
  /** Ink is so much of black, 0 to 1. */
  readonly ink?: number
  /** Grey levels that each pixel may be off. */
  readonly noise?: number
  /** An arrival stamp of another office, askew, over the head of the letter. */
  readonly stamp?: boolean
}

/** The first page of a PDF as a grey picture. */
async function pictureOf(pdf: Uint8Array, dpi: number): Promise<Grey> {
  const pages = valueOf(await openPages(pdf))
  try {
    return valueOf(await pages.picture(1, dpi))
  } finally {
    pages.close()
  }
}

/** Numbers that look like chance and are the same each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The stamp of an office that had the letter before: a frame, a day and a number that are not the letter's. */
async function stampPicture(dpi: number): Promise<Grey> {
  const lines = ['^ COMMUNE DE RABAT', '^ ARRIVÉE – وارد', '^ 27/11/2026', '^ N° 9981']
  const page = await pictureOf(await letterPdf(lines, 13), dpi)
  const [width, height] = [Math.round(dpi * 2.6), Math.round(dpi * 1.5)]
  const [left, top] = [Math.round((page.width - width) / 2), Math.round(dpi * 0.55)]
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const isFrame = x < 6 || y < 6 || x >= width - 6 || y >= height - 6
      data[y * width + x] = isFrame ? 60 : Math.max(90, page.data[(top + y) * page.width + left + x] ?? 255)
      if (!isFrame && data[y * width + x] === 255) data[y * width + x] = 255
    }
  const wide = {
    width: width + 200,
    height: height + 200,
    data: new Uint8Array((width + 200) * (height + 200)).fill(255),
  }
  for (let y = 0; y < height; y += 1)
    wide.data.set(data.subarray(y * width, (y + 1) * width), (y + 100) * wide.width + 100)
  return tilted(wide, -6)
}

/** A letter as a scanner gives it. */
export async function scanOf(pdf: Uint8Array, options: ScanOptions = {}): Promise<Grey> {
  const { dpi = 300, skew = 0, quarter = 0, ink = 1, noise = 0, stamp = false } = options
  const clean = await pictureOf(pdf, dpi)
  const page = { ...clean, data: new Uint8Array(clean.data) }
  if (stamp) {
    const mark = await stampPicture(dpi)
    const [left, top] = [Math.round(page.width * 0.36), Math.round(page.height * 0.02)]
    for (let y = 0; y < mark.height; y += 1)
      for (let x = 0; x < mark.width && left + x < page.width; x += 1) {
        const at = (top + y) * page.width + left + x
        page.data[at] = Math.min(page.data[at] ?? 255, mark.data[y * mark.width + x] ?? 255)
      }
  }
  const straight = skew === 0 ? page : tilted(page, skew)
  const out = turned(straight, quarter)
  const next = chance(7)
  if (ink < 1 || noise > 0)
    for (let at = 0; at < out.data.length; at += 1) {
      const grey = 255 - (255 - (out.data[at] ?? 255)) * ink
      out.data[at] = Math.max(0, Math.min(255, grey + (next() - 0.5) * 2 * noise))
    }
  return out
}

/** A grey picture as PNG (third edition), with its resolution. */
export function pngOf({ width, height, data }: Grey, dpi: number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y += 1) rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const chunk = (name: string, body: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
    const out = Buffer.alloc(named.length + 8)
    out.writeUInt32BE(body.length, 0)
    named.copy(out, 4)
    out.writeUInt32BE(crc32(named), named.length + 4)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const perMetre = Buffer.alloc(9)
  perMetre.writeUInt32BE(Math.round(dpi / 0.0254), 0)
  perMetre.writeUInt32BE(Math.round(dpi / 0.0254), 4)
  perMetre[8] = 1
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      chunk('pHYs', perMetre),
      chunk('IDAT', deflateSync(rows, { level: 1 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}
