import type { PartialDate, Sex } from '../identity/identity.ts'
import { agrees } from './checkDigit.ts'
import { birthDate, expiryDate } from './dates.ts'
import { layoutOf, type Layout, type Span } from './layouts.ts'
import { linesOf } from './lines.ts'
import { digitsOnly, lettersOnly, repairDigits, repairField, withoutReadFillers } from './repair.ts'

/**
 * `proved`: a check digit covers it and agrees; `repaired`: so only after a look-alike was corrected; `unproved`: none
 * covers it, or it disagrees, or nothing is known; `absent`: such a document does not say it.
 */
export type Confidence = 'proved' | 'repaired' | 'unproved' | 'absent'
export interface MrzField<T> {
  readonly value: T
  readonly confidence: Confidence
}

/** What no check digit covers and holds signs that cannot stand there (Doc 9303-3 §4.3): read it again. */
export type Doubtful = 'documentCode' | 'issuer' | 'nationality' | 'familyName' | 'givenNames'

/**
 * A machine-readable zone as read (Doc 9303-4 to -7). Names carry no check digit, so they are never more than
 * `unproved`.
 */
export interface Mrz {
  readonly format: Layout['format']
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
  /** Whether the composite digit over all proved fields agrees; undefined where there is none, as on visas. */
  readonly composite: boolean | undefined
  /** Parts whose letters were read as digits, or whose end was read as letters. */
  readonly doubtful: readonly Doubtful[]
  /**
   * What opens the chip (BAC and PACE, Doc 9303-11 §4.3.2): number, birth and expiry, each with its digit; empty for
   * documents that have none.
   */
  readonly information: string
  /** The lines after repair. */
  readonly lines: readonly string[]
}

/**
 * Reads a machine-readable zone from the text of a scanner or of an OCR engine.
 * @param text lines, or one run of 90, 72 or 88 characters; other lines of the page may stand around them
 * @param now decides the century of two-digit years
 * @returns undefined when the text has not the shape of a zone
 */
export function parseMrz(text: string, now: Date): Mrz | undefined {
  const found = linesOf(text)
  const layout = found === undefined ? undefined : layoutOf(found)
  if (found === undefined || layout === undefined) return undefined
  const lines = [...found]
  const put = ([line, from]: Span, value: string): void => {
    const old = lines[line] ?? ''
    lines[line] = old.slice(0, from) + value + old.slice(from + value.length)
  }
  const cut = ([line, from, to]: Span): string => (lines[line] ?? '').slice(from, to)
  const withDigit = ([line, from, to]: Span): Span => [line, from, to + 1]

  const doubtful = new Set<Doubtful>()
  const code = (of: Doubtful, span: Span): string => {
    const before = cut(span)
    put(span, lettersOnly(before))
    if (cut(span) !== before) doubtful.add(of)
    return cut(span).replaceAll('<', '')
  }
  code('documentCode', [0, 0, 1])
  const issuer = code('issuer', layout.issuer)
  const nationality = layout.nationality === undefined ? issuer : code('nationality', layout.nationality)
  const dateOf = (span: Span | undefined, read: (field: string, now: Date) => PartialDate | undefined) => {
    if (span === undefined) return { value: undefined, confidence: 'absent' } as const
    const before = cut(withDigit(span))
    const repaired = repairDigits(before.slice(0, 6), before.slice(6))
    if (repaired.ok) put(span, repaired.field + repaired.digit)
    const value = read(cut(span), now)
    // A digit over nothing proves nothing.
    const sure = repaired.ok && value !== undefined
    return { value, confidence: !sure ? 'unproved' : cut(withDigit(span)) === before ? 'proved' : 'repaired' } as const
  }
  const birth = dateOf(layout.birth, birthDate)
  const expiry = dateOf(layout.expiry, expiryDate)
  const number = readNumber(layout, cut, put)
  const names = readNames(layout, cut, put, doubtful)

  const { composite, overflow } = layout
  const dates = [layout.birth, layout.expiry]
  return {
    format: layout.format,
    documentCode: cut([0, 0, 2]).replaceAll('<', ''),
    issuer,
    nationality,
    documentNumber: { value: number.value.replaceAll('<', ''), confidence: number.confidence },
    birthDate: birth,
    expiryDate: expiry,
    sex: sexOf(cut(layout.sex)),
    familyName: { value: names.family, confidence: 'unproved' },
    givenNames: { value: names.given, confidence: 'unproved' },
    optional: layout.optional.flatMap((span) => {
      const whole = cut(span)
      const rest = number.long && overflow?.[0] === span[0] ? whole.slice(whole.indexOf('<') + 1) : whole
      const value = rest.replace(/^<+|<+$/g, '').replaceAll('<', ' ')
      return value === '' ? [] : [value]
    }),
    composite:
      composite === undefined ? undefined : agrees(composite.covers.map(cut).join(''), digitsOnly(cut(composite.at))),
    doubtful: [...doubtful],
    information: dates.every((span) => span !== undefined)
      ? number.information + dates.map((span) => cut(withDigit(span))).join('')
      : '',
    lines,
  }
}

type Cut = (span: Span) => string
type Put = (span: Span, value: string) => void

function readNumber(
  { number: span, overflow }: Layout,
  cut: Cut,
  put: Put,
): { value: string; confidence: Confidence; information: string; long: boolean } {
  const [line, , to] = span
  const field = cut(span)
  const digit = cut([line, to, to + 1])
  // A number longer than nine: its digit's place holds a filler, the rest and the digit stand in the optional field
  // (Doc 9303-5 §4.2.2, note j).
  if (digit === '<' && overflow !== undefined) {
    const rest = (/^[A-Z0-9]{2,}/.exec(cut(overflow)) ?? [''])[0]
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
  put(span, repaired + proving)
  return {
    value: repaired,
    confidence: repaired + proving === field + digit ? 'proved' : 'repaired',
    information: repaired + proving,
    long: false,
  }
}

/** The names; a tail that was read as letters is fillers, and digits are left as they are: nothing proves a name. */
function readNames(
  { names, givenNames }: Layout,
  cut: Cut,
  put: Put,
  doubtful: Set<Doubtful>,
): { readonly family: string; readonly given: string } {
  const fieldOf = (span: Span, of: Doubtful): string => {
    const before = cut(span)
    put(span, withoutReadFillers(before))
    if (cut(span) !== before) doubtful.add(of)
    return cut(span).replace(/<+$/, '')
  }
  const plain = (part: string, of: Doubtful): string => {
    if (/\d/.test(part)) doubtful.add(of)
    return part.replaceAll(/<+/g, ' ').trim()
  }
  const first = fieldOf(names, givenNames === undefined ? 'givenNames' : 'familyName')
  if (givenNames !== undefined)
    return { family: plain(first, 'familyName'), given: plain(fieldOf(givenNames, 'givenNames'), 'givenNames') }
  const [family = '', given = ''] = first.split(/<<(.*)/s)
  return { family: plain(family, 'familyName'), given: plain(given, 'givenNames') }
}

const sexOf = (character: string): Sex | undefined => (({ M: 'M', F: 'F', '<': 'X', X: 'X' }) as const)[character]
