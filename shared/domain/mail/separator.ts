import { z } from 'zod'
import { codedText, decodedText } from './codeText.ts'
import { confidentialities } from './letter.ts'

/** The levels of confidentiality that a sheet can say of the letter behind it, each with its letter in the code. */
const levelLetters = { none: 'N', restricted: 'R', confidential: 'C', secret: 'S' } as const
export const separatorLevel = z.enum(confidentialities)

/** A service of the office, as its own lists write it. */
export const separatorService = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)

/** What the code on both sides of a separator says. */
export const separator = z.strictObject({
  /** Tells one sheet from the next one: both sides of a sheet have the same, two sheets never. */
  serial: z.string().regex(/^[0-9A-Z]{4,16}$/),
  /** For whom the letter behind it is. */
  service: separatorService.exactOptional(),
  confidentiality: separatorLevel.exactOptional(),
})
export type Separator = z.infer<typeof separator>

/** Begins every code on a separator, as `GM1:` begins that of a label. */
const prefix = 'GP1:'
const form = /^GP1:([0-9A-Z]{4,16})\/([NRCS]?)\/((?:[0-9A-Z.-]|%[0-9A-F]{2})*)$/

/**
 * `GP1:7K3M9Q2A/C/URB`: serial, level, service, all letters of QR's alphanumeric set. A service of other letters has
 * their UTF-8 in hexadecimal (`%C3%89`).
 */
export function separatorCode({ serial, service = '', confidentiality }: Separator): string {
  const level = confidentiality === undefined ? '' : levelLetters[confidentiality]
  return `${prefix}${serial}/${level}/${codedText(service)}`
}

/** The separator that a code is; nothing for any other text. */
export function parseSeparator(text: string): Separator | undefined {
  const [, serial, letter = '', written = ''] = form.exec(text) ?? []
  const level = separatorLevel.options.find((one) => levelLetters[one] === letter)
  const parsed = separator.safeParse({
    serial,
    ...(written === '' ? {} : { service: decodedText(written) }),
    ...(level === undefined ? {} : { confidentiality: level }),
  })
  return parsed.success ? parsed.data : undefined
}

/** Without the letters that are taken for digits. */
const serialLetters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** Of 32 letters: two sheets of a million have the same serial with a chance of one in two, and lie side by side never. */
const serialLength = 8

/**
 * Serials of as many separators, each once.
 * @param random an integer from 0 to its bound (excluded)
 */
export function separatorSerials(count: number, random: (below: number) => number): readonly string[] {
  const serials = new Set<string>()
  while (serials.size < count)
    serials.add(Array.from({ length: serialLength }, () => serialLetters.charAt(random(serialLetters.length))).join(''))
  return [...serials]
}
