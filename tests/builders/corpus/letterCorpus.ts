import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { emlOf, msgOf, type WantedMail } from './letterMail.ts'
import { withLayer } from './letterLayer.ts'
import { letterPdf, plainLines } from './letterPaper.ts'
import { pngOf, scanOf, type ScanOptions } from './letterScan.ts'

/** What a clerk would write down of a letter; what is absent there must not be proposed as sure. */
export const fields = ['sender', 'reference', 'date', 'subject'] as const
export type Field = (typeof fields)[number]

const corpus = z.strictObject({
  letters: z.record(
    z.string(),
    z.strictObject({ lines: z.array(z.string()), expect: z.partialRecord(z.enum(fields), z.string()) }),
  ),
  cases: z.array(z.strictObject({ text: z.string(), how: z.string() })),
})

/** The day on which every letter of the corpus comes in. */
export const receivedOn = '2026-11-30'

/** A letter of the corpus in the shape that it came in. */
export interface LetterCase {
  readonly name: string
  readonly how: string
  readonly expect: Readonly<Partial<Record<Field, string>>>
  readonly file: () => Promise<{ readonly name: string; readonly bytes: Uint8Array }>
}

const scans: Readonly<Record<string, ScanOptions>> = {
  scan: {},
  skewed: { skew: 3.4 },
  stamped: { stamp: true },
  stampedSkewed: { stamp: true, skew: -2.2, noise: 20 },
  faint: { ink: 0.32, noise: 14 },
  upsideDown: { quarter: 180 },
  sideways: { quarter: 90, skew: 1.2 },
  lowDpi: { dpi: 120 },
  noisy: { dpi: 200, noise: 60 },
}
const turnedLetters = (one: string): string =>
  /[a-zA-Z]/u.test(one) ? String.fromCharCode(one.charCodeAt(0) + 1) : one

type Made = Promise<{ readonly name: string; readonly bytes: Uint8Array }>

async function fileOf(how: string, lines: readonly string[], expect: LetterCase['expect']): Made {
  const scan = scans[how]
  if (scan !== undefined)
    return { name: 'scan.png', bytes: pngOf(await scanOf(await letterPdf(lines), scan), scan.dpi ?? 300) }
  const plain = plainLines(lines)
  const text = plain.join('\r\n')
  // In an e-mail its head says who and what, and the body keeps the reference.
  const mail: WantedMail = {
    from: expect.sender ?? 'Expéditeur inconnu',
    subject: `TR : ${expect.subject ?? ''}`,
    date: `${(expect.date ?? '2026-11-12').split('-').reverse().join(' ').replace(/ 11 /u, ' Nov ').replace(/ 10 /u, ' Oct ')} 10:15:00 +0000`,
    text,
  }
  switch (how) {
    case 'born':
      return { name: 'lettre.pdf', bytes: await letterPdf(lines) }
    case 'text':
      return { name: 'lettre.txt', bytes: new TextEncoder().encode(text) }
    case 'windows1256':
    case 'windows1252':
      return { name: 'lettre.txt', bytes: oldBytes(text, how === 'windows1256' ? 'windows-1256' : 'windows-1252') }
    case 'reversed':
    case 'broken': {
      const png = pngOf(await scanOf(await letterPdf(lines), { dpi: 200 }), 200)
      return { name: 'lettre.pdf', bytes: await withLayer(png, plain, how === 'broken' ? turnedLetters : (one) => one) }
    }
    case 'eml':
      return { name: 'lettre.eml', bytes: emlOf(mail) }
    case 'msg':
      return { name: 'lettre.msg', bytes: msgOf({ ...mail, date: '2026-11-03T10:15:00Z' }) }
    case 'emlAttached': {
      const bytes = await letterPdf(lines)
      const files = [{ name: 'lettre.v1.2.pdf', type: 'application/pdf', bytes }]
      return { name: 'lettre.eml', bytes: emlOf({ ...mail, text: 'Bonjour,\r\nci-joint une lettre.', files }) }
    }
    default:
      throw new Error(`no way to make a letter: ${how}`)
  }
}

/** A text in an encoding of Windows: the decoder of the runtime read backwards. */
function oldBytes(text: string, encoding: 'windows-1256' | 'windows-1252'): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Uint8Array.from([...text].map((letter) => bytes.get(letter) ?? 0x3f))
}

/** Every letter of the corpus (`tests/fixtures/letters/letters.json`), made when it is asked for. */
export function letterCases(): readonly LetterCase[] {
  const file = join(import.meta.dirname, '..', '..', 'fixtures', 'letters', 'letters.json')
  const { letters, cases } = corpus.parse(JSON.parse(readFileSync(file, 'utf8')))
  return cases.map(({ text, how }) => {
    const letter = letters[text]
    if (letter === undefined) throw new Error(`no letter ${text}`)
    return { name: `${text} ${how}`, how, expect: letter.expect, file: () => fileOf(how, letter.lines, letter.expect) }
  })
}
