import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { withoutControls } from '#shared/domain/receipt/receiptText.ts'
import type { CorpusLine } from './bidiCorpus.ts'

const run = promisify(execFile)

/** Standard output of a program; a non-zero exit is thrown. */
export async function output(program: string, args: readonly string[]): Promise<string> {
  return (await run(program, [...args], { maxBuffer: 64 * 1024 * 1024 })).stdout
}

/**
 * The words of each line as the eye meets them, from left to right. Brackets are one class, since mirrored ones keep
 * their code; controls have no ink; vowel marks hang on their letter, wherever extraction lists them (they may cut a
 * word in two there: compare such lines without spaces).
 * @param apart half the least distance of two lines, in points
 */
export async function visualLines(pdf: string, apart = 9): Promise<string[][]> {
  const html = await output('pdftotext', ['-bbox', pdf, '-'])
  const lines: string[][] = []
  for (const page of html.split('<page ').slice(1)) {
    const words = [
      ...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">([^<]*)<\/word>/gu),
    ]
    const rows = new Map<number, { x: number; text: string }[]>()
    for (const [, x, top, bottom, text] of words) {
      const middle = (Number(top) + Number(bottom)) / 2
      const row = [...rows.keys()].find((one) => Math.abs(one - middle) < apart) ?? middle
      rows.set(row, [...(rows.get(row) ?? []), { x: Number(x), text: oneClass(text ?? '') }])
    }
    for (const row of [...rows.keys()].sort((a, b) => a - b)) {
      lines.push(
        (rows.get(row) ?? [])
          .filter((word) => word.text !== '')
          .sort((a, b) => a.x - b.x)
          .map((word) => word.text),
      )
    }
  }
  return lines
}

/** The width of the ink and room of each line of one word, from top to bottom, in points. */
export async function wordWidths(pdf: string): Promise<number[]> {
  const html = await output('pdftotext', ['-bbox', pdf, '-'])
  const boxes = [...html.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)"/gu)]
  const rows = new Map<number, { from: number; to: number }>()
  for (const [, from, top, to] of boxes) {
    const row = Math.round(Number(top))
    const known = rows.get(row) ?? { from: Infinity, to: -Infinity }
    rows.set(row, { from: Math.min(known.from, Number(from)), to: Math.max(known.to, Number(to)) })
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, { from, to }]) => to - from)
}

/** Holds every line of the corpus unbroken, in points. */
export const wide = 1360

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const oneClass = (word: string): string =>
  withoutControls(word)
    .replace(/\p{Mn}/gu, '')
    .replace(/&(\w+);/gu, (whole, name: string) => entities[name] ?? whole)
    .replace(/[()[\]{}«»‹›<>]/gu, '|')
    .normalize('NFKC')

/**
 * Prints each line as a paragraph of its own with Chromium and the bundled fonts.
 * @param width of the column in points; 1360 holds every line unbroken, 20 to a page
 */
export async function printWithChromium(
  lines: readonly CorpusLine[],
  fontsDir: string,
  folder: string,
  width = wide,
): Promise<string> {
  const faces = [
    ['arabic', 'IBMPlexSansArabic-Regular.ttf'],
    ['latin', 'IBMPlexSans-Regular.ttf'],
    ['tifinagh', 'NotoSansTifinagh-Regular.ttf'],
    ['wide', 'NotoSans-Regular.ttf'],
  ] as const
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const html = `<!doctype html><meta charset="utf-8"><title>-</title><style>
${faces.map(([name, file]) => `@font-face{font-family:${name};src:url("${pathToFileURL(join(fontsDir, file)).href}")}`).join('\n')}
@page{size:${String(width + 40)}pt 800pt;margin:20pt}
body{margin:0;font:12pt arabic,latin,tifinagh,wide}
p{margin:0;line-height:38pt;break-inside:avoid${width === wide ? ';white-space:nowrap' : ''}}
${width === wide ? 'p:nth-child(20n){break-after:page}' : ''}
</style><body>${lines.map((line) => `<p dir="${line.base}">${escape(line.text)}</p>`).join('')}</body>`
  const page = join(folder, `corpus${String(width)}.html`)
  const pdf = join(folder, `chromium${String(width)}.pdf`)
  await writeFile(page, html)
  await output('chromium', [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-pdf-header-footer',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--print-to-pdf=${pdf}`,
    '--virtual-time-budget=10000',
    pathToFileURL(page).href,
  ])
  await readFile(pdf)
  return pdf
}
