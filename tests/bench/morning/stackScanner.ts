import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { openSaneScanners } from '#drivers/scanner/sane.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { openPages, type Raster } from '#electron/press/scan/pages.ts'
import { letterPdf } from '#tests/builders/corpus/letterPaper.ts'
import { valueOf } from '#tests/builders/register.ts'
import { noisy } from '#tests/builders/stacks.ts'
import { resources } from '#tests/builders/worker.ts'
import type { MorningLetter } from './letters.ts'

/** The picture that lies on the glass of SANE's backend `pnm`: its own default, which no setting of it changes. */
const glass = '/tmp/input.ppm'
/** As the driver asks for, in dots per inch. */
const dpi = 200

/** A stack as the scanner of the office gives it, and what it took a page, in milliseconds. */
interface ScannedStack {
  readonly pdf: Uint8Array
  readonly pages: number
  readonly perPage: readonly number[]
}

/**
 * The scanner of the bench: SANE itself through the program's own driver. Paper with something on it lies on the glass of
 * the backend `pnm`; a back without ink is a page of the backend `test`, which draws only patterns of its own.
 */
export function openStackScanner(folder: string) {
  const config = join(folder, 'sane')
  mkdirSync(config)
  writeFileSync(join(config, 'dll.conf'), 'test\npnm\n')
  copyFileSync('/etc/sane.d/test.conf', join(config, 'test.conf'))
  const white = { 'test-picture': '"Solid white"', geometry_max: '300.0', br_x: '210.0', br_y: '297.0' }
  const settings = Object.entries(white).reduce(
    (text, [key, value]) => text.replace(new RegExp(`^${key} .*$`, 'mu'), `${key} ${value}`),
    readFileSync(join(config, 'test.conf'), 'utf8'),
  )
  writeFileSync(join(config, 'test.conf'), settings)
  const scanner = openSaneScanners({ env: { ...process.env, SANE_CONFIG_DIR: config } })
  const press = pressHere({ resourcesDir: resources })
  let serial = 0

  const lay = ({ data, width, height }: Raster): void => {
    const head = Buffer.from(`P6\n${String(width)} ${String(height)}\n255\n`)
    const pixels = Buffer.alloc(data.length * 3)
    for (let at = 0; at < pixels.length; at += 1) pixels[at] = data[Math.floor(at / 3)] ?? 255
    writeFileSync(glass, Buffer.concat([head, pixels]))
  }
  /** Both sides of a separator, the letter, its blank back, for each letter in its turn. */
  const scanStack = async (letters: readonly MorningLetter[]): Promise<ScannedStack> => {
    const stack = await PDFDocument.create()
    const perPage: number[] = []
    const take = async (name: string): Promise<void> => {
      const begun = performance.now()
      const page = valueOf(await scanner.scan({ scanner: name }))
      perPage.push(performance.now() - begun)
      const image = await stack.embedJpg(page.bytes)
      const [width, height] = [(image.width * 72) / dpi, (image.height * 72) / dpi]
      stack.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height })
    }
    for (const letter of letters) {
      serial += 1
      const sheet = { serial: `MRN${String(serial).padStart(5, '0')}`, service: letter.service }
      for (const [pdf, sides] of [
        [valueOf(await press.separators([sheet])), [1, 2]],
        [await letterPdf(letter.lines), [1]],
      ] as const) {
        const pages = valueOf(await openPages(pdf))
        for (const side of sides) {
          lay(noisy(8, serial)(valueOf(await pages.picture(side, dpi))))
          await take('pnm:0')
        }
        pages.close()
      }
      await take('test:0')
    }
    return { pdf: await stack.save(), pages: stack.getPageCount(), perPage }
  }
  return {
    scanStack,
    close: () => {
      rmSync(glass, { force: true })
    },
  }
}
