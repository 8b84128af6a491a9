import { z } from 'zod'
import { separatorLevel, separatorService, type Separator } from './separator.ts'

/** What was found on one page of a stack. */
export type PageFound =
  /** A separator whose code was read. */
  | { readonly is: 'separator'; readonly separator: Separator }
  /** The mark of a separator, and no code that can be read. */
  | { readonly is: 'unreadable' }
  | { readonly is: 'blank' }
  /** The page could not be drawn. */
  | { readonly is: 'torn' }
  | {
      readonly is: 'page'
      /** Texts of labels of ours. */
      readonly labels: readonly string[]
      /** Numbers of letters of ours: a reply that comes back says what it answers. */
      readonly numbers: readonly string[]
      /** References of letters of ours: one that was signed comes back. */
      readonly references: readonly string[]
      /** Numbers of registered items whose check digit is right (UPU S10): an acknowledgement comes back. */
      readonly posted: readonly string[]
      /** Whatever else is coded on it. */
      readonly foreign: readonly string[]
    }

/** Why a place of a stack waits for a person; the rest goes on. */
export const stopReason = z.enum([
  'unreadableSeparator',
  /** Two separators, and nothing between them. */
  'doubledSeparator',
  /** A separator, and nothing behind it. */
  'nothingBehind',
  /** A second label within one document: a separator is missing before it, or one label is too many. */
  'secondLabel',
  /** A label that is not on the first page of its document. */
  'labelInside',
  /** The label is on another document of this stack as well. */
  'labelTwice',
  'pageTorn',
])
export type StopReason = z.infer<typeof stopReason>

/** One letter of a stack, as it will be registered. */
export const stackDocument = z.strictObject({
  /** From 1, without blank ones. */
  pages: z.array(z.int().positive()).readonly(),
  label: z.string().exactOptional(),
  service: separatorService.exactOptional(),
  confidentiality: separatorLevel.exactOptional(),
  /** Numbers of letters of this office that are coded on its pages. */
  numbers: z.array(z.string()).readonly().exactOptional(),
  /** References of letters of this office that are coded on its pages. */
  references: z.array(z.string()).readonly().exactOptional(),
  /** Numbers of registered items that are coded on its pages. */
  posted: z.array(z.string()).readonly().exactOptional(),
  /** Codes of others, as text. */
  foreign: z.array(z.string()).readonly().exactOptional(),
})
export type StackDocument = z.infer<typeof stackDocument>

/** A stack that was split: its balance, its letters, and the places where somebody has to look. */
export const splitView = z.strictObject({
  balance: z.strictObject({
    pages: z.int(),
    /** Sheets whose code was read. */
    separators: z.int(),
    documents: z.int(),
    blanks: z.int(),
    /** Sheets whose code was not. */
    unreadable: z.int(),
  }),
  documents: z.array(stackDocument).readonly(),
  stops: z.array(z.strictObject({ page: z.int().positive(), why: stopReason })).readonly(),
})
export type SplitStack = z.infer<typeof splitView>

/** A sheet between letters: its first page, and what it says where it can be read. */
interface Sheet {
  readonly page: number
  readonly separator?: Separator
}
interface Group {
  readonly behind?: Sheet
  readonly pages: { readonly page: number; readonly found: Extract<PageFound, { is: 'page' | 'torn' }> }[]
}

/**
 * Splits a stack at its separators. Both sides of one count once; whatever is doubtful stops at its own page and nowhere
 * else, and no two letters are joined in silence.
 */
export function splitStack(found: readonly PageFound[]): SplitStack {
  const { sheets, groups } = grouped(found)
  const stops: { page: number; why: StopReason }[] = []
  for (const { page, separator } of sheets)
    if (separator === undefined) stops.push({ page, why: 'unreadableSeparator' })
  const [first, ...others] = groups
  const leads = first?.pages.length === 0
  others.forEach(({ behind, pages }, at) => {
    if (pages.length > 0 || behind === undefined) return
    const next = others[at + 1]?.behind
    // Where sheets lie behind their letters, the last one has nothing behind it.
    if (next === undefined && leads) stops.push({ page: behind.page, why: 'nothingBehind' })
    // Beside one that cannot be read there is a stop already, and it may be the other side of this one.
    if (behind.separator !== undefined && next?.separator !== undefined)
      stops.push({ page: next.page, why: 'doubledSeparator' })
  })
  const used = new Set<string>()
  const documents = groups
    .filter(({ pages }) => pages.length > 0)
    .map((group) => {
      const { document, doubts } = documentOf(group, used)
      stops.push(...doubts)
      return document
    })
  return {
    balance: {
      pages: found.length,
      separators: sheets.filter(({ separator }) => separator !== undefined).length,
      documents: documents.length,
      blanks: found.filter(({ is }) => is === 'blank').length,
      unreadable: sheets.filter(({ separator }) => separator === undefined).length,
    },
    documents,
    // One look at a page answers all that is doubtful there.
    stops: [...new Map(stops.toReversed().map((stop) => [stop.page, stop])).values()].sort(
      (one, other) => one.page - other.page,
    ),
  }
}

