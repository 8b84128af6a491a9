import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, PDFName, PDFNumber, degrees, type PDFPage } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerNumber } from '#shared/ids.ts'
import type { StampFacts } from '#shared/ports/mailPress.ts'
import { openPages } from '#electron/press/scan/pages.ts'
import { openPress } from '#electron/press/openPress.ts'
import { valueOf } from '#tests/builders/register.ts'
import { signedPdf } from '#tests/builders/signedPdf.ts'
import { a4, letter, scan, scanned, stackOf, type Part } from '#tests/builders/stacks.ts'
import { resources } from '#tests/builders/worker.ts'
import { output } from './pdfTools.ts'

const press = openPress({ resourcesDir: resources })
const number = registerNumber.parse('2026/RAB03-M1/A-000123')
const facts: StampFacts = {
  number,
  at: '2026-11-30T08:15:00.000Z',
  utcOffsetMinutes: 0,
  office: { fr: 'Arrondissement Agdal-Riyad', ar: 'مقاطعة أكدال الرياض' },
  page: 1,
}
const mm = 72 / 25.4
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stamp-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const file = (bytes: Uint8Array, name = 'stamped.pdf'): string => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
const stamp = async (pdf: Uint8Array, changes: Partial<StampFacts> = {}) =>
  valueOf(await press.stamp(pdf, { ...facts, ...changes }))

/** Where the number stands on the page that is seen, and how large that page is, in points. */
async function seen(pdf: string, page = 1) {
  const html = await output('pdftotext', ['-bbox', '-cropbox', '-f', String(page), '-l', String(page), pdf, '-'])
  // The size that is printed there is that of the page before it is turned.
  const pages = valueOf(await openPages(readFileSync(pdf)))
  const { width, height } = valueOf(await pages.size(page))
  pages.close()
  const words = [
    ...html.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</gu),
  ]
  const box = words.filter(([, , , , , text]) => text === number).map((found) => found.slice(1, 5).map(Number))
  return { page: [width, height] as const, boxes: box, words: words.map(([, , , , , text]) => text) }
}

const changed = async (pdf: Uint8Array, change: (page: PDFPage) => void): Promise<Uint8Array> => {
  const document = await PDFDocument.load(pdf)
  document.getPages().forEach(change)
  return document.save()
}

