import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer'
import { encodePng } from '#drivers/card/png.ts'
import { openPages, type Raster } from '#electron/press/scan/pages.ts'
import { valueOf } from './register.ts'

/** ISO 216 A4, in points. */
export const a4: [number, number] = [595.28, 841.89]

/** Something that lies in a stack: a page that draws itself. */
export type Part = (document: PDFDocument) => Promise<void>

/** The parts of a stack as one PDF. */
export async function stackOf(...parts: readonly Part[]): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  for (const part of parts) await part(document)
  return document.save()
}

/** Pages of another file, from 1; all of them unless said. */
export const pagesFrom =
  (pdf: Uint8Array, ...numbers: readonly number[]): Part =>
  async (document) => {
    const source = await PDFDocument.load(pdf)
    const wanted = numbers.length === 0 ? source.getPageIndices() : numbers.map((number) => number - 1)
    for (const page of await document.copyPages(source, wanted)) document.addPage(page)
  }

/** A page of a letter with as many lines. */
export const letter =
  (words: string, lines = 24): Part =>
  async (document) => {
    const font = await document.embedFont(StandardFonts.TimesRoman)
    const page = document.addPage(a4)
    for (let at = 0; at < lines; at += 1)
      page.drawText(`${words} ${String(at)}: le dossier suit son cours.`, { x: 70, y: 640 - at * 20, size: 11, font })
  }

export const blankPage: Part = async (document) => {
  document.addPage(a4)
}

/** A code that is stuck on a page. */
export interface Sticker {
  readonly text: string
  readonly format?: WriteInputBarcodeFormat
  /** From the lower left corner, and the longer side, in points. */
  readonly x: number
  readonly y: number
  readonly side?: number
}

/** A letter with codes on its page. */
export const stickered =
  (stickers: readonly Sticker[], lines = 12): Part =>
  async (document) => {
    await letter('Monsieur le Président', lines)(document)
    const page = document.getPages().at(-1)
    for (const { x, y, side = 70, ...said } of stickers) {
      const image = await document.embedPng(await barcode(said))
      const scale = side / Math.max(image.width, image.height)
      page?.drawImage(image, { x, y, width: image.width * scale, height: image.height * scale })
    }
  }

/** A code as PNG. */
export async function barcode({ text, format = 'QRCode' }: Pick<Sticker, 'text' | 'format'>): Promise<Uint8Array> {
  const binary = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))
  const wasmBinary = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, equalityFn: () => true, fireImmediately: true })
  const { image, error } = await writeBarcode(text, { format, scale: 6, addQuietZones: true })
  if (image === null) throw new Error(error)
  return new Uint8Array(await image.arrayBuffer())
}

/** A page of a file as a scanner would have it, changed on its way. */
export async function scanned(
  pdf: Uint8Array,
  page: number,
  dpi: number,
  ...changes: readonly ((raster: Raster) => Raster)[]
): Promise<Raster> {
  const pages = valueOf(await openPages(pdf))
  const picture = valueOf(await pages.picture(page, dpi))
  pages.close()
  return changes.reduce((raster, change) => change(raster), picture)
}

/** A scanned page in a stack, at its own size. */
export const scan =
  (raster: Raster): Part =>
  async (document) => {
    const image = await document.embedPng(pngOf(raster))
    const [width, height] = [(raster.width * 72) / raster.dpi, (raster.height * 72) / raster.dpi]
    document.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height })
  }

/** The same as a JPEG in colour, as feeders write it: yellowish paper, quality 60. */
export const colourScan =
  (raster: Raster): Part =>
  async (document) => {
    const tint = ['+level-colors', '#202830,#fff8e8', '-quality', '60', 'jpg:-']
    const { data, width: w, height: h } = raster
    const pgm = Buffer.concat([Buffer.from(`P5\n${String(w)} ${String(h)}\n255\n`), data])
    const jpeg = execFileSync('convert', ['pgm:-', ...tint], { input: pgm, maxBuffer: 1 << 28 })
    const image = await document.embedJpg(jpeg)
    const [width, height] = [(raster.width * 72) / raster.dpi, (raster.height * 72) / raster.dpi]
    document.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height })
  }

/** A raster as PNG file. */
export const pngOf = ({ data, width, height }: Raster): Uint8Array =>
  encodePng({ width, height, channels: 1, pixels: data })

/** Noise of a sensor, the same for a seed. */
export const noisy =
  (most: number, seed = 7) =>
  (raster: Raster): Raster => {
    let state = seed
    return {
      ...raster,
      data: raster.data.map((tone) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return Math.max(0, Math.min(255, tone + ((state >>> 16) % (2 * most + 1)) - most))
      }),
    }
  }

/** Ink that is only so much darker than paper of 245. */
export const faint =
  (contrast: number) =>
  (raster: Raster): Raster => ({
    ...raster,
    data: raster.data.map((tone) => 245 - Math.round(((255 - tone) / 255) * contrast)),
  })

/** Turned round its middle by any angle, clockwise; what comes from outside is white. */
export const turned =
  (angle: number) =>
  (raster: Raster): Raster => {
    const { data, width, height } = raster
    const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)]
    const upright = Math.round(Math.abs(angle) / 90) % 2 === 0
    const [w, h] = upright ? [width, height] : [height, width]
    const out = new Uint8Array(w * h).fill(255)
    for (let y = 0; y < h; y += 1)
      for (let x = 0; x < w; x += 1) {
        const [dx, dy] = [x - w / 2, y - h / 2]
        const [sx, sy] = [Math.round(cos * dx + sin * dy + width / 2), Math.round(cos * dy - sin * dx + height / 2)]
        if (sx >= 0 && sx < width && sy >= 0 && sy < height) out[y * w + x] = data[sy * width + sx] ?? 255
      }
    return { ...raster, data: out, width: w, height: h }
  }

/** A part of the page in one tone: shares of its width and height from the upper left corner. */
export const covered =
  (left: number, top: number, right: number, bottom: number, tone = 255) =>
  (raster: Raster): Raster => {
    const { width, height } = raster
    const data = Uint8Array.from(raster.data)
    for (let y = Math.floor(top * height); y < Math.min(height, bottom * height); y += 1)
      data.fill(tone, y * width + Math.floor(left * width), y * width + Math.min(width, Math.ceil(right * width)))
    return { ...raster, data }
  }

/** Round spots of one tone: holes of a punch, stains. Middles and radius in millimetres. */
export const spotted =
  (spots: readonly { readonly x: number; readonly y: number; readonly radius: number }[], tone = 20) =>
  (raster: Raster): Raster => {
    const { width, height, dpi } = raster
    const data = Uint8Array.from(raster.data)
    const mm = dpi / 25.4
    for (const { x, y, radius } of spots)
      for (let row = Math.floor((y - radius) * mm); row <= (y + radius) * mm; row += 1) {
        const half = Math.sqrt(Math.max(0, (radius * mm) ** 2 - (row - y * mm) ** 2))
        if (row >= 0 && row < height)
          data.fill(tone, row * width + Math.max(0, Math.floor(x * mm - half)), row * width + Math.ceil(x * mm + half))
      }
    return { ...raster, data }
  }

/** What is on a page shines through to its back: mirrored, and so much darker than the paper. */
export const shiningThrough =
  (contrast: number) =>
  (raster: Raster): Raster => {
    const { data, width } = raster
    return {
      ...raster,
      data: data.map((_, at) => {
        const row = at - (at % width)
        return 250 - Math.round(((255 - (data[row + width - 1 - (at % width)] ?? 255)) / 255) * contrast)
      }),
    }
  }
