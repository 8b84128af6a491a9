import type { PartialDate } from '#shared/domain/identity/identity.ts'
import { parseMrz, type Mrz } from '#shared/domain/mrz/mrz.ts'
import { readTemplate, type Tlv } from './ber.ts'

const find = (objects: readonly Tlv[] | undefined, tag: number): Tlv | undefined =>
  objects?.find((object) => object.tag === tag)

/** The objects inside the one template of a file; undefined when the file is of another kind. */
const inside = (file: Uint8Array, tag: number): readonly Tlv[] | undefined => {
  const [outer] = readTemplate(file)
  return outer?.tag === tag ? readTemplate(outer.value) : undefined
}

const latin = new TextDecoder('latin1')

/** DG1 (Doc 9303-10 §4.7.1): the machine-readable zone, without line breaks; some chips pad it. */
export function parseDg1(file: Uint8Array, now: Date): Mrz | undefined {
  const zone = find(inside(file, 0x61), 0x5f1f)
  return zone === undefined ? undefined : parseMrz(latin.decode(zone.value).replace(/[\0\s]+$/, ''), now)
}

/** What DG11 adds of a person (Doc 9303-10 §4.7.11); absent where the document does not say. */
export interface PersonalDetails {
  /** Full name in national characters, parts separated by a space. */
  readonly nativeName?: string
  readonly otherNames?: readonly string[]
  readonly personalNumber?: string
  readonly birthDate?: PartialDate
  readonly birthPlace?: string
  /** The lines of the address. */
  readonly address?: readonly string[]
  readonly telephone?: string
  readonly profession?: string
  readonly title?: string
  readonly summary?: string
  readonly otherDocuments?: readonly string[]
  readonly custody?: string
}

/** Details, and whether what could turn or hide text was taken out of one of them. */
export interface Details<T> {
  readonly details: T
  readonly cleaned: boolean
}

/** Parses DG11; undefined when it is no DG11. A field that is not text is left out. */
export function parseDg11(file: Uint8Array): Details<PersonalDetails> | undefined {
  const fields = inside(file, 0x6b)
  if (fields === undefined) return undefined
  const read = createTextReader()
  const text = (tag: number): string | undefined => read.text(find(fields, tag)).join(' ') || undefined
  const list = (tag: number): readonly string[] | undefined => present(read.text(find(fields, tag)))
  const others = readTemplate(find(fields, 0xa0)?.value ?? new Uint8Array(0))
  const details = withoutEmpty({
    nativeName: text(0x5f0e),
    otherNames: present(
      others
        .filter(({ tag }) => tag === 0x5f0f)
        .slice(0, namesLimit)
        .map((name) => read.text(name).join(' ')),
    ),
    personalNumber: text(0x5f10),
    birthDate: dateOf(find(fields, 0x5f2b)),
    birthPlace: text(0x5f11),
    address: list(0x5f42),
    telephone: text(0x5f12),
    profession: text(0x5f13),
    title: text(0x5f14),
    summary: text(0x5f15),
    otherDocuments: list(0x5f17),
    custody: text(0x5f18),
  })
  return { details, cleaned: read.cleaned() }
}

/** What DG12 adds of the document (Doc 9303-10 §4.7.12). */
export interface DocumentDetails {
  readonly authority?: string
  readonly issued?: PartialDate
  readonly endorsements?: string
  readonly taxOrExit?: string
}

/** Parses DG12; undefined when it is no DG12. */
export function parseDg12(file: Uint8Array): Details<DocumentDetails> | undefined {
  const fields = inside(file, 0x6c)
  if (fields === undefined) return undefined
  const read = createTextReader()
  const text = (tag: number): string | undefined => read.text(find(fields, tag)).join(' ') || undefined
  const details = withoutEmpty({
    authority: text(0x5f19),
    issued: dateOf(find(fields, 0x5f26)),
    endorsements: text(0x5f1b),
    taxOrExit: text(0x5f1c),
  })
  return { details, cleaned: read.cleaned() }
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }
// Only members with a value are kept, which is what the type says.
const withoutEmpty = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>
const present = (texts: readonly string[]): readonly string[] | undefined =>
  texts.some((text) => text !== '') ? texts.filter((text) => text !== '') : undefined

/** Longest text kept of one field, in characters, and most names. */
const textLimit = 300
const namesLimit = 20
const byteLimit = 4 * textLimit
// Control characters and the marks that turn text around (Unicode Bidi_Control) or hide in it: a name carries none.
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Reads texts of a file: UTF-8, parts separated by `<`, several spaces or signs for one. */
function createTextReader(): { text(field: Tlv | undefined): readonly string[]; cleaned(): boolean } {
  let cleaned = false
  // Undefined for what is no UTF-8: which other coding it may be is not said, and a guess would be shown as a name.
  const decoded = (value: Uint8Array): string | undefined => {
    try {
      // What is cut off here may end inside a character.
      return new TextDecoder('utf-8', { fatal: true }).decode(value.subarray(0, byteLimit), {
        stream: value.length > byteLimit,
      })
    } catch {
      return undefined
    }
  }
  return {
    cleaned: () => cleaned,
    text(field) {
      if (field === undefined) return []
      const raw = decoded(field.value)
      if (raw === undefined) return []
      const clean = raw.replaceAll(controls, '')
      cleaned ||= clean !== raw
      return clean
        .slice(0, textLimit)
        .split(/<+/)
        .map((part) => part.replaceAll(/\s+/g, ' ').trim())
        .filter((part) => part !== '')
    },
  }
}

/** `CCYYMMDD` as eight digits, or as four BCD bytes on old documents; zeros for what is unknown. */
function dateOf(field: Tlv | undefined): PartialDate | undefined {
  if (field === undefined) return undefined
  const digits = field.value.length === 4 ? Buffer.from(field.value).toString('hex') : latin.decode(field.value)
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(digits) ?? []
  if (year === undefined || month === undefined || day === undefined || year === '0000') return undefined
  if (month === '00') return { value: year, precision: 'year' }
  if (Number(month) > 12) return undefined
  if (day === '00') return { value: `${year}-${month}`, precision: 'month' }
  const value = `${year}-${month}-${day}`
  const real = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(value) ? { value, precision: 'day' } : undefined
}
