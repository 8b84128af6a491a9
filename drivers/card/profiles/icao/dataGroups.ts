import type { PartialDate } from '#shared/domain/identity.ts'
import { parseMrz, type Mrz } from '#shared/domain/mrz/mrz.ts'
import { readTlvs, type Tlv } from './ber.ts'

const find = (objects: readonly Tlv[] | undefined, tag: number): Tlv | undefined => objects?.find((object) => object.tag === tag)

/** The objects inside the one template of a file; undefined when the file is of another kind. */
const inside = (file: Uint8Array, tag: number): readonly Tlv[] | undefined => {
  const outer = readTlvs(file)?.[0]
  return outer?.tag === tag ? readTlvs(outer.value) : undefined
}

const latin = new TextDecoder('latin1')
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** DG1 (Doc 9303-10 §4.7.1): the machine-readable zone, without line breaks. */
export function parseDg1(file: Uint8Array, now: Date): Mrz | undefined {
  const zone = find(inside(file, 0x61), 0x5f1f)
  return zone === undefined ? undefined : parseMrz(latin.decode(zone.value), now)
}

/** A face image as the document holds it. */
export interface FaceImage {
  readonly mime: 'image/jpeg' | 'image/jp2'
  readonly bytes: Uint8Array
}

/** Longest image accepted, in bytes: documents hold 15 to 40 kB. */
const imageLimit = 2 * 1024 * 1024

const starts = (bytes: Uint8Array, at: number, magic: readonly number[]): boolean => magic.every((byte, i) => bytes[at + i] === byte)
const jpeg = [0xff, 0xd8, 0xff] as const
const jp2 = [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20] as const
const codestream = [0xff, 0x4f, 0xff, 0x51] as const

/**
 * The first face of DG2 (Doc 9303-10 §4.7.2): ISO 19794-5 (`5F2E`) or 39794-5 (`7F2E`) records. The image is found by its own
 * magic, since lengths and data types in record headers are wrong on some documents.
 */
export function parseDg2(file: Uint8Array): FaceImage | undefined {
  const group = find(inside(file, 0x75), 0x7f61)
  const template = find(group === undefined ? undefined : readTlvs(group.value), 0x7f60)
  const objects = template === undefined ? undefined : readTlvs(template.value)
  const record = find(objects, 0x5f2e) ?? find(objects, 0x7f2e)
  if (record === undefined || record.value.length > imageLimit) return undefined
  for (let at = 0; at < record.value.length - 8; at += 1) {
    if (starts(record.value, at, jpeg)) return { mime: 'image/jpeg', bytes: record.value.subarray(at) }
    if (starts(record.value, at, jp2) || starts(record.value, at, codestream)) return { mime: 'image/jp2', bytes: record.value.subarray(at) }
  }
  return undefined
}

/** What DG11 adds of a person (Doc 9303-10 §4.7.11); absent where the document does not say. */
export interface PersonalDetails {
  /** Full name in national characters, parts separated by a space. */
  readonly nativeName?: string
  readonly personalNumber?: string
  readonly birthDate?: PartialDate
  readonly birthPlace?: string
  readonly address?: string
}

/** Parses DG11; undefined when it is no DG11. A field that is not text is left out. */
export function parseDg11(file: Uint8Array): PersonalDetails | undefined {
  const fields = inside(file, 0x6b)
  if (fields === undefined) return undefined
  return present({
    nativeName: textOf(find(fields, 0x5f0e)),
    personalNumber: textOf(find(fields, 0x5f10)),
    birthDate: dateOf(find(fields, 0x5f2b)),
    birthPlace: textOf(find(fields, 0x5f11)),
    address: textOf(find(fields, 0x5f42)),
  })
}

/** What DG12 adds of the document (Doc 9303-10 §4.7.12). */
export interface DocumentDetails {
  readonly authority?: string
  readonly issued?: PartialDate
}

/** Parses DG12; undefined when it is no DG12. */
export function parseDg12(file: Uint8Array): DocumentDetails | undefined {
  const fields = inside(file, 0x6c)
  return fields === undefined ? undefined : present({ authority: textOf(find(fields, 0x5f19)), issued: dateOf(find(fields, 0x5f26)) })
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }
// Only members with a value are kept, which is what the type says.
const present = <T extends object>(fields: T): Present<T> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>

/** Longest text kept of one field, in characters. */
const textLimit = 300
// Control characters and the marks that turn text around (Unicode Bidi_Control): a name carries none.
const controls = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu

function textOf(field: Tlv | undefined): string | undefined {
  if (field === undefined) return undefined
  let text: string
  try {
    text = utf8.decode(field.value)
  } catch {
    // Old documents are Latin-1 (Doc 9303-10 allows it only by practice).
    text = latin.decode(field.value)
  }
  const clean = text.replaceAll(controls, '').replaceAll(/<+/g, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, textLimit)
  return clean === '' ? undefined : clean
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
