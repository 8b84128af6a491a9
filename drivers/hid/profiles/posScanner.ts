import { scanLimit } from '#shared/domain/scan/classify.ts'
import type { HidProfile, ReportDecoder } from '../profile.ts'
import { parseReportDescriptor, type InputField } from '../reportDescriptor.ts'
import { textOf } from '../text.ts'

/** HID Point of Sale Usage Tables 1.02 §3: the page of bar code scanners, and the scanner itself. */
const page = 0x8c
const scanner = 0x02
const usage = {
  symbology: [0x8c_00fb, 0x8c_00fc, 0x8c_00fd],
  decodedData: 0x8c_00fe,
  /** One bit: the rest comes in the next report. */
  continued: 0x8c_00ff,
  /** Generic Desktop, Byte Count: how many bytes of the data count. */
  byteCount: 0x01_003b,
} as const

/** Where a scanned-data report keeps what; offsets in bytes behind the report's identifier, `continued` in bits. */
interface PosLayout {
  readonly reportId: number
  readonly data: { readonly at: number; readonly length: number }
  readonly count: number | undefined
  readonly symbology: readonly number[]
  readonly continued: number | undefined
}

/**
 * What all common scanners send (64 bytes): length, three symbology letters, 56 bytes, two more, and the continuation
 * in bit 0 of the last.
 */
const usualLayout: PosLayout = {
  reportId: 2,
  data: { at: 4, length: 56 },
  count: 0,
  symbology: [1, 2, 3],
  continued: 62 * 8,
}

/** The layouts that a descriptor declares, one a report that holds decoded data. */
export function posLayouts(fields: readonly InputField[]): readonly PosLayout[] {
  return fields
    .filter((field) => field.usage === usage.decodedData && isBytes(field))
    .map((data) => {
      const others = fields.filter((field) => field.reportId === data.reportId)
      const byteOf = (wanted: number): number | undefined =>
        others.filter((field) => field.usage === wanted && isBytes(field)).map((field) => field.bitOffset / 8)[0]
      return {
        reportId: data.reportId,
        data: { at: data.bitOffset / 8, length: data.count },
        count: byteOf(usage.byteCount),
        symbology: usage.symbology.flatMap((one) => byteOf(one) ?? []),
        continued: others.find((field) => field.usage === usage.continued)?.bitOffset,
      }
    })
}

const isBytes = (field: InputField): boolean => field.bitSize === 8 && field.bitOffset % 8 === 0

/**
 * What one scanned-data report holds; undefined when it is another report, or its length lies. `symbology` is the AIM
 * identifier: `]Q1`.
 */
export function readPosReport(
  layouts: readonly PosLayout[],
  report: Uint8Array,
): { readonly data: Uint8Array; readonly symbology: string; readonly continued: boolean } | undefined {
  const layout = layouts.find((one) => one.reportId === 0 || one.reportId === report[0])
  if (layout === undefined) return undefined
  const body = layout.reportId === 0 ? report : report.subarray(1)
  const room = body.subarray(layout.data.at, layout.data.at + layout.data.length)
  const count = layout.count === undefined ? endOf(room) : (body[layout.count] ?? room.length + 1)
  if (count > room.length) return undefined
  const letters = layout.symbology.map((at) => body[at] ?? 0)
  return {
    data: room.subarray(0, count),
    symbology: letters.includes(0) ? '' : String.fromCharCode(...letters),
    continued:
      layout.continued !== undefined && (((body[layout.continued >> 3] ?? 0) >> (layout.continued & 7)) & 1) === 1,
  }
}

/** Without a length the padding of zeros ends the data. */
const endOf = (room: Uint8Array): number => room.findLastIndex((byte) => byte !== 0) + 1

const decoder = (descriptor: Uint8Array | undefined): ReportDecoder => {
  const declared = descriptor === undefined ? [] : posLayouts(parseReportDescriptor(descriptor))
  const layouts = declared.length > 0 ? declared : [usualLayout]
  let parts: Uint8Array[] = []
  let size = 0
  return (report) => {
    const read = readPosReport(layouts, report)
    if (read === undefined) return undefined
    size += read.data.length
    if (size <= scanLimit) parts.push(Uint8Array.from(read.data))
    if (read.continued) return undefined
    // A symbol longer than any there is was no symbol.
    const text = size <= scanLimit ? textOf(concat(parts)) : ''
    parts = []
    size = 0
    return text === '' ? undefined : { text, whole: true }
  }
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))

/** Bar code scanners in the mode called HID POS, whoever makes them. */
export const posScanner: HidProfile = {
  name: 'posScanner',
  matches: (info) => info.usagePage === page && info.usage === scanner,
  decoder,
}
