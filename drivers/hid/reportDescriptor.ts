/** A run of equal elements of an input report (HID 1.11 §6.2.2). */
export interface InputField {
  /** 0 where reports carry no identifier. */
  readonly reportId: number
  /** Usage page in the upper, usage in the lower 16 bits; undefined for padding. */
  readonly usage: number | undefined
  /** From the start of the report, without its identifier. */
  readonly bitOffset: number
  readonly bitSize: number
  readonly count: number
}

/** The kernel and Windows take no longer descriptor (HID_MAX_DESCRIPTOR_SIZE). In bytes. */
const longest = 4096
const mostFields = 1024
/** No report is longer than 8 KB (HID_MAX_BUFFER_SIZE of Linux is 16 KB); in bits. */
const reportLimit = 65_536
const deepest = 16

/** Short item prefixes without their size bits (HID 1.11 §6.2.2.2). */
const tag = {
  input: 0x80,
  collection: 0xa0,
  endCollection: 0xc0,
  usagePage: 0x04,
  reportSize: 0x74,
  reportId: 0x84,
  reportCount: 0x94,
  push: 0xa4,
  pop: 0xb4,
  usage: 0x08,
  usageMinimum: 0x18,
  usageMaximum: 0x28,
} as const
const output = 0x90
const feature = 0xb0
const longItem = 0xfe

interface Globals {
  readonly page: number
  readonly size: number
  readonly count: number
  readonly id: number
}

/**
 * The input fields of a report descriptor, in the order of their reports. Total and bounded: what is cut off or beyond
 * the limits ends the reading, and what was read so far counts.
 */
export function parseReportDescriptor(bytes: Uint8Array): readonly InputField[] {
  const fields: InputField[] = []
  const ends = new Map<number, number>()
  const stack: Globals[] = []
  let globals: Globals = { page: 0, size: 0, count: 0, id: 0 }
  let usages: number[] = []
  let minimum: number | undefined

  const paged = (value: number, size: number): number => (size === 4 ? value : globals.page * 0x1_0000 + value)
  /**
   * Adds the elements of one main item; the last usage holds for all that follow (HID 1.11 §6.2.2.8). False when beyond
   * the limits.
   */
  const addInput = (constant: boolean): boolean => {
    const { id, size, count } = globals
    let bit = ends.get(id) ?? 0
    if (bit + size * count > reportLimit) return false
    const named = constant ? [] : usages.slice(0, count)
    const runs =
      named.length === 0
        ? [{ usage: undefined, count }]
        : named.map((usage, index) => ({ usage, count: index === named.length - 1 ? count - index : 1 }))
    for (const run of runs) {
      if (fields.length >= mostFields) return false
      if (run.count > 0 && size > 0)
        fields.push({ reportId: id, usage: run.usage, bitOffset: bit, bitSize: size, count: run.count })
      bit += size * run.count
    }
    ends.set(id, bit)
    return true
  }

  const end = Math.min(bytes.length, longest)
  for (let at = 0; at < end;) {
    const prefix = bytes[at] ?? 0
    if (prefix === longItem) {
      at += 3 + (bytes[at + 1] ?? 0)
      continue
    }
    const size = [0, 1, 2, 4][prefix & 3] ?? 0
    if (at + 1 + size > end) break
    let value = 0
    for (let index = size - 1; index >= 0; index -= 1) value = value * 256 + (bytes[at + 1 + index] ?? 0)
    at += 1 + size
    switch (prefix & 0xfc) {
      case tag.usagePage:
        globals = { ...globals, page: value & 0xffff }
        break
      case tag.reportSize:
        globals = { ...globals, size: Math.min(value, reportLimit) }
        break
      case tag.reportCount:
        globals = { ...globals, count: Math.min(value, reportLimit) }
        break
      case tag.reportId:
        globals = { ...globals, id: value & 0xff }
        break
      case tag.push:
        if (stack.push(globals) > deepest) return fields
        break
      case tag.pop:
        globals = stack.pop() ?? globals
        break
      case tag.usage:
        if (usages.length < mostFields) usages.push(paged(value, size))
        break
      case tag.usageMinimum:
        minimum = paged(value, size)
        break
      case tag.usageMaximum: {
        const last = Math.min(paged(value, size), (minimum ?? 0) + mostFields)
        for (let usage = minimum ?? 0; usage <= last && usages.length < mostFields; usage += 1) usages.push(usage)
        break
      }
      case tag.input:
        if (!addInput((value & 1) === 1)) return fields
    }
    if (isMain(prefix & 0xfc)) {
      usages = []
      minimum = undefined
    }
  }
  return fields
}

const mains: ReadonlySet<number> = new Set([tag.input, output, feature, tag.collection, tag.endCollection])
const isMain = (prefix: number): boolean => mains.has(prefix)
