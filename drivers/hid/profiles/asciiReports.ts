import type { HidProfile, ReportDecoder } from '../profile.ts'
import { parseReportDescriptor } from '../reportDescriptor.ts'
import { textOf } from '../text.ts'
import { readsDocuments } from '../vendors.ts'

/** Vendor-defined usage pages (HID Usage Tables §3). */
const vendorPages = 0xff00
/**
 * Readers of machine-readable zones say in their name what they are, or come from a maker of such; other vendor devices
 * are left alone.
 */
const reader = /\b(mrz|ocr|passport|document reader)\b/i

/** Lines of text across reports of a fixed size, padded with zeros. */
const decoder = (descriptor: Uint8Array | undefined): ReportDecoder => {
  const numbered = descriptor !== undefined && parseReportDescriptor(descriptor).some((field) => field.reportId !== 0)
  return (report) => {
    const text = textOf(report.subarray(numbered ? 1 : 0).filter((byte) => byte !== 0))
    return text === '' ? undefined : { text, whole: false }
  }
}

/** Readers of machine-readable zones that send their lines as raw vendor reports. */
export const asciiReports: HidProfile = {
  name: 'asciiReports',
  matches: ({ usagePage = 0, product = '', vendorId }) =>
    usagePage >= vendorPages && (readsDocuments(vendorId) || reader.test(product)),
  decoder,
}
