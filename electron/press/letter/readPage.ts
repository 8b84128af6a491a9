import type { LetterNote, ReadPage } from '#shared/domain/mail/proposal/reading.ts'
import { familiar, layerWorth } from '#shared/domain/mail/proposal/trust.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Pages } from '../scan/pages.ts'
import type { ReadPicture } from './ocr/engine.ts'
import type { Ocr } from './ocr/openOcr.ts'
import { type Grey, lieOf, pgmOf, type Quarter, tilted, turned } from './raster.ts'

/** Pictures are drawn at this: small letters have 25 pixels then, as Tesseract likes them; more costs time only. */
const dpi = 260
/** A scan below this loses letters, in dots per inch of the page: the clerk is told. */
const lowDpi = 150
/** A skew below this does not matter to Tesseract, in degrees. */
const leastSkew = 0.3

const layerNotes = { reversed: 'textReversed', broken: 'textBroken' } as const

/** A second look is drawn so: what is read twice the same, from other pixels, is there. */
const otherDpi = 200

/** A page, and what is only needed to judge what was read on it. */
export interface SeenPage extends ReadPage {
  /** Its text layer, where that was not believed: its digits and its French may still be right. */
  readonly doubted?: string
}

/** The text of a picture that lay as a page does, read from other pixels. Faults: as `readPage`. */
export async function readAgain(
  pages: Pages,
  { page, turned: tilt = 0 }: ReadPage,
  ocr: Ocr,
  signal: AbortSignal,
): Promise<Result<string>> {
  const picture = await pages.picture(page, otherDpi)
  if (!picture.ok) return picture
  const quarter = ([0, 90, 180, 270] as const).find((one) => Math.abs(tilt - one) <= 45) ?? 0
  const skew = quarter - tilt
  const straight = Math.abs(skew) < leastSkew ? picture.value : tilted(picture.value, -skew)
  const read = await ocr.read(pgmOf(turned(straight, quarter)), 3, signal)
  return read.ok ? ok(read.value.text) : read
}

/**
 * Reads one page: its text layer where that can be trusted, else its picture, upright and straight. Faults: those of
 * `pages` and of `ocr`.
 */
export async function readPage(pages: Pages, page: number, ocr: Ocr, signal: AbortSignal): Promise<Result<SeenPage>> {
  const layer = await pages.text(page)
  if (!layer.ok) return layer
  const worth = layerWorth(layer.value)
  if (worth === 'good') return ok({ page, text: layer.value, from: 'layer', sure: 1, notes: [] })
  const picture = await pages.picture(page, dpi)
  if (!picture.ok) return picture
  const seen = await readUpright(picture.value, ocr, signal)
  // A page that no reader of pictures gets through still says what its layer says, for whoever looks.
  if (!seen.ok && seen.fault.code === 'letter.ocrFailed' && worth !== 'scarce')
    return ok({ page, text: layer.value, from: 'layer', sure: 0, notes: [layerNotes[worth], 'hardToRead'] })
  if (!seen.ok) return seen
  const { read, tilt } = seen.value
  const sure = sureness(read)
  const notes: LetterNote[] = []
  if (worth !== 'scarce') notes.push(layerNotes[worth])
  const scan = await pages.scanDpi(page)
  if (scan.ok && scan.value !== undefined && scan.value < lowDpi) notes.push('lowResolution')
  if (read.words.length >= 5 && sure < 0.6) notes.push('hardToRead')
  if (read.words.length >= 25 && familiar(read.text) < 0.04) notes.push('otherLanguage')
  if (Math.abs(tilt) > 45) notes.push('turned')
  const doubted = worth === 'reversed' ? { doubted: layer.value } : {}
  return ok({
    ...doubted,
    page,
    text: read.text,
    from: 'picture',
    sure,
    ...(tilt === 0 ? {} : { turned: tilt }),
    notes,
  })
}

interface Seen {
  readonly read: ReadPicture
  readonly tilt: number
}

/**
 * Tries the way that the page lies first, and the others only where it reads badly. The other way up has to be read
 * clearly better: letters upside down look like letters too.
 */
async function readUpright(picture: Grey, ocr: Ocr, signal: AbortSignal): Promise<Result<Seen>> {
  const { skew, sideways } = lieOf(picture)
  const straight = Math.abs(skew) < leastSkew ? picture : tilted(picture, -skew)
  const tries: readonly Quarter[] = sideways ? [90, 270, 0, 180] : [0, 180, 90, 270]
  let best: (Seen & { readonly worth: number }) | undefined
  for (const [at, quarter] of tries.entries()) {
    const read = await ocr.read(pgmOf(turned(straight, quarter)), 3, signal)
    if (!read.ok) return read
    const worth = worthOf(read.value)
    const tilt = Math.round((quarter + (straight === picture ? 0 : -skew)) * 10) / 10
    if (best === undefined || worth > best.worth * clearly) best = { read: read.value, tilt, worth }
    // Both ways of lying upright, or both ways of lying sideways, were looked at.
    if (isText(best.read) || (at === 1 && best.worth > 0 && isSomeText(best.read))) break
    if (at === 0 && isBlank(read.value, picture)) break
  }
  return ok(best ?? { read: { text: '', words: [] }, tilt: 0 })
}

const clearly = 1.3

/** Letters that were read surely; those of words that letters usually hold count three times. */
const worthOf = ({ words }: ReadPicture): number =>
  words.reduce(
    (sum, { text, confidence }) =>
      sum + (confidence < 50 ? 0 : (confidence / 100) * text.length * (familiar(text) > 0 ? 3 : 1)),
    0,
  )

const sureness = ({ words }: ReadPicture): number => {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  const sum = words.reduce((total, { text, confidence }) => total + text.length * Math.max(0, confidence), 0)
  return letters === 0 ? 0 : Math.round(sum / letters) / 100
}

const isText = (read: ReadPicture): boolean =>
  sureness(read) >= 0.7 && (familiar(read.text) >= 0.12 || (read.words.length < 12 && familiar(read.text) > 0))
const isSomeText = (read: ReadPicture): boolean => sureness(read) >= 0.5 && familiar(read.text) >= 0.05
const isBlank = ({ words }: ReadPicture, { data }: Grey): boolean => {
  if (words.length > 0) return false
  let dark = 0
  for (let at = 0; at < data.length; at += 11) if ((data[at] ?? 255) < 160) dark += 1
  return dark * 11 < data.length * 0.0005
}
