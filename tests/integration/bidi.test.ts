import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFonts } from '#electron/press/engine/fonts.ts'
import { openEngine, type Sheet } from '#electron/press/engine/engine.ts'
import { textNode } from '#electron/press/engine/setting.ts'
import { receiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import words from '#shared/domain/receipt/receipt.json' with { type: 'json' }
import { valueOf } from '#tests/builders/register.ts'
import { mixedLines, templateLines, type CorpusLine } from './bidiCorpus.ts'
import { printWithChromium, visualLines, wide, wordWidths } from './pdfTools.ts'

const resourcesDir = join(import.meta.dirname, '../../resources')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bidi-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Each line as a paragraph of its own with our engine, in a column of `width` points. */
async function printWithOurs(lines: readonly CorpusLine[], width = wide): Promise<string> {
  const fonts = openFonts(resourcesDir)
  const sheet: Sheet = {
    title: 'corpus',
    size: { width: width + 40, height: 800 },
    margins: { left: 20, top: 20, right: 20, bottom: 10 },
    content: lines.map((line, at) => ({
      ...textNode(
        line.text,
        { side: line.base === 'rtl' ? 'ar' : 'fr', size: line.base === 'rtl' ? 12 / 1.12 : 12, below: 22 },
        fonts,
      ),
      ...(width === wide && at > 0 && at % 20 === 0 ? { pageBreak: 'before' as const } : {}),
    })),
  }
  const file = join(folder, `ours${String(width)}.pdf`)
  await writeFile(file, valueOf(await openEngine(fonts).print([sheet])))
  return file
}

/** Extraction parts a word where a mark is set by itself: vowel marks, and the dots below that Chromium composes. */
const marked = /[\p{Mn}\u1e00-\u1eff]/u

function same(line: CorpusLine, ours: readonly string[] = [], theirs: readonly string[] = []): boolean {
  const between = marked.test(line.text) ? '' : ' '
  return ours.join(between) === theirs.join(between)
}

test('every line of the templates and of a mixed corpus has the visual word order of Chromium', async () => {
  const lines = [...templateLines(receiptTemplate.parse(words), 20_261_121, 10), ...mixedLines(5_519, 300)]
  const [ours, theirs] = await Promise.all([
    printWithOurs(lines),
    printWithChromium(lines, join(resourcesDir, 'fonts'), folder),
  ])
  const [mine, reference] = await Promise.all([visualLines(ours), visualLines(theirs)])
  expect(reference).toHaveLength(lines.length)
  expect(mine).toHaveLength(lines.length)
  const different = lines.flatMap((line, at) =>
    same(line, mine[at], reference[at])
      ? []
      : [{ text: line.text, base: line.base, ours: mine[at]?.join(' '), chromium: reference[at]?.join(' ') }],
  )
  expect(lines.length).toBeGreaterThanOrEqual(600)
  expect(different).toEqual([])
})

test('a wrapped paragraph keeps that order on each of its lines', async () => {
  const paragraphs = [...templateLines(receiptTemplate.parse(words), 7, 3), ...mixedLines(77, 120)].filter(
    (line) => line.text.length > 40 && !marked.test(line.text),
  )
  const [mine, reference] = await Promise.all([
    printWithOurs(paragraphs, 230).then(visualLines),
    printWithChromium(paragraphs, join(resourcesDir, 'fonts'), folder, 230).then(visualLines),
  ])
  const sorted = (line: readonly string[]): string => [...line].sort().join(' ')
  const theirs = Map.groupBy(reference, sorted)
  const shared = mine.filter((line) => theirs.has(sorted(line)))
  // Engines may break a line elsewhere, so only lines of the same words are compared; most are.
  expect(shared.length / mine.length).toBeGreaterThan(0.8)
  expect(shared.filter((line) => !theirs.get(sorted(line))?.some((one) => one.join(' ') === line.join(' ')))).toEqual(
    [],
  )
})

test('letters beside joiners have the shapes of Chromium: each word is as wide', async () => {
  const words = [
    'علی\u200cرضا',
    'علیرضا',
    'می\u200cخواهم',
    'ه\u200d',
    'ه',
    '\u200dه',
    'نیروی\u200cها',
    'بە\u200cه',
    'ک\u200dک',
  ]
  const lines = words.map((text) => ({ text, base: 'rtl' as const }))
  const [mine, reference] = await Promise.all([
    printWithOurs(lines).then(wordWidths),
    printWithChromium(lines, join(resourcesDir, 'fonts'), folder).then(wordWidths),
  ])
  expect(reference).toHaveLength(words.length)
  expect(mine).toHaveLength(words.length)
  for (const [at, text] of words.entries())
    expect([text, mine[at]]).toEqual([text, expect.closeTo(reference[at] ?? 0, 0)])
})
