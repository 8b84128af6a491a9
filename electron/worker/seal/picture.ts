import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { openPdf } from '../files/openPdf.ts'
import { sealPrefix } from '#shared/domain/scan/sealText.ts'

/** A picture or PDF above this is not read, in bytes. */
const largest = 32 * 1024 * 1024
/** A receipt has few pages; a seal further back is not looked for. */
const pagesRead = 8
/** Longer side of a rendered page in pixels: A5 at 300 dpi. */
const pixels = 2480

/** A page to be searched: four bytes a pixel, order of colours without meaning for black on white. */
interface Raster {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly colorSpace: 'srgb'
  readonly width: number
  readonly height: number
}

/** Every seal of a file, each once, and the words of its pages: none where they are pictures, as scanners make them. */
export interface Sealed {
  readonly seals: readonly [string, ...string[]]
  readonly text?: string
}

/** Finds the seals in a PNG or JPEG. Faults: `seal.notFound`, `file.unreadable` for what is no such picture. */
export async function readSealsFromPicture(bytes: Uint8Array): Promise<Result<Sealed>> {
  if (bytes.length > largest || !(isPng(bytes) || isJpeg(bytes)))
    return err(faultOf('file.unreadable', 'not a PNG or JPEG of up to 32 MB'))
  const found = await scan(Uint8Array.from(bytes))
  return found.ok ? sealed(found.value, '') : found
}

/**
 * Finds the seals on the pages of a PDF. Faults: `seal.notFound`, `file.unreadable` (no PDF, or one with a password).
 */
export async function readSealsFromPdf(bytes: Uint8Array): Promise<Result<Sealed>> {
  if (bytes.length > largest) return err(faultOf('file.unreadable', 'larger than 32 MB'))
  const library = await PDFiumLibrary.init()
  try {
    const document = await openPdf(library, bytes)
    if (document === 'locked') return err(faultOf('file.unreadable', 'a PDF that asks for a password'))
    if (document === 'torn') return err(faultOf('file.unreadable', 'not a readable PDF'))
    let text = ''
    const seals: string[] = []
    for (const page of [...document.pages()].slice(0, pagesRead)) {
      text += `${page.getText()}\n`
      const size = page.getOriginalSize()
      const { data, width, height } = await page.render({
        scale: pixels / Math.max(size.originalWidth, size.originalHeight),
        render: 'bitmap',
      })
      const found = await scan({ colorSpace: 'srgb', data: new Uint8ClampedArray(data), width, height })
      if (!found.ok) return found
      seals.push(...found.value)
    }
    document.destroy()
    return sealed(seals, text)
  } finally {
    library.destroy()
  }
}

function sealed(found: readonly string[], text: string): Result<Sealed> {
  const [first, ...others] = new Set(found)
  if (first === undefined) return err(faultOf('seal.notFound'))
  return ok({ seals: [first, ...others], ...(text.trim() === '' ? {} : { text }) })
}

/** Whether bytes begin as a PNG. */
export const isPng = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 8)).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
/** Whether bytes begin as a JPEG. */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

async function scan(input: Uint8Array<ArrayBuffer> | Raster): Promise<Result<readonly string[]>> {
  await loadReader()
  try {
    const found = await readBarcodes(input, {
      formats: ['QRCode'],
      tryHarder: true,
      tryRotate: true,
      tryInvert: false,
      maxNumberOfSymbols: 8,
    })
    return ok(found.filter((one) => one.isValid && one.text.startsWith(sealPrefix)).map((one) => one.text))
  } catch {
    return err(faultOf('file.unreadable', 'picture cannot be decoded'))
  }
}

/** The reader's own loader would fetch its WebAssembly from the network: it is handed the installed file instead. */
async function loadReader(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const binary = await readFile(file)
  const wasmBinary = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, equalityFn: () => true, fireImmediately: true })
}
