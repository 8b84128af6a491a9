/** A span of a zone: line, from, to; counted from 0, ends exclusive. */
export type Span = readonly [line: number, from: number, to: number]

/** Where a kind of document has what. */
export interface Layout {
  readonly format: 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B' | 'FRA-ID'
  /** The number; its digit stands right behind it. */
  readonly number: Span
  /** Six digits of a date; its own digit stands right behind it. */
  readonly birth: Span
  readonly expiry?: Span
  readonly sex: Span
  readonly issuer: Span
  /** Absent where only nationals have such a document. */
  readonly nationality?: Span
  readonly names: Span
  /** The given names, where they have a field of their own. */
  readonly givenNames?: Span
  readonly optional: readonly Span[]
  /** Absent where there is no digit over all fields. */
  readonly composite?: { readonly covers: readonly Span[]; readonly at: Span }
  /** The optional field that continues a document number longer than nine. */
  readonly overflow?: Span
}

/** Doc 9303-5 §4.2.2: three lines of 30. */
const td1: Layout = {
  format: 'TD1',
  number: [0, 5, 14],
  birth: [1, 0, 6],
  expiry: [1, 8, 14],
  sex: [1, 7, 8],
  issuer: [0, 2, 5],
  nationality: [1, 15, 18],
  names: [2, 0, 30],
  optional: [
    [0, 15, 30],
    [1, 18, 29],
  ],
  composite: {
    covers: [
      [0, 5, 30],
      [1, 0, 7],
      [1, 8, 15],
      [1, 18, 29],
    ],
    at: [1, 29, 30],
  },
  overflow: [0, 15, 30],
}

/** What two lines have in common: Doc 9303-4 and -6 §4.2.2, and the visas of Doc 9303-7 §4.2 and §5.2. */
const twoLines = {
  number: [1, 0, 9],
  birth: [1, 13, 19],
  expiry: [1, 21, 27],
  sex: [1, 20, 21],
  issuer: [0, 2, 5],
  nationality: [1, 10, 13],
} as const

const td2: Layout = {
  ...twoLines,
  format: 'TD2',
  names: [0, 5, 36],
  optional: [[1, 28, 35]],
  composite: {
    covers: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 35],
    ],
    at: [1, 35, 36],
  },
  overflow: [1, 28, 35],
}

const td3: Layout = {
  ...twoLines,
  format: 'TD3',
  names: [0, 5, 44],
  optional: [[1, 28, 42]],
  composite: {
    covers: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 43],
    ],
    at: [1, 43, 44],
  },
}

/** Visas have no digit over all fields: optional data goes to the end of the line. */
const visaA: Layout = { ...twoLines, format: 'MRV-A', names: [0, 5, 44], optional: [[1, 28, 44]] }
const visaB: Layout = { ...twoLines, format: 'MRV-B', names: [0, 5, 36], optional: [[1, 28, 36]] }

/**
 * The French identity card of before 2021, as wide as TD2 and with a layout of its own (decree 55-1397 as amended by
 * 87-178): family name and office, then number, given names, birth and sex. It says neither nationality nor expiry.
 */
const frenchCard: Layout = {
  format: 'FRA-ID',
  number: [1, 0, 12],
  birth: [1, 27, 33],
  sex: [1, 34, 35],
  issuer: [0, 2, 5],
  names: [0, 5, 30],
  givenNames: [1, 13, 27],
  optional: [[0, 30, 36]],
  composite: {
    covers: [
      [0, 0, 36],
      [1, 0, 35],
    ],
    at: [1, 35, 36],
  },
}

/** The widths of zones by the number of their lines. */
export const widths: readonly (readonly [lines: number, width: number])[] = [
  [3, 30],
  [2, 36],
  [2, 44],
]

/** The layout of lines, by their number, their width, and who issued what; undefined when they are no zone. */
export function layoutOf(lines: readonly string[]): Layout | undefined {
  const [first = ''] = lines
  const visa = first.startsWith('V')
  if (lines.length === 3 && first.length === 30) return td1
  if (lines.length !== 2) return undefined
  if (first.length === 44) return visa ? visaA : td3
  if (first.length !== 36) return undefined
  return /^[I1]DFRA/.test(first) ? frenchCard : visa ? visaB : td2
}
