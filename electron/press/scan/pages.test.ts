import { degrees, PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { pagePicture } from './pagePicture.ts'
import { openPages, type Pages, type Raster } from './pages.ts'

const opened = async (bytes: Uint8Array): Promise<Pages> => {
  const pages = await openPages(bytes)
  if (!pages.ok) throw new Error(pages.fault.code)
  return pages.value
}
const value = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error('a value was expected')
  return result.value
}

/** A page of 200 × 100 points with ink in the upper left corner of what its viewer shows. */
async function marked(rotation: number): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const size: [number, number] = rotation % 180 === 0 ? [200, 100] : [100, 200]
  const page = document.addPage(size)
  page.setRotation(degrees(rotation))
  const [w, h] = size
  const at = { 0: [0, h - 20], 90: [0, 0], 180: [w - 20, 0], 270: [w - 20, h - 20] }[rotation] ?? [0, 0]
  page.drawRectangle({ x: at[0] ?? 0, y: at[1] ?? 0, width: 20, height: 20, color: rgb(0.2, 0, 0) })
  return document.save()
}
const ink = ({ data, width }: Raster, x: number, y: number): boolean => (data[y * width + x] ?? 255) < 128

describe('pages of a file', () => {
  it.each([0, 90, 180, 270])('are upright at a /Rotate of %i', async (rotation) => {
    const pages = await opened(await marked(rotation))
    const picture = value(await pages.picture(1, 72))
    expect([picture.width, picture.height]).toEqual([200, 100])
    expect([ink(picture, 8, 8), ink(picture, 190, 8), ink(picture, 8, 90), ink(picture, 190, 90)]).toEqual([
      true,
      false,
      false,
      false,
    ])
    pages.close()
  })

  it('are looked at one by one, and none that is not there', async () => {
    const file = await marked(90)
    const picture = value(await pagePicture(file, 1))
    // 200 x 100 points at 120 dpi
    expect([picture.width, picture.height, picture.pages]).toEqual([333, 167, 1])
    expect(picture.grey).toHaveLength(333 * 167)
    expect(picture.grey[10 * 333 + 10]).toBeLessThan(128)
    expect(await pagePicture(file, 2)).toMatchObject({ ok: false, fault: { code: 'scan.pageTorn' } })
    expect(await pagePicture(new Uint8Array(8), 1)).toMatchObject({ ok: false, fault: { code: 'scan.torn' } })
  })

  it('show what lies in crop box and media box', async () => {
    const document = await PDFDocument.create()
    document.addPage([200, 300]).setCropBox(50, 100, 400, 400)
    const pages = await opened(await document.save())
    expect(value(await pages.size(1))).toEqual({ width: 150, height: 200 })
    pages.close()
  })

  it('have their text beside their picture', async () => {
    const document = await PDFDocument.create()
    const font = await document.embedFont(StandardFonts.Helvetica)
    for (const word of ['Bonjour', 'Salut']) document.addPage([200, 100]).drawText(word, { x: 20, y: 50, font })
    const pages = await opened(await document.save())
    expect(pages.count).toBe(2)
    expect(value(await pages.text(1)).trim()).toBe('Bonjour')
    expect(value(await pages.text(2)).trim()).toBe('Salut')
    expect(await pages.text(3)).toMatchObject({ ok: false, fault: { code: 'scan.pageTorn', values: { page: 3 } } })
    pages.close()
  })

  it('open with an empty password, and say when another one is asked for', async () => {
    const document = await PDFDocument.create()
    document.addPage([200, 100])
    document.encrypt({ ownerPassword: 'owner' })
    const pages = await opened(await document.save())
    expect(pages.count).toBe(1)
    pages.close()
    const locked = await PDFDocument.create()
    locked.addPage([200, 100])
    locked.encrypt({ userPassword: 'secret', ownerPassword: 'owner' })
    expect(await openPages(await locked.save())).toMatchObject({ ok: false, fault: { code: 'scan.locked' } })
  })

  it('come out smaller where a page declares more than any paper has', async () => {
    const document = await PDFDocument.create()
    document.addPage([14_400, 14_400])
    document.addPage([20, 14_400])
    const pages = await opened(await document.save())
    const [wide, long] = [value(await pages.picture(1, 600)), value(await pages.picture(2, 600))]
    expect(wide.data.length).toBeLessThanOrEqual(32_100_000)
    expect(wide.dpi).toBeLessThan(600)
    expect(long.height).toBeLessThanOrEqual(12_000)
    pages.close()
  })

  it('are none in what is no file of pages', async () => {
    for (const bytes of [new Uint8Array(), Buffer.from('%PDF-1.7\nnothing'), Buffer.from('GIF89a')])
      expect(await openPages(bytes)).toMatchObject({ ok: false, fault: { code: 'scan.torn' } })
  })
})
