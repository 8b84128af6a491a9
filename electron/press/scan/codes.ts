import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  prepareZXingModule,
  purgeZXingModule,
  readBarcodes,
  type ReaderOptions,
  type ReadInputBarcodeFormat,
} from 'zxing-wasm/reader'
import { readOnce } from '#shared/readOnce.ts'
import type { Raster } from './pages.ts'
import { shrunk } from './shrunk.ts'

/** A code on a page. */
export interface Code {
  readonly text: string
  readonly format: string
  /** Its larger side as a share of the shorter side of the page. */
  readonly size: number
}

/** Reads a picture file; what it throws is of one kind of symbol at most. */
export type Decoder = (picture: Uint8Array, options: ReaderOptions) => Promise<readonly Decoded[]>
interface Decoded {
  readonly text: string
  readonly format: string
  readonly isValid: boolean
  readonly position: Readonly<Record<'topLeft' | 'topRight' | 'bottomRight' | 'bottomLeft', { x: number; y: number }>>
}

/**
 * What stands on paper that offices receive. Codabar, Telepen, film edges and the like are read into any row of
 * letters, and are on no letter.
 */
const formats: readonly ReadInputBarcodeFormat[] = [
  'QRCode',
  'DataMatrix',
  'Aztec',
  'PDF417',
  'MicroQRCode',
  'Code128',
  'EAN13',
  'EAN8',
  'UPCA',
  'Code39',
  'Code93',
  'ITF',
]
const thorough = {
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  maxNumberOfSymbols: 40,
  minLineCount: 3,
} as const

/** Every code on a page, each text once. A kind of symbol whose decoder fails costs its own codes and no others. */
export async function readCodes(page: Raster, decode: Decoder = zxing): Promise<readonly Code[]> {
  const picture = asPgm(page)
  try {
    return distinct(await decode(picture, { ...thorough, formats: [...formats] }), page)
  } catch {
    const found: Decoded[] = []
    for (const format of formats) {
      try {
        found.push(...(await decode(picture, { ...thorough, formats: [format] })))
      } catch {
        // This kind alone is not read on this page.
      }
    }
    return distinct(found, page)
  }
}

/** The QR codes of a page alone: a quarter of the time. */
export const readQrCodes = async (page: Raster, decode: Decoder = zxing): Promise<readonly Code[]> =>
  readWays(page, [{}], () => false, decode)

/**
 * The QR codes of a page once more, by other ways of telling black from white and at half the size: for a faint, dirty
 * or badly focused one. Ends as soon as one is `wanted`.
 * @param doubtful there is one for certain: every way is tried
 */
export const readFaintCodes = async (
  page: Raster,
  doubtful: boolean,
  wanted: (code: Code) => boolean,
  decode: Decoder = zxing,
): Promise<readonly Code[]> => {
  const found = [...(await readWays(page, [{ binarizer: 'GlobalHistogram' }], wanted, decode))]
  const small = found.some(wanted) ? undefined : shrunk(page, 2)
  if (small === undefined) return found
  found.push(...(await readWays(small, [{}], wanted, decode)))
  if (found.some(wanted) || !doubtful) return found
  const ways = [
    { binarizer: 'GlobalHistogram', tryDenoise: true },
    { tryDenoise: true, tryInvert: true },
  ] as const
  for (const picture of [small, page]) found.push(...(await readWays(picture, ways, wanted, decode)))
  return found
}

async function readWays(
  page: Raster,
  ways: readonly ReaderOptions[],
  wanted: (code: Code) => boolean,
  decode: Decoder,
): Promise<readonly Code[]> {
  const picture = asPgm(page)
  const found: Code[] = []
  for (const way of ways) {
    try {
      found.push(...distinct(await decode(picture, { ...thorough, formats: ['QRCode'], ...way }), page))
    } catch {
      // The next way may do.
    }
    if (found.some(wanted)) break
  }
  return found
}

const distinct = (read: readonly Decoded[], { width, height }: Raster): readonly Code[] => {
  const codes = new Map<string, Code>()
  for (const { text, format, isValid, position } of read) {
    if (!isValid || text === '' || codes.has(text)) continue
    const { topLeft, topRight, bottomLeft } = position
    const side = (to: { x: number; y: number }): number => Math.hypot(to.x - topLeft.x, to.y - topLeft.y)
    codes.set(text, { text, format, size: Math.max(side(topRight), side(bottomLeft)) / Math.min(width, height) })
  }
  return [...codes.values()]
}

/** Netpbm's P5: the reader takes the grey bytes as they are, and nothing is made of them that is four times as large. */
function asPgm({ data, width, height }: Raster): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${String(width)} ${String(height)}\n255\n`)
  const file = new Uint8Array(head.length + data.length)
  file.set(head)
  file.set(data, head.length)
  return file
}

const zxing: Decoder = async (picture, options) => {
  await loadReader()
  try {
    return await readBarcodes(picture, options)
  } catch (cause) {
    // An engine that trapped is of no use any more: the next symbol gets a fresh one.
    purgeZXingModule()
    reader = readOnce(readReader)
    throw cause
  }
}

/**
 * Loads the reader: without it every page would be one without codes, and a stack one letter. Its own loader would fetch
 * its WebAssembly from the network: it is handed the installed file instead. Throws when that is not there.
 */
export const loadReader = (): Promise<void> => reader()
const readReader = async (): Promise<void> => {
  const binary = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, equalityFn: () => true, fireImmediately: true })
}
let reader = readOnce(readReader)