describe('the stamp of arrival', () => {
  const boxes: Readonly<Record<string, (page: PDFPage) => void>> = {
    'no crop box': () => undefined,
    'a crop box inside': (page) => {
      page.setCropBox(60, 40, 480, 700)
    },
    'a crop box larger than its page': (page) => {
      page.setCropBox(-50, -50, 800, 1100)
    },
    'a media box that begins elsewhere': (page) => {
      page.setMediaBox(-200, 100, a4[0], a4[1])
    },
  }
  const matrix = [0, 90, 180, 270].flatMap((rotation) => Object.keys(boxes).map((box) => [rotation, box] as const))

  test.each(matrix)('stands upright in the visible corner at %i°, with %s', async (rotation, box) => {
    const pdf = await changed(await stackOf(letter('Monsieur', 3)), (page) => {
      boxes[box]?.(page)
      page.setRotation(degrees(rotation))
    })
    const made = await stamp(pdf)
    expect(made).toMatchObject({ page: 1, incremental: true })
    expect(Buffer.from(made.pdf.subarray(0, pdf.length)).equals(Buffer.from(pdf))).toBe(true)
    const { page, boxes: found, words } = await seen(file(made.pdf))
    expect(words).toEqual(expect.arrayContaining([number, '30/11/2026', '08:15', 'ARRIVÉE']))
    const [x0 = NaN, y0 = NaN, x1 = NaN, y1 = NaN] = found[0] ?? []
    // Upright: wider than high; inside, and in the half of its corner.
    expect(x1 - x0).toBeGreaterThan(3 * (y1 - y0))
    expect(x0 > 0 && y0 > 0 && x1 < page[0] && y1 < page[1]).toBe(true)
    expect((x0 + x1) / 2 > page[0] / 2 === made.corner.endsWith('Right')).toBe(true)
    expect((y0 + y1) / 2 < page[1] / 2 === made.corner.startsWith('top')).toBe(true)
  })

  test.each(['topRight', 'topLeft', 'bottomRight', 'bottomLeft'] as const)(
    'stands %s where it is asked for',
    async (corner) => {
      const made = await stamp(await stackOf(letter('un', 30), letter('deux', 30)), { corner, page: 2 })
      expect(made).toMatchObject({ corner, page: 2 })
      const { page, boxes: found } = await seen(file(made.pdf), 2)
      const [x0 = NaN, y0 = NaN] = found[0] ?? []
      expect([x0 > page[0] / 2, y0 < page[1] / 2]).toEqual([corner.endsWith('Right'), corner.startsWith('top')])
      expect((await seen(file(made.pdf), 1)).boxes).toEqual([])
    },
  )

  test('is at most 85 × 55 mm, and its code opens the letter', async () => {
    const before = await stackOf(async (document) => {
      document.addPage(a4)
    })
    const made = await stamp(before)
    const { data, width } = await scanned(made.pdf, 1, 72)
    const inked = [...data].flatMap((tone, at) => (tone < 200 ? [[at % width, Math.floor(at / width)] as const] : []))
    const [xs, ys] = [inked.map(([x]) => x), inked.map(([, y]) => y)]
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThanOrEqual(85 * mm)
    expect(Math.max(...ys) - Math.min(...ys)).toBeLessThanOrEqual(55 * mm)
    const found = valueOf(await press.split(made.pdf, 'RAB03'))
    expect(found.documents).toEqual([{ pages: [1], numbers: [number] }])
  })

  test('takes the corner without ink, and beside a letterhead the room that is left', async () => {
    const corners: Readonly<Record<string, [number, number]>> = {
      topRight: [400, 780],
      topLeft: [60, 780],
      bottomRight: [400, 50],
    }
    const inked: Part = async (document) => {
      const page = document.addPage(a4)
      for (const [x, y] of Object.values(corners)) page.drawText('Ministère de l’Intérieur', { x, y, size: 12 })
    }
    const free = await stamp(await stackOf(inked))
    expect(free.corner).toBe('bottomLeft')
    const letterhead: Part = async (document) => {
      const page = document.addPage(a4)
      for (const y of [800, 60]) page.drawRectangle({ x: 20, y, width: 555, height: 14 })
      page.drawText('Objet', { x: 60, y: 300, size: 12 })
    }
    const pdf = await stackOf(letterhead)
    const beside = await stamp(pdf)
    expect(beside.corner).toBe('topRight')
    // Nothing that was there is covered.
    const [before, after] = [await scanned(pdf, 1, 72), await scanned(beside.pdf, 1, 72)]
    expect(before.data.every((tone, at) => tone > 200 || tone === after.data[at])).toBe(true)
  })

  test('has room for the longest names beside its code', async () => {
    const fr = 'Arrondissement Agdal-Riyad, bureau d’ordre central et des affaires administratives et financières'
    const made = await stamp(await stackOf(letter('un')), {
      office: { fr, ar: 'مكتب الضبط المركزي والشؤون الإدارية والمالية '.repeat(2) },
    })
    expect(valueOf(await press.split(made.pdf, 'RAB03')).documents).toEqual([{ pages: [1], numbers: [number] }])
    expect((await seen(file(made.pdf))).words).toEqual(expect.arrayContaining([number, '08:15', 'financières']))
  })

  test('says departure for a number of that register', async () => {
    const made = await stamp(await stackOf(letter('un')), { number: registerNumber.parse('2026/RAB03-M1/D-000007') })
    expect(await output('pdftotext', [file(made.pdf), '-'])).toContain('DÉPART')
  })
})

