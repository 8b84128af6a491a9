import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { openEngine } from './engine.ts'
import { openFonts } from './fonts.ts'
import { LayoutBuilder, PDFDocument, Renderer, SVGMeasure, qrEncoder, tableLayouts } from './pdfmake.ts'

// What is used of pdfmake behind its front door: each part is named here, so that an update which moves one fails by
// its name and not as a page that looks a little different.
const load = createRequire(import.meta.url)

test('the version is the pinned one', () => {
  const { version } = load('pdfmake/package.json') as { version: string }
  const { dependencies } = JSON.parse(readFileSync(join(resources, '..', 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  expect(dependencies['pdfmake']).toBe(version)
})

test.each([
  ['LayoutBuilder', LayoutBuilder, ['registerTableLayouts', 'layoutDocument', 'buildNextLine']],
  ['PDFDocument', PDFDocument, ['provideFont']],
  ['Renderer', Renderer, ['renderPages']],
  ['SVGMeasure', SVGMeasure, ['measureSVG']],
] as const)('%s is a class with the methods that are used', (_name, part, methods) => {
  for (const method of methods)
    expect([method, typeof (part.prototype as Record<string, unknown>)[method]]).toEqual([method, 'function'])
})

test('the table layouts have the one that is used', () => {
  expect(Object.keys(tableLayouts)).toContain('noBorders')
})

test('the encoder of QR codes gives its ground first, then dark modules of five units', () => {
  const { _width: width, _canvas: rects } = qrEncoder.measure({ qr: 'RS1:ABC', eccLevel: 'Q', mode: 'alphanumeric' })
  expect(width % 5).toBe(0)
  const [ground, ...modules] = rects as readonly { x: number; y: number; w: number; h: number }[]
  expect(ground).toMatchObject({ x: 0, y: 0, w: width, h: width })
  expect(modules.length).toBeGreaterThan(100)
  for (const { x, y, w, h } of modules) expect([x % 5, y % 5, w, h]).toEqual([0, 0, 5, 5])
  // The finder pattern in the upper left corner: seven dark modules, then a light one.
  const dark = new Set(modules.map(({ x, y }) => `${x / 5} ${y / 5}`))
  expect(Array.from({ length: 8 }, (_, x) => dark.has(`${x} 0`))).toEqual([
    ...Array.from({ length: 7 }, () => true),
    false,
  ])
})

test('the font class of pdfkit takes a document, a parsed font and a name, and is written with the document', async () => {
  const engine = openEngine(openFonts(resources))
  const printed = await engine.print([
    {
      title: 'contract',
      size: { width: 200, height: 100 },
      margins: { left: 10, top: 10, right: 10, bottom: 10 },
      content: [{ text: 'abc', font: 'latin', bold: true }],
    },
  ])
  const pdf = Buffer.from(valueOf(printed)).toString('latin1')
  expect(pdf).toMatch(/\/BaseFont \/[A-Z]{6}\+IBMPlexSans/u)
  expect(pdf).toMatch(/%%EOF\s*$/u)
})
