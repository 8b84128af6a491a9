import { proposeFrom, proposeFromMail } from '#shared/domain/mail/proposal/propose.ts'
import type { LetterNote, LetterReading, LetterToRead, MailFile } from '#shared/domain/mail/proposal/reading.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { openPages } from '../scan/pages.ts'
import { isEml, readEml } from './mail/readEml.ts'
import type { ReadMail } from './mail/readMail.ts'
import { isCompound, readMsg } from './mail/readMsg.ts'
import type { Ocr } from './ocr/openOcr.ts'
import { agreed } from './agree.ts'
import { readAgain, readPage, type SeenPage } from './readPage.ts'
import { readText } from './readText.ts'

/**
 * Reads a letter of any kind that comes in: PDF, PNG, JPEG, e-mail (.eml, .msg), text. Nothing is written anywhere.
 * Faults: scan.locked, scan.torn, scan.tooLarge, letter.unreadable, letter.ocrFailed, call.cancelled.
 */
export async function readLetter(letter: LetterToRead, ocr: Ocr, signal: AbortSignal): Promise<Result<LetterReading>> {
  const { bytes, name } = letter
  if (isPaged(bytes)) return readPaged(letter, ocr, signal)
  if (isCompound(bytes)) return readMail(letter, readMsg(bytes), ocr, signal)
  if (isEml(bytes, name)) return readMail(letter, await readEml(bytes), ocr, signal)
  const text = readText(bytes)
  if (text === undefined) return err(faultOf('letter.unreadable'))
  const { proposals, notes } = proposeFrom(text.text, letter.received)
  const blank: readonly LetterNote[] = /\p{L}/u.test(text.text) ? [] : ['noText']
  return ok({ proposals, notes: [...text.notes, ...blank, ...notes], count: 0, pages: [], text: text.text })
}

const begins = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte)

/** A PDF may have something before its head (ISO 32000-1, annex H: within the first 1024 bytes). */
function isPaged(bytes: Uint8Array): boolean {
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47) || begins(bytes, 0xff, 0xd8, 0xff)) return true
  return /^(?:[^\n]*\n)?[^%]{0,64}%PDF-/u.test(new TextDecoder('latin1').decode(bytes.subarray(0, 1024)))
}

async function readPaged(letter: LetterToRead, ocr: Ocr, signal: AbortSignal): Promise<Result<LetterReading>> {
  const opened = await openPages(letter.bytes)
  if (!opened.ok) return opened
  const pages = opened.value
  try {
    const read: SeenPage[] = []
    const notes = new Set<LetterNote>()
    for (let page = 1; page <= Math.min(pages.count, letter.pages); page += 1) {
      if (signal.aborted) return err(faultOf('call.cancelled'))
      const one = await readPage(pages, page, ocr, signal)
      if (one.ok) read.push(one.value)
      // A page that is torn costs itself only.
      else if (one.fault.code === 'scan.pageTorn') notes.add('pageTorn')
      else return one
    }
    if (pages.count > letter.pages) notes.add('pagesLeft')
    // A blank page or a cover may lie before the letter.
    const first = read.find(({ text }) => /\p{L}{2}/u.test(text))
    if (first === undefined) notes.add('noText')
    const found = proposeFrom(first?.text ?? '', letter.received, first?.sure)
    let { proposals } = found
    if (first !== undefined && isWorthAnother(first)) {
      const again = await readAgain(pages, first, ocr, signal)
      if (!again.ok) return again
      const other = proposeFrom(again.value, letter.received, first.sure).proposals
      proposals = agreed(proposals, other, first.doubted, letter.received)
    }
    for (const note of [...(first?.notes ?? []), ...found.notes]) notes.add(note)
    return ok({ proposals, notes: [...notes], count: pages.count, pages: read.map(withoutDoubted) })
  } finally {
    pages.close()
  }
}

/** Clear French is read once: digits are lost beside Arabic, and in what is hard to read. */
const isWorthAnother = ({ from, sure, text, doubted }: SeenPage): boolean =>
  from === 'picture' && (doubted !== undefined || sure < 0.85 || arabicIn(text) > 0.1)

/** Share of the letters of a text that are Arabic. */
const arabicIn = (text: string): number =>
  (text.match(/\p{Script=Arabic}/gu)?.length ?? 0) / Math.max(1, text.match(/\p{L}/gu)?.length ?? 0)

const withoutDoubted = ({ page, text, from, sure, turned, notes }: SeenPage): LetterReading['pages'][number] => ({
  page,
  text,
  from,
  sure,
  ...(turned === undefined ? {} : { turned }),
  notes,
})

async function readMail(
  letter: LetterToRead,
  mail: Result<ReadMail>,
  ocr: Ocr,
  signal: AbortSignal,
): Promise<Result<LetterReading>> {
  if (!mail.ok) return mail
  const { head, text, files, notes } = mail.value
  const found = proposeFromMail(head, text, letter.received)
  const reference = found.proposals.reference ?? (await attachedReference(files, letter, ocr, signal))
  if (signal.aborted) return err(faultOf('call.cancelled'))
  return ok({
    proposals: { ...found.proposals, ...(reference === undefined ? {} : { reference }) },
    notes: [...notes, ...found.notes],
    count: 0,
    pages: [],
    text,
    files: [...files],
  })
}

/** The reference of the letter that an e-mail only brings: on the first page of its first PDF, and less sure. */
async function attachedReference(
  files: readonly MailFile[],
  letter: LetterToRead,
  ocr: Ocr,
  signal: AbortSignal,
): Promise<LetterReading['proposals']['reference']> {
  const attached = files.find(({ bytes, inline, name }) => isPaged(bytes) && (!inline || /\.pdf$/iu.test(name)))
  if (attached === undefined) return undefined
  const read = await readPaged({ ...letter, bytes: attached.bytes, pages: 1 }, ocr, signal)
  const reference = read.ok ? read.value.proposals.reference : undefined
  return reference === undefined
    ? undefined
    : { value: reference.value, confidence: Math.round(reference.confidence * 80) / 100 }
}
