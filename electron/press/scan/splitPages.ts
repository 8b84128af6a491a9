import { setImmediate } from 'node:timers/promises'
import { ownLabel } from '#shared/domain/mail/label.ts'
import { ownReference } from '#shared/domain/mail/ownReference.ts'
import { parseSeparator } from '#shared/domain/mail/separator.ts'
import { splitStack, type PageFound, type SplitStack } from '#shared/domain/mail/stackRules.ts'
import { parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import { parseLabel } from '#shared/domain/scan/labels.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { loadReader, readCodes, readFaintCodes, readQrCodes, type Code, type Decoder } from './codes.ts'
import { lookAt } from './lookAt.ts'
import { openPages, type Pages, type Raster } from './pages.ts'

/** How a stack is split. */
export interface Splitting {
  /** Whose labels are ours: the code of the office. Without one, none is. */
  readonly office?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Told after each page. */
  readonly onPage?: ((done: number, count: number) => void) | undefined
  /** What reads the codes; absent: zxing. */
  readonly decode?: Decoder
}

/** A barcode is found reliably from here on: a module of a label has 8 pixels, a bar of an EAN 4. */
const usualDpi = 300
/** Pages that claim to be smaller than they are, as telephones write them, have so many pixels across all the same. */
const [leastAcross, mostDpi] = [1_700, 1_200] as const
/** The code of a separator without its mark fills at least so much of the shorter side of its page. */
const sheetCode = 0.2

/**
 * Splits a scanned file at its separators. One page is held at a time. Faults: those of `openPages`, call.cancelled.
 */
export async function splitPages(bytes: Uint8Array, how: Splitting = {}): Promise<Result<SplitStack>> {
  await loadReader()
  const opened = await openPages(bytes)
  if (!opened.ok) return opened
  const pages = opened.value
  try {
    const found: PageFound[] = []
    for (let page = 1; page <= pages.count; page += 1) {
      // A page is drawn and read in one go: between two, whoever waits is heard.
      await setImmediate()
      if (how.signal?.aborted === true) return err(faultOf('call.cancelled'))
      const picture = await pages.picture(page, await dpiOf(pages, page))
      found.push(picture.ok ? await onPage(picture.value, how) : { is: 'torn' })
      how.onPage?.(page, pages.count)
    }
    return ok(splitStack(found))
  } finally {
    pages.close()
  }
}

async function dpiOf(pages: Pages, page: number): Promise<number> {
  const size = await pages.size(page)
  const shorter = size.ok ? Math.min(size.value.width, size.value.height) : Infinity
  return Math.min(mostDpi, Math.max(usualDpi, (leastAcross * 72) / shorter))
}

async function onPage(picture: Raster, { office, decode }: Splitting): Promise<PageFound> {
  const { blank, marked } = lookAt(picture)
  if (blank) return { is: 'blank' }
  const isSheet = ({ text, size }: Code): boolean => (marked || size >= sheetCode) && parseSeparator(text) !== undefined
  const isOurs = (code: Code): boolean => isSheet(code) || ownLabel(code.text, office) !== undefined
  const codes = [...(await (marked ? readQrCodes(picture, decode) : readCodes(picture, decode)))]
  if (!codes.some(isOurs)) codes.push(...(await readFaintCodes(picture, marked, isOurs, decode)))
  const sheet = codes.find(isSheet)
  const separator = sheet === undefined ? undefined : parseSeparator(sheet.text)
  if (separator !== undefined) return { is: 'separator', separator }
  return marked ? { is: 'unreadable' } : { is: 'page', ...sorted(codes, office) }
}

function sorted(codes: readonly Code[], office: string | undefined): Omit<Extract<PageFound, { is: 'page' }>, 'is'> {
  const [labels, numbers] = [new Set<string>(), new Set<string>()]
  const [references, posted, foreign] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { text } of codes) {
    const label = ownLabel(text, office)
    const reference = ownReference(text, office)
    const known = parseLabel(text)
    const number = known?.kind === 'mail' ? known.number : undefined
    if (label !== undefined) labels.add(label)
    else if (reference !== undefined) references.add(reference)
    else if (number !== undefined && parseRegisterNumber(number)?.office === office) numbers.add(number)
    else if (known?.kind === 'posted') posted.add(known.code)
    else foreign.add(shown(text))
  }
  return {
    labels: [...labels],
    numbers: [...numbers],
    references: [...references],
    posted: [...posted],
    foreign: [...foreign],
  }
}

/** A text of somebody else, so that it can be shown on one line. */
const shown = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed()
