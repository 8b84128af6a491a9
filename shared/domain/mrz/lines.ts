import { widths } from './layouts.ts'

const textLimit = 1000
const zoneLine = /^[A-Z0-9<]+$/

/**
 * How a reader or an OCR engine may have written fillers: a guillemet for one or two, a space for one or for nothing.
 * The first way that makes a line as wide as a zone is the one that was meant.
 */
const ways: readonly ((line: string) => string)[] = [
  ['<', ''],
  ['<<', ''],
  ['<', '<'],
  ['<<', '<'],
].map(
  ([guillemet = '', space = '']) =>
    (line) =>
      line.replaceAll(/[«‹]/g, guillemet).replaceAll(/\s/g, space),
)

/** The lines of a zone inside a text: alone, in one run, or below the other lines of a page; undefined when none is. */
export function linesOf(text: string): readonly string[] | undefined {
  if (text.length > textLimit) return undefined
  const said = text
    .toUpperCase()
    .split(/[\p{Cc}]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return inOneRun(said) ?? below(said)
}

const inOneRun = ([run = '', ...more]: readonly string[]): readonly string[] | undefined => {
  const whole = run.replaceAll(/[«‹]/g, '<').replaceAll(/\s/g, '')
  const found = widths.find(([lines, width]) => lines * width === whole.length)
  if (more.length > 0 || found === undefined || !zoneLine.test(whole)) return undefined
  const [count, width] = found
  return Array.from({ length: count }, (_, at) => whole.slice(at * width, (at + 1) * width))
}

/** The last lines that are a zone: what stands above or below is the page it was read from. */
function below(said: readonly string[]): readonly string[] | undefined {
  for (let start = said.length - 2; start >= 0; start -= 1)
    for (const [count, width] of widths) {
      const lines = said.slice(start, start + count).map((line) => wide(line, width))
      if (lines.length === count && lines.every((line) => line !== undefined)) return lines
    }
  return undefined
}

function wide(line: string, width: number): string | undefined {
  // Text is longer before its spaces are out; more than that is no line of a zone.
  if (line.length > 2 * width) return undefined
  return ways.map((way) => way(line)).find((one) => one.length === width && zoneLine.test(one))
}

/** One line of a zone as it was meant, of any width; undefined for what has no filler in any writing. */
export const zoneLineOf = (text: string): string | undefined =>
  /[<«‹]/.test(text)
    ? widths.map(([, width]) => wide(text.toUpperCase(), width)).find((line) => line !== undefined)
    : undefined
