import type { PartialDate, Sex } from '../identity/identity.ts'
import { agrees } from './checkDigit.ts'
import { birthDate, expiryDate } from './dates.ts'
import { digitsOnly, repairDigits, repairField } from './repair.ts'

/**
 * `proved`: a check digit covers it and agrees; `repaired`: so only after a look-alike was corrected; `unproved`: none
 * covers it, or it disagrees.
 */
export type Confidence = 'proved' | 'repaired' | 'unproved'
export interface MrzField<T> {
  readonly value: T
  readonly confidence: Confidence
}

/**
 * A machine-readable zone as read (Doc 9303-4 to -6). Names carry no check digit, so they are never more than
 * `unproved`.
 */
export interface Mrz {
  readonly format: 'TD1' | 'TD2' | 'TD3'
  readonly documentCode: string
  readonly issuer: string
  readonly nationality: string
  readonly documentNumber: MrzField<string>
  readonly birthDate: MrzField<PartialDate | undefined>
  readonly expiryDate: MrzField<PartialDate | undefined>
  readonly sex: Sex | undefined
  readonly familyName: MrzField<string>
  readonly givenNames: MrzField<string>
  /** Optional data, fillers removed, in the order of the zone. */
  readonly optional: readonly string[]
  /** Whether the composite digit over all proved fields agrees. */
  readonly composite: boolean
  /** What opens the chip (BAC and PACE, Doc 9303-11 §4.3.2): number, birth and expiry, each with its digit. */
  readonly information: string
  /** The lines after repair. */
  readonly lines: readonly string[]
}

interface Layout {
  readonly format: Mrz['format']
  readonly number: readonly [line: number, from: number]
  readonly dates: number
  readonly names: readonly [line: number, from: number]
  readonly issuer: number
  readonly nationality: number
  /** Optional data: line, from, to; the last flag says that a check digit follows. */
  readonly optional: readonly (readonly [line: number, from: number, to: number, checked: boolean])[]
  readonly composite: {
    readonly covers: readonly (readonly [line: number, from: number, to: number])[]
    readonly at: number
  }
  /** The optional field that continues a document number longer than nine. */
  readonly overflow: readonly [line: number, from: number, to: number] | undefined
}

// Positions: Doc 9303-5 §4.2.2 (TD1), 9303-6 §4.2.2 (TD2), 9303-4 §4.2.2 (TD3), counted from 0, ends exclusive.
const layouts: Readonly<Record<string, Layout>> = {
  '3x30': {
    format: 'TD1',
    number: [0, 5],
    dates: 0,
    names: [2, 0],
    issuer: 2,
    nationality: 15,
    optional: [
      [0, 15, 30, false],
      [1, 18, 29, false],
    ],
    composite: {
      covers: [
        [0, 5, 30],
        [1, 0, 7],
        [1, 8, 15],
        [1, 18, 29],
      ],
      at: 29,
    },
    overflow: [0, 15, 30],
  },
  '2x36': {
    format: 'TD2',
    number: [1, 0],
    dates: 13,
    names: [0, 5],
    issuer: 2,
    nationality: 10,
    optional: [[1, 28, 35, false]],
    composite: {
      covers: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 35],
      ],
      at: 35,
    },
    overflow: [1, 28, 35],
  },
  '2x44': {
    format: 'TD3',
    number: [1, 0],
    dates: 13,
    names: [0, 5],
    issuer: 2,
    nationality: 10,
    optional: [[1, 28, 42, true]],
    composite: {
      covers: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 43],
      ],
      at: 43,
    },
    overflow: undefined,
  },
}

/**
 * Reads a machine-readable zone from the text of a scanner or of an OCR engine.
 * @param text lines, or one run of 90, 72 or 88 characters
 * @param now decides the century of two-digit years
 * @returns undefined when the text has not the shape of a zone
 */
