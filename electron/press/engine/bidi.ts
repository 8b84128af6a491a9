import bidiFactory, { type Bidi } from 'bidi-js'
import type { Family, Fonts } from './fonts.ts'

/** A stretch of a paragraph in logical order, with one font and one embedding level (UAX #9). */
export interface Run {
  readonly text: string
  readonly font: Family
  /** Even: left to right; odd: right to left. */
  readonly level: number
  /** Inside LRI … PDI: a number, date or code is not broken over lines. */
  readonly noWrap?: true
}

// The package declares an ES default export, but Node and bundlers alike hand over the factory itself.
const bidi: Bidi = (bidiFactory as unknown as () => Bidi)()

/**
 * The renderer shapes each space-separated word by itself and lays them in logical order; this one does not separate.
 */
const noBreakSpace = '\u00a0'
const lri = '\u2066'
const pdi = '\u2069'
const control = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
/** They part or join words without ink; ZWNJ and ZWJ stay for the shaper, which sets the letters beside them by them. */
const widthless = /[\u200b\u2060\ufeff]/u
const joiner = /[\u200c\u200d]/u
const opening = /[\u2066-\u2068]/u

/**
 * Cuts a paragraph into runs; controls of direction have done their work then and are left out.
 * @param base direction of the paragraph: a line that begins with a digit or a Latin word cannot tell it
 * @throws RangeError for a letter that no font has (`checkGlyphs` comes first)
 */
export function runsOf(text: string, base: 'rtl' | 'ltr', fonts: Fonts): readonly Run[] {
  const { levels } = bidi.getEmbeddingLevels(text, base)
  const runs: { text: string; font: Family; level: number; noWrap: boolean }[] = []
  const isolates: boolean[] = []
  let index = 0
  for (const letter of text) {
    const level = levels[index] ?? 0
    index += letter.length
    if (opening.test(letter)) isolates.push(letter === lri)
    if (letter === pdi) isolates.pop()
    if (control.test(letter) || widthless.test(letter)) continue
    const noWrap = isolates.includes(true)
    const last = runs.at(-1)
    if (joiner.test(letter)) {
      // Within a font nothing joins: it belongs to the letters before it, or to those that come.
      if (last === undefined) runs.push({ text: letter, font: 'arabic', level, noWrap })
      else last.text += letter
      continue
    }
    const font = fontOf(letter, last?.font, fonts)
    const shown = noWrap && letter === ' ' ? noBreakSpace : letter
    if (last?.level === level && last.font === font && last.noWrap === noWrap) last.text += shown
    else runs.push({ text: shown, font, level, noWrap })
  }
  return runs.map(({ noWrap, ...run }) => (noWrap ? { ...run, noWrap } : run))
}

/** Spaces and combining marks stay with what they follow. */
function fontOf(letter: string, last: Family | undefined, fonts: Fonts): Family {
  const code = letter.codePointAt(0) ?? 0
  if (last !== undefined && /[\s\p{Mn}]/u.test(letter) && fonts.shaper(last, 'normal').hasGlyphForCodePoint(code))
    return last
  const family = fonts.familyOf(code)
  if (family === undefined) throw new RangeError(`no font has U+${code.toString(16)}`)
  return family
}

/**
 * Puts the pieces of one line in visual order, left to right (rule L2 of UAX #9): sequences at or above each level
 * are reversed, from the highest level down to the lowest odd one.
 */
export function visualOrder<P extends { readonly level?: number }>(pieces: readonly P[]): P[] {
  const line = [...pieces]
  const levelOf = (at: number): number => line[at]?.level ?? 0
  for (let level = Math.max(0, ...line.map((piece) => piece.level ?? 0)); level > 0; level -= 1) {
    for (let start = 0; start < line.length; start += 1) {
      if (levelOf(start) < level) continue
      let end = start
      while (end + 1 < line.length && levelOf(end + 1) >= level) end += 1
      line.splice(start, end - start + 1, ...line.slice(start, end + 1).reverse())
      start = end
    }
  }
  return line
}

/** Letters of Arabic script that join nothing after them (joining type R or U of Unicode's ArabicShaping.txt). */
const endsWord =
  /[\u0621-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef\u200c]\p{Mn}*$/u
const joinsOn = /(?:\p{Script=Arabic}\p{Mn}*|\u200d)$/u
const joinsBack = /^(?:(?!\u0621)(?=\p{L})\p{Script=Arabic}|\u200d)/u

/** A word that had to be cut, its letters at the cut still in the shape that they have inside the word. */
export function joinedCut(text: string, at: number): readonly [head: string, tail: string] {
  const [head, tail] = [text.slice(0, at), text.slice(at)]
  const joined = joinsOn.test(head) && !endsWord.test(head) && joinsBack.test(tail)
  return joined ? [`${head}\u200d`, `\u200d${tail}`] : [head, tail]
}

/** The scripts for which the shaper itself turns a run round. */
const shaperTurns = /\p{Script=Arabic}|\p{Script=Hebrew}/u

/**
 * The letters of a piece as the shaper wants them. It mirrors no bracket, and it lays a run from right to left only
 * when it holds Arabic script: punctuation, spaces and brackets alone, and Persian digits, must be turned here.
 * A piece may hold a space inside (no line breaks after an opening bracket): it must not cut the piece in two.
 */
export function forShaper(text: string, level: number): string {
  const rightToLeft = level % 2 === 1
  const letters = rightToLeft
    ? [...text.replaceAll(' ', noBreakSpace)].map((letter) => bidi.getMirroredCharacter(letter) ?? letter)
    : [...text]
  return (rightToLeft === shaperTurns.test(text) ? letters : letters.reverse()).join('')
}
