import type { MailHead } from '#shared/domain/mail/proposal/propose.ts'
import type { LetterNote, MailFile } from '#shared/domain/mail/proposal/reading.ts'

/** An e-mail as it was read. Its bytes are the evidence and stay as they came: this is only what was understood. */
export interface ReadMail {
  readonly head: MailHead
  readonly text: string
  /** Every file at any depth; a message that was attached is a file and what it holds too. */
  readonly files: readonly MailFile[]
  readonly notes: readonly LetterNote[]
}

/** A message inside a message inside …: below so many it stays one file. */
export const deepest = 5
/** More files than this are counted, not listed. */
export const mostFiles = 200

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'text/plain': 'txt',
  'text/html': 'html',
  'message/rfc822': 'eml',
  'application/vnd.ms-outlook': 'msg',
}

/**
 * A file name that any disk takes: no folders, nothing that is not seen, at most 120 letters, its dots kept.
 * @param place counts the files of a message, from 1
 */
export function safeName(name: string | null | undefined, type: string, place: number): string {
  const clean = (name ?? '')
    .normalize('NFC')
    .replace(/^.*[/\\]/u, '')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
  if (clean === '') return `piece-${String(place)}.${extensions[type] ?? 'bin'}`
  if (clean.length <= 120) return clean
  const ending = /\.[^.]{1,8}$/u.exec(clean)?.[0] ?? ''
  return `${clean.slice(0, 120 - ending.length)}${ending}`
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  ocirc: 'ô',
  ucirc: 'û',
  ugrave: 'ù',
  icirc: 'î',
  iuml: 'ï',
  euml: 'ë',
  Eacute: 'É',
  Agrave: 'À',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  deg: '°',
}

/** The words of a page of HTML, a line for each block; nothing of it is run or fetched. */
export const wordsOfHtml = (html: string): string =>
  html
    .replace(/<(script|style|head|title)\b[^>]*>[\s\S]*?<\/\1\s*>/giu, ' ')
    .replace(/<!--[\s\S]*?-->/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d|hr)\b[^>]{0,2000}>/giu, '\n')
    .replace(/<[^>]{0,2000}>/gu, '')
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/giu,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return named[name] ?? whole
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
        return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ' '
      },
    )
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
