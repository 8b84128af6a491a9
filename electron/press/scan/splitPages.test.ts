import { PDFDocument, degrees } from '@cantoo/pdf-lib'
import { readBarcodes } from 'zxing-wasm/reader'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { labelCode } from '#shared/domain/mail/label.ts'
import { valueOf } from '#tests/builders/register.ts'
import {
  blankPage,
  colourScan,
  covered,
  faint,
  letter,
  noisy,
  pagesFrom,
  pngOf,
  scan,
  scanned,
  shiningThrough,
  spotted,
  stackOf,
  stickered,
  turned,
} from '#tests/builders/stacks.ts'
import { resources } from '#tests/builders/worker.ts'
import { openPress } from '../openPress.ts'
import type { Raster } from './pages.ts'
import { splitPages } from './splitPages.ts'

// Each page is drawn and read at 300 dpi: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const press = openPress({ resourcesDir: resources })
const office = 'RAB03'
const own = '2026/RAB03-G2/L-000001'
const other = '2026/RAB03-G2/L-000002'
const sticker = (text: string) => ({ text: labelCode(text), x: 420, y: 740 })
const split = async (stack: Uint8Array) => valueOf(await splitPages(stack, { office }))

/** Three separators, six pages: the second for a service, the third confidential as well. */
let sheets: Uint8Array
beforeAll(async () => {
  sheets = valueOf(
    await press.separators([
      { serial: 'AAAA2222' },
      { serial: 'BBBB3333', service: 'URB' },
      { serial: 'CCCC4444', service: 'État civil', confidentiality: 'confidential' },
    ]),
  )
})

describe('separators of ours', () => {
  test('say what they were printed for, on both sides', async () => {
    const stack = await stackOf(
      pagesFrom(sheets, 1, 2),
      letter('un'),
      blankPage,
      pagesFrom(sheets, 3, 4),
      letter('deux'),
      letter('deux'),
      pagesFrom(sheets, 5, 6),
      letter('trois'),
    )
    expect(await split(stack)).toEqual({
      balance: { pages: 11, separators: 3, documents: 3, blanks: 1, unreadable: 0 },
      documents: [
        { pages: [3] },
        { pages: [7, 8], service: 'URB' },
        { pages: [11], service: 'État civil', confidentiality: 'confidential' },
      ],
      stops: [],
    })
  })

  test.each<[string, number, readonly ((raster: Raster) => Raster)[]]>([
    ['upside down', 300, [turned(180)]],
    ['on its side', 300, [turned(90)]],
    ['askew by 7°', 200, [turned(7), noisy(20)]],
    ['at 100 dpi', 100, [noisy(12)]],
    ['at 75 dpi', 75, [noisy(12)]],
    ['faint', 300, [faint(90), noisy(10)]],
    ['with a stain on its code', 300, [covered(0.5, 0.42, 0.57, 0.47, 0)]],
  ])('are read %s', async (_how, dpi, changes) => {
    const sheet = await scanned(sheets, 3, dpi, ...changes)
    const found = await split(await stackOf(letter('un'), scan(sheet), letter('deux')))
    expect(found.documents).toEqual([{ pages: [1] }, { pages: [3], service: 'URB' }])
  })

  test.each<[string, (raster: Raster) => Raster]>([
    ['covered', covered(0.2, 0.3, 0.8, 0.68)],
    ['black', covered(0.2, 0.3, 0.8, 0.68, 0)],
    [
      'crossed out',
      (raster) => [0.36, 0.43, 0.5, 0.57, 0.64].reduce((made, y) => covered(0.2, y, 0.8, y + 0.035, 0)(made), raster),
    ],
  ])('whose code is %s stop their place, and no other one', async (_how, change) => {
    const [front, back] = [await scanned(sheets, 3, 150, change), await scanned(sheets, 4, 150, change, turned(3))]
    const stack = await stackOf(
      pagesFrom(sheets, 1, 2),
      letter('un'),
      scan(front),
      scan(back),
      letter('deux'),
      pagesFrom(sheets, 5, 6),
      letter('trois'),
    )
    expect(await split(stack)).toMatchObject({
      balance: { pages: 9, separators: 2, documents: 3, unreadable: 1 },
      documents: [{ pages: [3] }, { pages: [6] }, { pages: [9] }],
      stops: [{ page: 4, why: 'unreadableSeparator' }],
    })
  })

  test('that are a small picture within a letter split nothing', async () => {
    const stack = await stackOf(letter('un'), stickered([{ text: 'GP1:AAAA2222//', x: 400, y: 720, side: 60 }]))
    expect((await split(stack)).documents).toEqual([{ pages: [1, 2], foreign: ['GP1:AAAA2222//'] }])
  })
})

