import { degrees, PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib'
import { encodePng } from '#drivers/card/png.ts'
import { openPages, type Pages, type Raster } from '#electron/press/scan/pages.ts'
import { splitPages } from '#electron/press/scan/splitPages.ts'
import { openPress } from '#electron/press/openPress.ts'
import { registerNumber } from '#shared/ids.ts'
import type { Press } from '#shared/ports/press.ts'
import { resources } from '#tests/builders/worker.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { must, type Target } from '../target.ts'

/** Small pages: what is attacked is the reading of files, not the time that drawing takes. */
async function aPdf(objectStreams: boolean, encrypted = false): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const rotation of [0, 90]) {
    const page = document.addPage([300, 240])
    page.drawText('Monsieur le Wali', { x: 20, y: 20, size: 9, font })
    page.drawRectangle({ x: 20, y: 40, width: 30, height: 9, color: rgb(0.4, 0, 0) })
    page.setRotation(degrees(rotation))
    page.setCropBox(5, 5, 290, 230)
  }
  if (encrypted) document.encrypt({ ownerPassword: 'owner' })
  return document.save({ useObjectStreams: objectStreams })
}

const aPng = (): Uint8Array =>
  encodePng({ width: 40, height: 30, channels: 1, pixels: new Uint8Array(1200).map((_, at) => (at * 37) % 256) })
const aJpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b080008000801011100ffda0008010100003f00d2cf20ffd9',
  'hex',
)

const wellFormed = ({ data, width, height, dpi }: Raster): void => {
  must(data.length === width * height && data.length <= 32_100_000 && dpi > 0, 'a picture of another size')
}

async function everyPage(pages: Pages): Promise<void> {
  for (let page = 1; page <= Math.min(3, pages.count); page += 1) {
    const [size, picture, text] = [await pages.size(page), await pages.picture(page, 72), await pages.text(page)]
    if (size.ok) must(size.value.width > 0 && size.value.height > 0, 'a page of no size')
    if (picture.ok) wellFormed(picture.value)
    if (text.ok) must(typeof text.value === 'string', 'no text')
  }
  pages.close()
}

/** Stacks: bent PDFs, PNGs and JPEGs end in pages of a bounded size, or in a fault. */
export const stackFiles: Target = {
  ...bytesTarget({
    about: 'stacks (PDF, PNG, JPEG): pages of a bounded size and their sums, or a fault',
    samples: async () => [await aPdf(false), await aPdf(true), await aPdf(false, true), aPng()],
    read: async (bytes) => {
      const pages = await openPages(bytes)
      if (pages.ok) await everyPage(pages.value)
      return pages.ok ? splitPages(bytes) : pages
    },
    taken: (read) => read.ok,
    check: (read) => {
      if (!read.ok || !('balance' in read.value)) return
      const { balance, documents } = read.value
      must(balance.documents === documents.length && balance.pages >= documents.length, 'a balance that is none')
    },
  }),
  cases: 4_000,
}

/** JPEG heads lie about sizes, densities and rotations. */
export const stackPictures: Target = {
  ...bytesTarget({
    about: 'pictures as pages: heads of PNG and JPEG that lie',
    samples: () => [aPng()],
    read: (bytes) => openPages(bytes[0] === 0x89 ? bytes : Buffer.concat([aJpeg.subarray(0, 20), bytes])),
    taken: (read) => read.ok,
    check: (read) => {
      if (read.ok) read.value.close()
    },
  }),
  cases: 20_000,
}

let press: Press | undefined
const stamped = (pdf: Uint8Array): ReturnType<Press['stamp']> =>
  (press ??= openPress({ resourcesDir: resources })).stamp(pdf, {
    number: registerNumber.parse('2026/RAB03-M1/A-000123'),
    at: '2026-11-30T08:15:00.000Z',
    utcOffsetMinutes: 0,
    office: { fr: 'Arrondissement', ar: 'مقاطعة' },
    page: 1,
  })

/** Stamps on bent PDFs: what was received stands whole at the beginning of what comes out, or nothing comes out. */
export const stampedFiles: Target = {
  ...bytesTarget({
    about: 'stamps over bent PDFs: the received bytes untouched, or a fault',
    samples: async () => [await aPdf(false), await aPdf(true), await aPdf(false, true)],
    read: stamped,
    taken: (read) => read.ok,
    check: (read, bytes) => {
      if (read.ok && read.value.incremental)
        must(Buffer.from(read.value.pdf.subarray(0, bytes.length)).equals(bytes), 'received bytes were changed')
    },
  }),
  cases: 2_000,
}