/** Sheets between letters, and what lies before the first one and behind each. */
function grouped(found: readonly PageFound[]): {
  readonly sheets: readonly Sheet[]
  readonly groups: readonly Group[]
} {
  const twoSided = isTwoSided(found)
  const sheets: Sheet[] = []
  const groups: Group[] = [{ pages: [] }]
  for (let at = 0; at < found.length; at += 1) {
    const one = found[at]
    if (one === undefined || one.is === 'blank') continue
    if (one.is === 'page' || one.is === 'torn') {
      groups.at(-1)?.pages.push({ page: at + 1, found: one })
      continue
    }
    const separator = sheetOf(found, at, twoSided)
    const sheet: Sheet = { page: at + 1, ...(separator.said === undefined ? {} : { separator: separator.said }) }
    sheets.push(sheet)
    groups.push({ behind: sheet, pages: [] })
    at += separator.sides - 1
  }
  return { sheets, groups }
}

/**
 * The sheet that begins at a page. A side that cannot be read is the back or front of its readable neighbour only where
 * sheets of this stack are seen to have two sides: otherwise it may be a sheet of its own, with another service on it.
 */
function sheetOf(
  found: readonly PageFound[],
  at: number,
  twoSided: boolean,
): { readonly said?: Separator; readonly sides: 1 | 2 } {
  const [one, next, third] = [found[at], found[at + 1], found[at + 2]]
  if (one?.is === 'separator') {
    const said = one.separator
    const back =
      (next?.is === 'separator' && next.separator.serial === said.serial) ||
      (twoSided && next?.is === 'unreadable' && !(third?.is === 'unreadable'))
    return { said, sides: back ? 2 : 1 }
  }
  if (next?.is === 'unreadable') return { sides: 2 }
  const alone =
    third?.is === 'separator' && next?.is === 'separator' && third.separator.serial === next.separator.serial
  return twoSided && next?.is === 'separator' && !alone ? { said: next.separator, sides: 2 } : { sides: 1 }
}

const isTwoSided = (found: readonly PageFound[]): boolean =>
  found.some((one, at) => {
    const next = found[at + 1]
    return one.is === 'separator' && next?.is === 'separator' && one.separator.serial === next.separator.serial
  })

function documentOf(
  { behind, pages }: Group,
  used: Set<string>,
): {
  readonly document: StackDocument
  readonly doubts: readonly { readonly page: number; readonly why: StopReason }[]
} {
  const doubts: { page: number; why: StopReason }[] = []
  const [numbers, references] = [new Set<string>(), new Set<string>()]
  const [posted, foreign] = [new Set<string>(), new Set<string>()]
  let label: string | undefined
  const seen = new Set<string>()
  pages.forEach(({ page, found }, at) => {
    if (found.is === 'torn') {
      doubts.push({ page, why: 'pageTorn' })
      return
    }
    for (const one of found.numbers) numbers.add(one)
    for (const one of found.references) references.add(one)
    for (const one of found.posted) posted.add(one)
    for (const one of found.foreign) foreign.add(one)
    const fresh = found.labels.filter((one) => !seen.has(one))
    if (fresh.length === 0) return
    if (seen.size > 0 || fresh.length > 1) doubts.push({ page, why: 'secondLabel' })
    else if (at > 0) doubts.push({ page, why: 'labelInside' })
    // Of two on one page nobody knows which is meant.
    if (at === 0 && fresh.length === 1) label = fresh[0]
    for (const one of fresh) seen.add(one)
  })
  const firstPage = pages[0]?.page
  if (label !== undefined && used.has(label) && firstPage !== undefined)
    doubts.push({ page: firstPage, why: 'labelTwice' })
  if (label !== undefined) used.add(label)
  const said = behind?.separator
  return {
    document: {
      pages: pages.map(({ page }) => page),
      ...(label === undefined ? {} : { label }),
      ...(said?.service === undefined ? {} : { service: said.service }),
      ...(said?.confidentiality === undefined ? {} : { confidentiality: said.confidentiality }),
      ...(numbers.size === 0 ? {} : { numbers: [...numbers] }),
      ...(references.size === 0 ? {} : { references: [...references] }),
      ...(posted.size === 0 ? {} : { posted: [...posted] }),
      ...(foreign.size === 0 ? {} : { foreign: [...foreign] }),
    },
    doubts,
  }
}