describe('what failed elsewhere (paperless-ngx)', () => {
  test('6394: two QR stickers of one size on one page are both read', async () => {
    const stack = await stackOf(stickered([sticker(own), { text: 'https://example.org/suivi/17', x: 320, y: 740 }]))
    expect((await split(stack)).documents).toEqual([
      { pages: [1], label: own, foreign: ['https://example.org/suivi/17'] },
    ])
  })

  test('2516: a code of 9 mm is read, from 200 dpi on', async () => {
    const page = await stackOf(stickered([{ ...sticker(own), side: 26 }]))
    expect((await split(page)).documents[0]?.label).toBe(own)
    const low = await scanned(page, 1, 200)
    expect((await split(await stackOf(scan(low)))).documents[0]?.label).toBe(own)
  })

  test('12816: a DataMatrix that breaks its decoder costs itself, not the stack and not the label', async () => {
    const registered = { text: 'RR473124829MA', format: 'DataMatrix', x: 80, y: 740 } as const
    const stack = await stackOf(
      pagesFrom(sheets, 1, 2),
      stickered([sticker(own), registered]),
      pagesFrom(sheets, 3, 4),
      letter('deux'),
    )
    const found = valueOf(
      await splitPages(stack, {
        office,
        decode: async (picture, options) => {
          if (options.formats?.includes('DataMatrix') === true) throw new Error('index out of range')
          return readBarcodes(picture, options)
        },
      }),
    )
    expect(found).toMatchObject({
      documents: [
        { pages: [3], label: own },
        { pages: [6], service: 'URB' },
      ],
      stops: [],
    })
    expect((await split(stack)).documents[0]).toEqual({ pages: [3], label: own, posted: ['RR473124829MA'] })
  })

  test('8500: a stack of eleven pages in colour at 300 dpi, seven of them with codes', async () => {
    const letters = await stackOf(
      stickered([sticker(own)]),
      letter('deux'),
      stickered([sticker(other)]),
      letter('trois'),
    )
    const page = async (pdf: Uint8Array, number: number, angle = 0) =>
      colourScan(await scanned(pdf, number, 300, turned(angle), noisy(14)))
    const stack = await stackOf(
      await page(sheets, 1),
      await page(letters, 1, 1),
      await page(sheets, 3, -1),
      await page(sheets, 4, 1),
      await page(letters, 2),
      await page(letters, 4, 2),
      await page(sheets, 5),
      await page(sheets, 6, -2),
      await page(letters, 3),
      await page(letters, 4),
      await page(letters, 2, -1),
    )
    expect(await split(stack)).toEqual({
      balance: { pages: 11, separators: 3, documents: 3, blanks: 0, unreadable: 0 },
      documents: [
        { pages: [2], label: own },
        { pages: [5, 6], service: 'URB' },
        { pages: [9, 10, 11], label: other, service: 'État civil', confidentiality: 'confidential' },
      ],
      stops: [],
    })
  })

  test('1590: two separators in a row, front and back, make no empty document', async () => {
    const stack = await stackOf(pagesFrom(sheets, 1, 2, 3, 4), letter('un'), pagesFrom(sheets, 5, 6), letter('deux'))
    expect(await split(stack)).toMatchObject({
      balance: { separators: 3, documents: 2 },
      documents: [{ pages: [5], service: 'URB' }, { pages: [8] }],
      stops: [{ page: 3, why: 'doubledSeparator' }],
    })
  })

  test('1856, 4731, 5772, 5763, 7997, 10039: separators and labels in one stack, each label on its own letter', async () => {
    const stack = await stackOf(
      pagesFrom(sheets, 1, 2),
      stickered([sticker(own)]),
      letter('un'),
      pagesFrom(sheets, 3, 4),
      letter('deux'),
      pagesFrom(sheets, 5, 6),
      stickered([sticker(other)]),
    )
    expect((await split(stack)).documents.map(({ label }) => label)).toEqual([own, undefined, other])
  })

  test('8943: the label of another office, an EAN and a damaged number of the post are shown and never used', async () => {
    const foreign = [
      { text: labelCode('2026/CAS01-G1/L-000001'), x: 420, y: 740 },
      { text: '5901234123457', format: 'EAN13', x: 60, y: 740, side: 120 },
      { text: 'RR473124829MA', format: 'Code128', x: 220, y: 740, side: 150 },
      // Its check digit is wrong.
      { text: 'RR473124828MA', format: 'Code128', x: 220, y: 600, side: 150 },
    ] as const
    const found = await split(await stackOf(pagesFrom(sheets, 3, 4), stickered(foreign), stickered([sticker(own)])))
    expect(found.documents[0]?.foreign?.toSorted()).toEqual(
      ['5901234123457', 'GM1:2026/CAS01-G1/L-000001', 'RR473124828MA'].toSorted(),
    )
    expect(found.documents[0]?.posted).toEqual(['RR473124829MA'])
    expect(found.documents[0]).not.toHaveProperty('label')
    expect(found.stops).toEqual([{ page: 4, why: 'labelInside' }])
  })

  test('12422: a PNG and a JPEG are searched too', async () => {
    const page = await scanned(await stackOf(stickered([sticker(own)])), 1, 200)
    expect((await split(pngOf(page))).documents).toEqual([{ pages: [1], label: own }])
    const inPdf = await PDFDocument.load(await stackOf(colourScan(page)))
    const jpeg = inPdf.context.enumerateIndirectObjects().flatMap(([, one]) => {
      const bytes = 'contents' in one && one.contents instanceof Uint8Array ? one.contents : undefined
      return bytes?.[0] === 0xff && bytes[1] === 0xd8 ? [bytes] : []
    })[0]
    expect((await split(jpeg ?? new Uint8Array())).documents).toEqual([{ pages: [1], label: own }])
  })

  test('1361: a stack that is encrypted with an empty password', async () => {
    const document = await PDFDocument.load(await stackOf(pagesFrom(sheets, 3, 4), stickered([sticker(own)])))
    document.encrypt({ ownerPassword: 'owner' })
    expect((await split(await document.save())).documents).toEqual([{ pages: [3], service: 'URB', label: own }])
  })

  test('6637: pages that say /Rotate, and a whole stack fed upside down', async () => {
    const document = await PDFDocument.load(await stackOf(pagesFrom(sheets, 3, 4), stickered([sticker(own)])))
    document.getPages().forEach((page, at) => {
      page.setRotation(degrees([90, 180, 270][at] ?? 0))
    })
    expect((await split(await document.save())).documents).toEqual([{ pages: [3], service: 'URB', label: own }])
  })
})

