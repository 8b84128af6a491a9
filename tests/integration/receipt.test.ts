import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openFonts } from '#electron/press/engine/fonts.ts'
import type { DuplicataFacts } from '#shared/ports/press.ts'
import { openPress } from '#electron/press/openPress.ts'
import { openEngine, type Sheet } from '#electron/press/engine/engine.ts'
import { textNode } from '#electron/press/engine/setting.ts'
import { openGlyphCheck } from '#electron/worker/papers/glyphs.ts'
import { counterKeyOf } from '#electron/worker/seal/keys.ts'
import { readSealsFromPdf, readSealsFromPicture } from '#electron/worker/seal/picture.ts'
import { factsDigest, signSeal } from '#electron/worker/seal/seal.ts'
import { typedIdentity } from '#shared/domain/identity/typedIdentity.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { receiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import { withoutControls } from '#shared/domain/receipt/receiptText.ts'
import { counterId } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'
import {
  aLongReceipt,
  anIncompleteReceipt,
  aReceipt,
  aTwelvePieceReceipt,
  someClaims,
} from '#tests/builders/receipt.ts'
import words from '#shared/domain/receipt/receipt.json' with { type: 'json' }
import { templateLines } from './bidiCorpus.ts'
import { output, visualLines } from './pdfTools.ts'

const resourcesDir = join(import.meta.dirname, '../../resources')
const paper = openPress({ resourcesDir })
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = counterKeyOf(privateKey, counterId.parse('RAB03-G2'), '2026-01-01T00:00:00Z')
const reprint: DuplicataFacts = {
  copy: 2,
  at: '2026-11-23T08:05:00.000Z',
  zone: 'Europe/Paris',
  by: 'S. El Amrani (A012)',
  reason: 'الورق عالق في الطابعة',
}

/** The receipt of a person who came to a counter. */
const fieldReceipt = (name: string): ReceiptFacts => {
  const file = join(import.meta.dirname, '..', 'fixtures', 'field', `${name}.json`)
  const { familyName, givenNames, nativeName } = typedIdentity.shape
  const { identity } = z
    .object({ identity: z.object({ familyName, givenNames, nativeName }) })
    .parse(JSON.parse(readFileSync(file, 'utf8')))
  return aReceipt({ citizen: { ...aReceipt().citizen, ...identity } })
}

const cases: readonly (readonly [name: string, facts: ReceiptFacts, pages: number])[] = [
  ['complete', aReceipt(), 1],
  ['incomplete', anIncompleteReceipt(), 1],
  ['twelve', aTwelvePieceReceipt(), 1],
  ['specimen', aReceipt({ specimen: true }), 1],
  ['long', aLongReceipt(), 2],
  ['thirty', aLongReceipt(30), 3],
  ...(['long-surname-34', 'long-native-name', 'nbsp-surname', 'native-zwnj'] as const).map(
    (name) => [name, fieldReceipt(name), 1] as const,
  ),
]

let folder = ''
const file = (name: string): string => join(folder, `${name}.pdf`)
const sealOf = (facts: ReceiptFacts): string =>
  signSeal(someClaims({ facts: factsDigest(facts) }), { privateKey, kid: key.kid })
const seals = new Map(cases.map(([name, facts]) => [name, sealOf(facts)]))
const sealNamed = (name: string): string => seals.get(name) ?? ''
const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receipt-'))
  for (const [name, facts] of cases)
    await writeFile(file(name), valueOf(await paper.make({ kind: 'receipt', facts, seal: sealNamed(name) })).pdf)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(cases)('the %s receipt', (name, facts, pages) => {
  test(`is a sound A5 file of ${String(pages)} pages with every font embedded`, async () => {
    const info = await output('pdfinfo', [file(name)])
    expect(info).toMatch(new RegExp(`Pages:\\s+${String(pages)}\\n`, 'u'))
    expect(info).toContain('419.53 x 595.28')
    expect(await output('qpdf', ['--check', file(name)])).toContain('No syntax or stream encoding errors')
    const fonts = (await output('pdffonts', [file(name)])).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThanOrEqual(2)
    for (const font of fonts) expect(font).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/u)
  })

  test('states its conformance, PDF/A-3b, and its language', async () => {
    const raw = await output('qpdf', ['--qdf', '--object-streams=disable', file(name), '-'])
    expect(raw).toMatch(/pdfaid:part>\s*3/u)
    expect(raw).toMatch(/pdfaid:conformance>\s*B/u)
    expect(raw).toContain('/GTS_PDFA1')
    expect(raw).not.toMatch(/\/(ca|CA) 0?\.\d/u)
  })

  test('shows number, last day and every piece, nothing outside the printable page', async () => {
    const lines = (await visualLines(file(name), 2)).map((line) => line.join(' ')).join('\n')
    const letters = lines.replace(/[\s|]/gu, '')
    expect(letters).toContain(facts.number)
    for (const piece of facts.pieces) expect(letters).toContain(piece.label.fr.replace(/[\s()]/gu, '').slice(0, 22))
    const boxes = [
      ...(await output('pdftotext', ['-bbox', file(name), '-'])).matchAll(
        /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/gu,
      ),
    ]
    for (const box of boxes) {
      const [left = 0, top = 0, right = 0, bottom = 0] = box.slice(1).map(Number)
      expect(left).toBeGreaterThan(26)
      expect(right).toBeLessThan(419.53 - 26)
      expect(top).toBeGreaterThan(8)
      expect(bottom).toBeLessThan(595.28 - 12)
    }
  })

  test('gives its seal back from the page at 200 dpi, to zbar and to our own reader, on each page', async () => {
    const prefix = join(folder, `${name}-page`)
    await output('pdftoppm', ['-r', '200', '-png', file(name), prefix])
    for (let page = 1; page <= pages; page += 1) {
      const png = `${prefix}-${String(page)}.png`
      expect((await output('zbarimg', ['--quiet', '--raw', '--nodbus', png])).replace(/\n$/u, '')).toBe(sealNamed(name))
      expect(valueOf(await readSealsFromPicture(await readFile(png)))).toEqual({ seals: [sealNamed(name)] })
    }
    expect(valueOf(await readSealsFromPdf(await readFile(file(name)))).seals).toEqual([sealNamed(name)])
  })
})

