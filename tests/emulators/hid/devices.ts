/** A report descriptor, and the identity on the bus that the kernel will tell. */
export interface EmulatedDevice {
  readonly name: string
  readonly vendorId: number
  readonly productId: number
  readonly descriptor: Uint8Array
}

// pid.codes' identifiers for tests: no product bears them.
const vendorId = 0x1209

/** The scanned-data report of HID POS scanners: 64 bytes with identifier 2 (HID POS Usage Tables 1.02 §3). */
export const posScannerDevice: EmulatedDevice = {
  name: 'Emulated POS Scanner',
  vendorId,
  productId: 0x0001,
  descriptor: Uint8Array.from([
    0x05,
    0x8c,
    0x09,
    0x02,
    0xa1,
    0x01, // usage page and usage: bar code scanner; application collection
    0x09,
    0x12,
    0xa1,
    0x02,
    0x85,
    0x02, // scanned data report, identifier 2
    0x15,
    0x00,
    0x26,
    0xff,
    0x00,
    0x75,
    0x08,
    0x95,
    0x01, // bytes, one
    0x05,
    0x01,
    0x09,
    0x3b,
    0x81,
    0x02, // byte count
    0x95,
    0x03,
    0x05,
    0x8c,
    0x09,
    0xfb,
    0x09,
    0xfc,
    0x09,
    0xfd,
    0x81,
    0x02, // symbology identifiers 1 to 3
    0x95,
    0x38,
    0x09,
    0xfe,
    0x82,
    0x02,
    0x01, // 56 bytes of decoded data, buffered
    0x95,
    0x02,
    0x81,
    0x03, // padding
    0x75,
    0x01,
    0x95,
    0x01,
    0x25,
    0x01,
    0x09,
    0xff,
    0x81,
    0x02, // decode data continued
    0x95,
    0x07,
    0x81,
    0x03, // padding
    0xc0,
    0xc0,
  ]),
}

/** A reader of machine-readable zones: reports of 32 bytes without identifier on a vendor's page. */
export const mrzReaderDevice: EmulatedDevice = {
  name: 'Emulated MRZ Reader',
  vendorId,
  productId: 0x0002,
  descriptor: Uint8Array.from([
    0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x20, 0x09, 0x02, 0x81,
    0x02, 0xc0,
  ]),
}

/** A boot keyboard (HID 1.11, appendix B.1), as wedge scanners pretend to be. */
export const keyboardDevice: EmulatedDevice = {
  name: 'Emulated Keyboard Wedge',
  vendorId,
  productId: 0x0003,
  descriptor: Uint8Array.from([
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95,
    0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x19, 0x00,
    0x29, 0x65, 0x81, 0x00, 0xc0,
  ]),
}

/** The reports of one scanned symbol, each with its identifier. @param symbology AIM identifier: `]Q1` */
export function posReports(text: string, symbology: string): readonly Uint8Array[] {
  const data = new TextEncoder().encode(text)
  const reports: Uint8Array[] = []
  for (let at = 0; at === 0 || at < data.length; at += 56) {
    const report = new Uint8Array(64)
    const part = data.subarray(at, at + 56)
    report.set([2, part.length, ...new TextEncoder().encode(symbology)])
    report.set(part, 5)
    report[63] = at + 56 < data.length ? 1 : 0
    reports.push(report)
  }
  return reports
}

/** Text as reports of 32 bytes, the last padded with zeros. */
export function asciiReportsOf(text: string): readonly Uint8Array[] {
  const data = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(data.length / 32) }, (_, index) => {
    const report = new Uint8Array(32)
    report.set(data.subarray(index * 32, index * 32 + 32))
    return report
  })
}

/** Key down and key up of each letter and digit, and Enter (HID Usage Tables §10). */
export function keyReports(text: string): readonly Uint8Array[] {
  const codes = [...text].map((character) =>
    /[A-Z]/.test(character)
      ? character.charCodeAt(0) - 61
      : character === '0'
        ? 0x27
        : character.charCodeAt(0) - 0x31 + 0x1e,
  )
  return [...codes, 0x28].flatMap((code) => [Uint8Array.from([0, 0, code, 0, 0, 0, 0, 0]), new Uint8Array(8)])
}