describe('blank backs', () => {
  const back = async (...changes: readonly ((raster: Raster) => Raster)[]) =>
    scan(await scanned(await stackOf(blankPage), 1, 150, ...changes))
  const isBlank = async (part: Awaited<ReturnType<typeof back>>) =>
    (await split(await stackOf(letter('un'), part))).balance.blanks === 1

  test('are blank with dust, an edge, holes, and what shines through from the front', async () => {
    const front = await scanned(await stackOf(letter('un')), 1, 150, shiningThrough(22), noisy(4))
    const holes = [108.5, 188.5].map((y) => ({ x: 12, y, radius: 3 }))
    expect(await isBlank(await back(noisy(10)))).toBe(true)
    expect(await isBlank(await back(covered(0, 0, 0.015, 1, 90), noisy(6)))).toBe(true)
    expect(await isBlank(await back(spotted(holes)))).toBe(true)
    expect(await isBlank(scan(front))).toBe(true)
  })

  test('are no blank pages with a page number, a signature, or a photograph', async () => {
    const number = await scanned(await stackOf(letter('2', 1)), 1, 150, covered(0.125, 0, 1, 1), noisy(6))
    expect(await isBlank(scan(number))).toBe(false)
    expect(await isBlank(await back(spotted([{ x: 100, y: 200, radius: 1.5 }], 120)))).toBe(false)
    expect(await isBlank(await back(covered(0, 0, 1, 1, 60)))).toBe(false)
  })
})

test('a page that claims to be smaller than it is', async () => {
  const page = await scanned(await stackOf(stickered([{ ...sticker(own), side: 40 }])), 1, 300)
  const found = await split(await stackOf(scan({ ...page, dpi: 1_500 })))
  expect(found.documents).toEqual([{ pages: [1], label: own }])
})

test('a stack can be left in the middle', async () => {
  const stop = new AbortController()
  const seen: number[] = []
  const stack = await stackOf(letter('un'), letter('deux'), letter('trois'))
  const left = await splitPages(stack, {
    signal: stop.signal,
    onPage: (done) => {
      seen.push(done)
      stop.abort()
    },
  })
  expect(left).toMatchObject({ ok: false, fault: { code: 'call.cancelled' } })
  expect(seen).toEqual([1])
})

test('without a register no label is ours', async () => {
  const found = valueOf(await splitPages(await stackOf(stickered([sticker(own)]))))
  expect(found.documents).toEqual([{ pages: [1], foreign: [labelCode(own)] }])
})
