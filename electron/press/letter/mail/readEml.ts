import PostalMime, { type Address, type Email } from 'postal-mime'
import type { LetterNote, MailFile } from '#shared/domain/mail/proposal/reading.ts'
import { familiar } from '#shared/domain/mail/proposal/trust.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { deepest, mostFiles, type ReadMail, safeName, wordsOfHtml } from './readMail.ts'

/** Heads above this are no heads, in bytes; more boxes in boxes than this are none that a program made for a person. */
const limits = { maxHeadersSize: 512 * 1024, maxNestingDepth: 40 } as const
/** What Moroccan programs wrote before everything was UTF-8, the more telling one first. */
const oldEncodings = ['windows-1256', 'windows-1252'] as const

/**
 * Reads a message as it is sent (RFC 5322, MIME), with what other programs make of the rules: no encoding, another one
 * than is said, empty heads, files without names, messages in messages. Fault: letter.unreadable.
 * @param depth how many messages it lies inside of
 */
export async function readEml(raw: Uint8Array, depth = 0): Promise<Result<ReadMail>> {
  const bytes = withoutEnvelope(raw)
  const parsed = await parse(bytes)
  if (parsed === undefined || !isMessage(parsed)) return err(faultOf('letter.unreadable', 'no e-mail'))
  const { email, notes } = await wellDecoded(bytes, parsed)
  const text = textOf(email)
  const files: MailFile[] = []
  const said = new Set<LetterNote>(notes)
  for (const { filename, mimeType, disposition, content, related } of email.attachments) {
    if (files.length >= mostFiles) {
      said.add('tooMany')
      break
    }
    const type = mimeType.toLowerCase()
    const data = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
    const isMessageToo = type === 'message/rfc822'
    if (isMessageToo && depth + 1 >= deepest) said.add('tooDeep')
    const nested = isMessageToo && depth + 1 < deepest ? await readEml(data, depth + 1) : undefined
    const inner = nested?.ok === true ? nested.value : undefined
    const name = filename ?? inner?.head.subject
    const ending = isMessageToo && name !== undefined && !/\.(?:eml|msg)$/iu.test(name) ? `${name}.eml` : name
    files.push({
      name: safeName(ending, type, files.length + 1),
      type,
      inline: disposition === 'inline' || related === true,
      bytes: data,
      depth,
    })
    files.push(...(inner?.files ?? []).slice(0, mostFiles - files.length))
    for (const note of inner?.notes ?? []) said.add(note)
  }
  const sender =
    nameOf(email.from) ?? nameOf(email.sender) ?? email.replyTo?.map(nameOf).find((one) => one !== undefined)
  const sentOn = dayOf(email)
  const subject = email.subject?.replace(/\s+/gu, ' ').trim()
  return ok({
    head: {
      ...(sender === undefined ? {} : { sender }),
      ...(sentOn === undefined ? {} : { sentOn }),
      ...(subject === undefined || subject === '' ? {} : { subject }),
    },
    text,
    files,
    notes: [...said],
  })
}

/** The line that a mailbox file puts before a message, a byte order mark, empty lines. */
function withoutEnvelope(bytes: Uint8Array): Uint8Array {
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (bytes[from] === 10 || bytes[from] === 13) from += 1
  if (new TextDecoder('latin1').decode(bytes.subarray(from, from + 5)) === 'From ') {
    const end = bytes.indexOf(10, from)
    from = end === -1 ? bytes.length : end + 1
  }
  return bytes.subarray(from)
}