test('a surname that is one long word stands whole on its line', async () => {
  const words = (await visualLines(file('long-surname-34'), 2)).flat()
  expect(words).toContain('ANDRIANTSIMITOVIAMINANDRIANDRAZAKA')
})

test('typed text with line ends and tabs is printed', async () => {
  const facts = anIncompleteReceipt({ represented: 'Atlas\n\tBâtiment\u202fSARL' })
  expect((await paper.make({ kind: 'receipt', facts, seal: sealNamed('complete') })).ok).toBe(true)
  expect(
    (await paper.duplicata(await readFile(file('complete')), { ...reprint, reason: 'bourrage\nde papier' })).ok,
  ).toBe(true)
})

test('a receipt is refused only when one of its letters has no glyph', async () => {
  expect(openGlyphCheck(resourcesDir).checkGlyphs(aReceipt())).toEqual({ ok: true, value: undefined })
  const foreign = aReceipt({ citizen: { familyName: '王', givenNames: 'Li', source: 'card' } })
  expect(openGlyphCheck(resourcesDir).checkGlyphs(foreign)).toMatchObject({
    ok: false,
    fault: { code: 'receipt.glyphMissing', detail: 'U+738B' },
  })
  expect(await paper.make({ kind: 'receipt', facts: foreign, seal: sealNamed('complete') })).toMatchObject({
    ok: false,
    fault: { code: 'receipt.glyphMissing' },
  })
})

test('a duplicata says so over the stored original, which stays as it was', async () => {
  const original = await readFile(file('long'))
  const before = Buffer.from(original)
  await writeFile(file('duplicata'), valueOf(await paper.duplicata(original, reprint)))
  expect(original.equals(before)).toBe(true)
  expect(await output('qpdf', ['--check', file('duplicata')])).toContain('No syntax or stream encoding errors')
  const text = (await visualLines(file('duplicata'), 2)).map((line) => line.join(' ')).join('\n')
  expect(text.match(/DUPLICATA 2/gu)).toHaveLength(1)
  expect(text.match(/Réimprimé le 23\/11\/2026 à 09:05 par S\. El Amrani/gu)).toHaveLength(2)
  expect(valueOf(await readSealsFromPdf(await readFile(file('duplicata')))).seals).toEqual([sealNamed('long')])
  expect(await paper.duplicata(original.subarray(0, 2000), reprint)).toMatchObject({
    ok: false,
    fault: { code: 'receipt.altered' },
  })
  expect(await paper.duplicata(original, { ...reprint, reason: '紙' })).toMatchObject({
    ok: false,
    fault: { code: 'receipt.glyphMissing' },
  })
})

test('a picture without a seal, and a file that is no picture, get a fault', async () => {
  await output('convert', ['-size', '200x200', 'xc:white', join(folder, 'white.png')])
  expect(await readSealsFromPicture(await readFile(join(folder, 'white.png')))).toMatchObject({
    fault: { code: 'seal.notFound' },
  })
  expect(await readSealsFromPicture(Buffer.from('no picture'))).toMatchObject({ fault: { code: 'file.unreadable' } })
  expect(await readSealsFromPicture((await readFile(join(folder, 'white.png'))).subarray(0, 40))).toMatchObject({
    ok: false,
  })
  expect(await readSealsFromPdf(Buffer.from('%PDF-1.7 torn'))).toMatchObject({ fault: { code: 'file.unreadable' } })
})

test('optical recognition meets the Arabic words in the order of reading', async () => {
  const fonts = openFonts(resourcesDir)
  const lines = templateLines(receiptTemplate.parse(words), 3, 1).filter(
    (line) => line.base === 'rtl' && withoutControls(line.text).length > 20,
  )
  const sheet: Sheet = {
    title: 'ocr',
    size: { width: 420, height: 595 },
    margins: { left: 20, top: 20, right: 20, bottom: 20 },
    content: lines.map((line) => textNode(line.text, { side: 'ar', size: 11, below: 6 }, fonts)),
  }
  await writeFile(file('ocr'), valueOf(await openEngine(fonts).print([sheet])))
  await output('pdftoppm', ['-r', '300', '-png', '-singlefile', file('ocr'), join(folder, 'ocr')])
  const read = (await output('tesseract', [join(folder, 'ocr.png'), '-', '-l', 'ara', '--psm', '6']))
    .split(/\s+/u)
    .map(letters)
  const wanted = lines
    .flatMap((line) => withoutControls(line.text).split(/\s+/u))
    .map(letters)
    .filter((word) => word.length > 2)
  const found = wanted.filter((word) => read.includes(word))
  expect(found.length / wanted.length).toBeGreaterThan(0.6)
  expect(longestInOrder(found, read) / found.length).toBeGreaterThanOrEqual(0.95)
})

const letters = (word: string): string => word.normalize('NFKC').replace(/[^\p{Script=Arabic}]|\p{Mn}/gu, '')

/** Length of the longest common subsequence: words that both lists have in the same order. */
function longestInOrder(wanted: readonly string[], read: readonly string[]): number {
  let row = new Array<number>(read.length + 1).fill(0)
  for (const word of wanted) {
    const next = [0]
    read.forEach((other, at) =>
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)),
    )
    row = next
  }
  return row.at(-1) ?? 0
}