export function parseMrz(text: string, now: Date): Mrz | undefined {
  const found = linesOf(text)
  const layout = found === undefined ? undefined : layouts[`${found.length}x${found[0]?.length ?? 0}`]
  if (found === undefined || layout === undefined) return undefined
  const lines = [...found]
  const second = layout.format === 'TD1' ? 1 : layout.number[0]
  const put = (line: number, from: number, value: string): void => {
    const old = lines[line] ?? ''
    lines[line] = old.slice(0, from) + value + old.slice(from + value.length)
  }
  const cut = (line: number, from: number, to: number): string => (lines[line] ?? '').slice(from, to)

  const dates = { birth: layout.dates, expiry: layout.dates + 8 }
  const dateOf = (from: number): Confidence => {
    const before = cut(second, from, from + 7)
    const repaired = repairDigits(before.slice(0, 6), before.slice(6))
    if (!repaired.ok) return 'unproved'
    put(second, from, repaired.field + repaired.digit)
    return repaired.field + repaired.digit === before ? 'proved' : 'repaired'
  }
  const birth = dateOf(dates.birth)
  const expiry = dateOf(dates.expiry)

  const number = readNumber(layout, cut, put)
  const compositeDigit = digitsOnly(cut(second, layout.composite.at, layout.composite.at + 1))
  const composite = agrees(layout.composite.covers.map((span) => cut(...span)).join(''), compositeDigit)
  const names = namesIn(cut(layout.names[0], layout.names[1], lines[0]?.length ?? 0))
  const overflowUsed = number.long
  return {
    format: layout.format,
    documentCode: cut(0, 0, 2).replaceAll('<', ''),
    issuer: cut(0, layout.issuer, layout.issuer + 3).replaceAll('<', ''),
    nationality: cut(second, layout.nationality, layout.nationality + 3).replaceAll('<', ''),
    documentNumber: { value: number.value.replaceAll('<', ''), confidence: number.confidence },
    birthDate: { value: birthDate(cut(second, dates.birth, dates.birth + 6), now), confidence: birth },
    expiryDate: { value: expiryDate(cut(second, dates.expiry, dates.expiry + 6), now), confidence: expiry },
    sex: sexOf(cut(second, dates.birth + 7, dates.birth + 8)),
    familyName: { value: names.family, confidence: 'unproved' },
    givenNames: { value: names.given, confidence: 'unproved' },
    optional: layout.optional.flatMap(([line, from, to]) => {
      const whole = cut(line, from, to)
      const rest =
        overflowUsed && layout.overflow?.[0] === line && layout.overflow[1] === from
          ? whole.slice(whole.indexOf('<') + 1)
          : whole
      const value = rest.replace(/^<+|<+$/g, '').replaceAll('<', ' ')
      return value === '' ? [] : [value]
    }),
    composite,
    information:
      number.information + cut(second, dates.birth, dates.birth + 7) + cut(second, dates.expiry, dates.expiry + 7),
    lines,
  }
}

type Cut = (line: number, from: number, to: number) => string
type Put = (line: number, from: number, value: string) => void

function readNumber(
  layout: Layout,
  cut: Cut,
  put: Put,
): { value: string; confidence: Confidence; information: string; long: boolean } {
  const [line, from] = layout.number
  const field = cut(line, from, from + 9)
  const digit = cut(line, from + 9, from + 10)
  // A number longer than nine: its digit's place holds a filler, the rest and the digit stand in the optional field
  // (Doc 9303-5 §4.2.2, note j).
  if (digit === '<' && layout.overflow !== undefined) {
    const rest = (/^[A-Z0-9]{2,}/.exec(cut(...layout.overflow)) ?? [''])[0]
    const whole = field + rest.slice(0, -1)
    if (rest !== '')
      return {
        value: whole,
        confidence: agrees(whole, rest.slice(-1)) ? 'proved' : 'unproved',
        information: whole + rest.slice(-1),
        long: true,
      }
  }
  const proving = digitsOnly(digit)
  const repaired = repairField(field, (candidate) => agrees(candidate, proving))
  if (repaired === undefined) return { value: field, confidence: 'unproved', information: field + digit, long: false }
  put(line, from, repaired + proving)
  return {
    value: repaired,
    confidence: repaired + proving === field + digit ? 'proved' : 'repaired',
    information: repaired + proving,
    long: false,
  }
}

function linesOf(text: string): readonly string[] | undefined {
  if (text.length > 1000) return undefined
  const lines = text
    .toUpperCase()
    .replaceAll(/[«‹]/g, '<')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(/\s/g, ''))
    .filter((line) => line !== '')
  const width = { 90: 30, 72: 36, 88: 44 }[lines.length === 1 ? (lines[0]?.length ?? 0) : 0]
  const cutLines = width === undefined ? lines : (lines[0]?.match(new RegExp(`.{${width}}`, 'g')) ?? [])
  const shaped = cutLines.every((line) => line.length === cutLines[0]?.length && /^[A-Z0-9<]+$/.test(line))
  return shaped ? cutLines : undefined
}

function namesIn(field: string): { readonly family: string; readonly given: string } {
  const [family = '', given = ''] = field.replace(/<+$/, '').split(/<<(.*)/s)
  const plain = (part: string): string => part.replaceAll(/<+/g, ' ').trim()
  return { family: plain(family), given: plain(given) }
}

const sexOf = (character: string): Sex | undefined => (({ M: 'M', F: 'F', '<': 'X', X: 'X' }) as const)[character]
