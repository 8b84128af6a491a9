import { asciiReports } from '#drivers/hid/profiles/asciiReports.ts'
import { posScanner } from '#drivers/hid/profiles/posScanner.ts'
import { parseReportDescriptor } from '#drivers/hid/reportDescriptor.ts'
import { textOf } from '#drivers/hid/text.ts'
import { hear, nothingHeard } from '#shared/domain/scan/assemble.ts'
import { scanLimit } from '#shared/domain/scan/classify.ts'
import { asciiReportsOf, mrzReaderDevice, posReports, posScannerDevice } from '#tests/emulators/hid/devices.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { mutateBytes } from '../mutate.ts'
import { must, type Target } from '../target.ts'

const zone = 'I<UTOD231458907<<<<<<<<<<<<<<<\r7408122F1204159UTO<<<<<<<<<<<6\rERIKSSON<<ANNA<MARIA<<<<<<<<<<\r'

/** Report descriptors: fields inside a report, few enough. */
export const reportDescriptors = bytesTarget({
  about: 'HID report descriptors: fields inside a report of a bounded length',
  samples: () => [Uint8Array.from(posScannerDevice.descriptor), Uint8Array.from(mrzReaderDevice.descriptor)],
  read: parseReportDescriptor,
  taken: (fields) => fields.length > 0,
  check: (fields) => {
    must(fields.length <= 1024, 'more fields than any device has')
    for (const { bitOffset, bitSize, count } of fields)
      must(bitOffset >= 0 && bitOffset + bitSize * count <= 65_536 * 2, 'a field outside of every report')
  },
  grow: (size) => {
    const bytes = Uint8Array.from(
      { length: size },
      (_, at) => [0x09, 0x01, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02][at % 8] ?? 0,
    )
    return () => parseReportDescriptor(bytes)
  },
})

/** Reports of scanners and zone readers, and frames of serial lines: bounded text, no more than what came in. */
export const reports: Target = {
  about: 'input reports and serial frames: bounded text, whatever a device sends',
  open: () => ({
    one: (draw) => {
      const kind = draw.pick([posScanner, asciiReports])
      const device = kind === posScanner ? posScannerDevice : mrzReaderDevice
      const descriptor = draw.chance(0.3)
        ? mutateBytes(draw, Uint8Array.from(device.descriptor))
        : draw.chance(0.5)
          ? Uint8Array.from(device.descriptor)
          : undefined
      const decode = kind.decoder(descriptor)
      const sent = (kind === posScanner ? posReports(zone, ']Q1') : asciiReportsOf(zone)).map((report) =>
        Uint8Array.from(report),
      )
      let assembly = nothingHeard
      let taken = false
      for (const [at, report] of sent.entries()) {
        const heard = decode(draw.chance(0.4) ? mutateBytes(draw, report) : report) ?? {
          text: textOf(draw.chance(0.5) ? report : draw.bytes(draw.below(64))),
          whole: false,
        }
        must(heard.text.length <= scanLimit + 65_536 / 8, 'more text than a device can send')
        const next = hear(assembly, heard, 1000 + at * draw.below(300))
        assembly = next.assembly
        for (const scanned of next.scans) must(scanned.length <= scanLimit, 'a scan longer than any code')
        taken ||= next.scans.length > 0
      }
      return taken
    },
  }),
}