describe('over what senders and scanners write', () => {
  test('a signature holds, before and behind', async () => {
    const signed = await signedPdf(await stackOf(letter('un'), letter('deux')))
    const made = await stamp(signed)
    expect(made.incremental).toBe(true)
    expect(await output('pdfsig', [file(signed)])).toContain('Signature is Valid')
    const after = await output('pdfsig', [file(made.pdf)])
    expect(after).toContain('Signature is Valid')
    expect(after).not.toContain('Digest Mismatch')
    expect(made.originalSha256).toBe(createHash('sha256').update(signed).digest('hex'))
    await output('qpdf', ['--check', file(made.pdf)])
  })

  const encryptions: readonly (readonly string[])[] = [
    ['--allow-weak-crypto', '--encrypt', '', 'owner', '40', '--'],
    ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=n', '--'],
    ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=y', '--'],
    ['--encrypt', '', 'owner', '256', '--'],
  ]
  test.each([0, 90, 180, 270].flatMap((rotation) => encryptions.map((how) => [rotation, how] as const)))(
    'encrypted with an empty password, at %i°, %j: a copy in clear',
    async (rotation, how) => {
      const plain = await changed(await stackOf(letter('un', 3)), (page) => {
        page.setRotation(degrees(rotation))
      })
      const locked = join(folder, 'locked.pdf')
      execFileSync('qpdf', [...how.slice(0, -1), '--', file(plain), locked])
      const made = await stamp(readFileSync(locked))
      expect(made).toMatchObject({ incremental: false })
      expect((await seen(file(made.pdf))).boxes).toHaveLength(1)
      expect(await output('pdfinfo', [file(made.pdf)])).toMatch(/Encrypted:\s+no/u)
      await output('qpdf', ['--check', file(made.pdf)])
    },
  )

  test.each<[string, readonly string[]]>([
    ['linearised', ['--linearize']],
    ['with object streams', ['--object-streams=generate']],
    ['without object streams', ['--object-streams=disable', '--force-version=1.3']],
  ])('a file that is %s keeps its bytes', async (_what, how) => {
    execFileSync('qpdf', [...how, file(await stackOf(letter('un'), letter('deux'))), join(folder, 'other.pdf')])
    const received = readFileSync(join(folder, 'other.pdf'))
    const made = await stamp(received, { page: 2 })
    expect(Buffer.from(made.pdf.subarray(0, received.length)).equals(received)).toBe(true)
    expect((await seen(file(made.pdf), 2)).boxes).toHaveLength(1)
    expect((await seen(file(made.pdf), 1)).boxes).toHaveLength(0)
    await output('qpdf', ['--check', file(made.pdf)])
  })

  test.each([
    ['scaled, and never set back', '0.24 0 0 0.24 0 0 cm'],
    ['scaled in a state that is not closed', 'q 0.5 0 0 0.5 0 0 cm'],
    ['scaled, with states left open', '0.5 0 0 0.5 0 0 cm q q 2 0 0 -2 0 0 cm q'],
    ['clipped to a corner', 'q 0 0 100 100 re W n'],
  ])('a page whose content is %s', async (_what, operators) => {
    const document = await PDFDocument.create()
    const page = document.addPage(a4)
    const stream = document.context.stream(`${operators} 0 0 50 50 re f`)
    page.node.set(PDFName.of('Contents'), document.context.register(stream))
    const made = await stamp(await document.save())
    const { page: size, boxes } = await seen(file(made.pdf))
    const [x0 = NaN, y0 = NaN, x1 = NaN] = boxes[0] ?? []
    expect([x0 > size[0] / 2, y0 < 120, x1 - x0 > 90]).toEqual([true, true, true])
  })

  test('a page that inherits its resources, box and rotation, in a unit of its own', async () => {
    const document = await PDFDocument.create()
    const [one, two] = [document.addPage(a4), document.addPage(a4)]
    one.drawText('un', { x: 60, y: 700 })
    two.drawText('deux', { x: 60, y: 700 })
    const pages = document.catalog.Pages()
    pages.set(PDFName.of('MediaBox'), document.context.obj([0, 0, ...a4]))
    pages.set(PDFName.of('Rotate'), PDFNumber.of(-270))
    for (const page of [one, two]) {
      page.node.delete(PDFName.of('MediaBox'))
      page.node.delete(PDFName.of('Rotate'))
      page.node.set(PDFName.of('UserUnit'), PDFNumber.of(2))
    }
    const made = await stamp(await document.save(), { page: 2 })
    const { boxes } = await seen(file(made.pdf), 2)
    expect(boxes).toHaveLength(1)
    expect((await seen(file(made.pdf), 1)).boxes).toHaveLength(0)
  })

  test('300 scanned pages', async () => {
    const raster = await scanned(await stackOf(letter('un')), 1, 150)
    const document = await PDFDocument.load(await stackOf(scan(raster)))
    const [page] = await document.copyPages(document, [0])
    for (let at = 1; at < 300; at += 1) if (page !== undefined) document.addPage(page)
    const received = await document.save()
    const made = await stamp(received, { page: 300 })
    expect((await PDFDocument.load(made.pdf)).getPageCount()).toBe(300)
    expect(Buffer.from(made.pdf.subarray(0, received.length)).equals(Buffer.from(received))).toBe(true)
  })

  test('what is torn, locked, or no PDF is refused in words, and so is a page that is not there', async () => {
    const whole = await stackOf(letter('un'))
    const codeOf = async (pdf: Uint8Array, changes: Partial<StampFacts> = {}) => {
      const made = await press.stamp(pdf, { ...facts, ...changes })
      return made.ok ? 'stamped' : made.fault.code
    }
    expect(await codeOf(whole.subarray(0, whole.length / 2))).toBe('scan.torn')
    expect(await codeOf(Buffer.from('no PDF'))).toBe('scan.torn')
    expect(await codeOf(whole, { page: 2 })).toBe('stamp.noPage')
    const tiny = await PDFDocument.create()
    tiny.addPage([60, 40])
    expect(await codeOf(await tiny.save())).toBe('stamp.noRoom')
    const locked = await PDFDocument.load(whole)
    locked.encrypt({ userPassword: 'secret', ownerPassword: 'owner' })
    expect(await codeOf(await locked.save())).toBe('scan.locked')
  })
})
