import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'

/** The parts of Tesseract that are used; addresses and options as in its C++ interface (baseapi.h). */
interface Tesseract {
  readonly FS: {
    writeFile(path: string, bytes: Uint8Array): void
    unlink(path: string): void
  }
  readonly TessBaseAPI: new () => {
    /** -1 where the language data are not to be read. `mode` 1 is LSTM alone. */
    Init(path: null, languages: string, mode: number, configuration: null): number
    SetVariable(name: string, value: string): void
    /** Reads `/input`. @param turned orientation as in Exif, @param angle in radians; 1: it is no picture. */
    SetImageFile(turned: number, angle: number): number
    Recognize(monitor: null): number
    GetUTF8Text(): string
    GetTSVText(page: number): string
    End(): void
  }
}

/** Starts the module over its own file: it is never looked for anywhere else. */
export type OpenTesseract = (options: {
  readonly wasmBinary: Uint8Array
  readonly print: (line: string) => void
  readonly printErr: (line: string) => void
}) => Promise<Tesseract>

/** A word as it was read: what Tesseract gives for it, 0 to 100. */
interface ReadWord {
  readonly text: string
  readonly confidence: number
}

/** What was read of one picture. */
export interface ReadPicture {
  readonly text: string
  readonly words: readonly ReadWord[]
}

/** Reads pictures in a grey PGM. Throws where the picture is none, or Tesseract fails: it is not to be used again. */
export type Reader = (pgm: Uint8Array, segmentation: Segmentation) => ReadPicture

/** How a page is cut up, by the numbers of Tesseract (PSM): by itself, or as one block of lines. */
export type Segmentation = 3 | 6

/** The shortest module with a vector instruction (i8x16.splat): it is valid where the machine has them. */
const vectors = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
])

/**
 * Opens Tesseract with what is installed with the program, French and Arabic together: nothing is fetched, nothing kept.
 * It takes half a second and 150 MB, and grows with use.
 */
export async function openReader(): Promise<Reader> {
  const { resolve } = createRequire(import.meta.url)
  const [{ default: open }, binary] = WebAssembly.validate(vectors)
    ? [
        await import('tesseract.js-core/tesseract-core-simd-lstm.js'),
        resolve('tesseract.js-core/tesseract-core-simd-lstm.wasm'),
      ]
    : [await import('tesseract.js-core/tesseract-core-lstm.js'), resolve('tesseract.js-core/tesseract-core-lstm.wasm')]
  const quiet = (): void => undefined
  // What Tesseract says of a page may quote it.
  const core = await open({ wasmBinary: readFileSync(binary), print: quiet, printErr: quiet })
  const languages = {
    fra: resolve('@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz'),
    ara: resolve('@tesseract.js-data/ara/4.0.0_best_int/ara.traineddata.gz'),
  }
  for (const [language, file] of Object.entries(languages))
    core.FS.writeFile(`${language}.traineddata`, gunzipSync(readFileSync(file)))
  const api = new core.TessBaseAPI()
  if (api.Init(null, 'fra+ara', 1, null) === -1) throw new Error('tesseract: languages')
  return (pgm, segmentation) => {
    core.FS.writeFile('/input', pgm)
    api.SetVariable('tessedit_pageseg_mode', String(segmentation))
    if (api.SetImageFile(1, 0) === 1) throw new Error('tesseract: picture')
    api.Recognize(null)
    const read = { text: api.GetUTF8Text(), words: wordsOf(api.GetTSVText(0)) }
    core.FS.unlink('/input')
    return read
  }
}

/** Columns of Tesseract's table: level (5 is a word), …, confidence, text. */
const wordsOf = (table: string): readonly ReadWord[] =>
  table.split('\n').flatMap((row) => {
    const cells = row.split('\t')
    const [text, confidence] = [cells[11]?.trim(), Number(cells[10])]
    return cells[0] === '5' && text !== undefined && text !== '' ? [{ text, confidence }] : []
  })
