import { createRequire } from 'node:module'
import type * as library from '@kenjiuno/msgreader'
import type { LetterNote, MailFile } from '#shared/domain/mail/proposal/reading.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { isSoundCompound } from './compound.ts'
import { deepest, mostFiles, type ReadMail, safeName, wordsOfHtml } from './readMail.ts'

/** CommonJS with its class under `default`, which loaders do not agree on: it is asked for as what it is. */
const { default: Reader } = createRequire(import.meta.url)('@kenjiuno/msgreader') as {
  readonly default: ClassOf<typeof library.default>
}
/** The types are taken for the class by one way of resolving modules, for what holds it by another. */
type ClassOf<M> = M extends { readonly default: infer C } ? C : M
type Fields = library.FieldsData

/** MS-CFB 2.2: how a compound file begins. */
export const isCompound = (bytes: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].every((byte, at) => bytes[at] === byte)

/** Reads a message as Outlook keeps it (MS-OXMSG), with the messages in it. Fault: letter.unreadable. @param depth how many it lies inside of */
export function readMsg(bytes: Uint8Array, depth = 0): Result<ReadMail> {
  // The reader follows chains of sectors without counting.
  if (!isSoundCompound(bytes)) return err(faultOf('letter.unreadable', 'a torn message'))
  try {
    const reader = new Reader(new Uint8Array(bytes).buffer)
    const fields = reader.getFileData()
    if (fields.error !== undefined || fields.dataType !== 'msg') return err(faultOf('letter.unreadable', 'no message'))
    const notes = new Set<LetterNote>()
    const files = filesOf(reader, fields, depth, notes)
    return ok({ head: headOf(fields), text: textOf(fields), files, notes: [...notes] })
  } catch {
    // What it throws on a torn file says nothing to a person.
    return err(faultOf('letter.unreadable', 'a torn message'))
  }
}

function filesOf(
  reader: InstanceType<typeof Reader>,
  fields: Fields,
  depth: number,
  notes: Set<LetterNote>,
): MailFile[] {
  const files: MailFile[] = []
  for (const attachment of fields.attachments ?? []) {
    if (files.length >= mostFiles) {
      notes.add('tooMany')
      break
    }
    const inner = attachment.innerMsgContentFields
    const { fileName, content } = reader.getAttachment(attachment)
    const type = inner === undefined ? (attachment.attachMimeTag ?? '').toLowerCase() : 'application/vnd.ms-outlook'
    files.push({
      name: safeName(inner === undefined ? fileName : named(inner, fileName), type, files.length + 1),
      type: type === '' ? 'application/octet-stream' : type,
      inline: attachment.attachmentHidden === true || attachment.pidContentId !== undefined,
      bytes: new Uint8Array(content),
      depth,
    })
    if (inner === undefined) continue
    if (depth + 1 >= deepest) notes.add('tooDeep')
    else {
      // The reader hands an inner message over as a whole file of its own.
      const nested = readMsg(content, depth + 1)
      if (!nested.ok) continue
      files.push(...nested.value.files.slice(0, mostFiles - files.length))
      for (const note of nested.value.notes) notes.add(note)
    }
  }
  return files
}

const named = ({ subject }: Fields, fileName: string): string => {
  const name = subject ?? fileName
  return /\.msg$/iu.test(name) ? name : `${name}.msg`
}

function headOf(fields: Fields): ReadMail['head'] {
  const sender = [fields.senderName, fields.senderSmtpAddress, fields.senderEmail].find(
    (one) => one !== undefined && one.trim() !== '',
  )
  const sent = fields.clientSubmitTime ?? fields.messageDeliveryTime
  const day = sent === undefined ? NaN : Date.parse(sent)
  const subject = fields.subject?.replace(/\s+/gu, ' ').trim()
  return {
    ...(sender === undefined ? {} : { sender: sender.trim() }),
    ...(Number.isNaN(day) ? {} : { sentOn: new Date(day).toISOString().slice(0, 10) }),
    ...(subject === undefined || subject === '' ? {} : { subject }),
  }
}

function textOf({ body, bodyHtml, html, internetCodepage }: Fields): string {
  if (body !== undefined && body.trim() !== '') return body
  if (bodyHtml !== undefined) return wordsOfHtml(bodyHtml)
  if (html === undefined) return ''
  return wordsOfHtml(new TextDecoder(encodingOf(internetCodepage)).decode(html))
}

/** Code pages of Windows as a decoder names them; UTF-8 for all others. */
const encodingOf = (codepage: number | undefined): string =>
  codepage !== undefined && codepage >= 1250 && codepage <= 1258 ? `windows-${String(codepage)}` : 'utf-8'