const parse = async (bytes: Uint8Array): Promise<Email | undefined> => {
  try {
    return await PostalMime.parse(bytes, { ...limits, forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' })
  } catch {
    // Too deep, or a head without end: nothing that can be read as a letter.
    return undefined
  }
}

const isMessage = ({ headers }: Email): boolean =>
  headers.some(({ key }) => ['from', 'to', 'subject', 'date', 'message-id', 'received', 'content-type'].includes(key))

const textOf = ({ text, html }: Email): string =>
  text !== undefined && text.trim() !== '' ? text : html === undefined ? '' : wordsOfHtml(html)

const lost = (email: Email): number => `${email.subject ?? ''}${textOf(email)}`.match(/\ufffd/gu)?.length ?? 0

/**
 * A message whose bytes are not in the encoding that it says: the old encodings are tried over all of it, and the one
 * that gives words that letters hold is taken.
 */
async function wellDecoded(
  bytes: Uint8Array,
  email: Email,
): Promise<{ readonly email: Email; readonly notes: readonly LetterNote[] }> {
  if (lost(email) === 0) return { email, notes: [] }
  let best: { readonly email: Email; readonly worth: number } | undefined
  for (const encoding of oldEncodings) {
    const text = new TextDecoder(encoding).decode(bytes)
    const again = await parse(
      new TextEncoder().encode(
        text
          .replace(/charset\s*=\s*"?[\w.:-]+"?/giu, 'charset=utf-8')
          .replace(/^content-transfer-encoding:\s*7bit/gimu, 'Content-Transfer-Encoding: 8bit'),
      ),
    )
    if (again === undefined || lost(again) >= lost(email)) continue
    const words = `${again.subject ?? ''} ${textOf(again)}`
    // A text of one letter in two that has an accent is no text.
    const accents = (words.match(/[\u0080-\u00ff]/gu)?.length ?? 0) / Math.max(1, words.length)
    const worth = familiar(words) - (accents > 0.25 ? 1 : 0) - mixed(words)
    if (best === undefined || worth > best.worth) best = { email: again, worth }
  }
  return best === undefined ? { email, notes: ['encodingLost'] } : { email: best.email, notes: ['encodingGuessed'] }
}

/** Share of words with letters of both scripts: French read as Arabic has nothing else. */
const mixed = (words: string): number => {
  const all = words.match(/\p{L}+/gu) ?? []
  const both = all.filter((word) => /\p{Script=Arabic}/u.test(word) && /\p{Script=Latin}/u.test(word))
  return both.length / Math.max(1, all.length)
}

function nameOf(address: Address | undefined): string | undefined {
  if (address === undefined) return undefined
  const name = address.name?.replace(/\s+/gu, ' ').replace(/^['"\s]+|['"\s]+$/gu, '')
  if (name !== undefined && name !== '') return name
  // The way by which it was to travel (RFC 5322, 4.4: obs-route) is nobody's name.
  const bare = address.address?.replace(/^@[^:]*:/u, '')
  return bare === undefined || bare === '' ? undefined : bare
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The day as the sender's own clock wrote it, else the one in UTC. */
function dayOf({ headers, date }: Email): string | undefined {
  const written = headers.find(({ key }) => key === 'date')?.value ?? ''
  const found = /\b(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\b/iu.exec(written)
  const month = months.indexOf((found?.[2] ?? '').toLowerCase()) + 1
  if (found !== null && month > 0)
    return `${found[3] ?? ''}-${String(month).padStart(2, '0')}-${(found[1] ?? '').padStart(2, '0')}`
  return date !== undefined && /^\d{4}-\d\d-\d\d/u.test(date) ? date.slice(0, 10) : undefined
}

/** Whether bytes are a message as it is sent: by its name, or by the lines that it begins with. */
export function isEml(bytes: Uint8Array, name: string): boolean {
  if (/\.(?:eml|mht)$/iu.test(name)) return true
  if (/\.txt$/iu.test(name)) return false
  const start = new TextDecoder('latin1').decode(withoutEnvelope(bytes.subarray(0, 8192)))
  const head = start.split(/\r?\n\r?\n/u, 1)[0] ?? ''
  return /^[\w-]{2,40}:/u.test(head) && /^(?:received|return-path|message-id|mime-version|date):/imu.test(head)
}
