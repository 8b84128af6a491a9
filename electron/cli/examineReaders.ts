import { join } from 'node:path'
import { openHidScans } from '#drivers/hid/openHidScans.ts'
import { openSerialScans } from '#drivers/hid/openSerialScans.ts'
import { udevRule } from '#drivers/hid/vendors.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { fine, warning, type Finding } from './finding.ts'
import { resourcesDir } from './resourcesDir.ts'

/**
 * Readers of codes and zones, and whether this user may read them. None is no fault: wedges are keyboards, and not
 * listed.
 */
export async function examineReaders(): Promise<Finding> {
  let unusable: string | undefined
  const sources = [
    openHidScans({
      clock: systemClock,
      onUnusable: (detail) => {
        unusable = detail
      },
    }),
    openSerialScans({ clock: systemClock }),
  ]
  try {
    const readers = (await Promise.all(sources.map((source) => source.list()))).flat()
    const closed = readers.filter((one) => !one.open).map((one) => one.device)
    if (closed.length > 0) {
      return {
        part: 'codes',
        verdict: 'fault',
        found: `${closed.join(', ')}: the device node cannot be read`,
        remedy: remedyFor(join(resourcesDir, 'udev', udevRule)),
      }
    }
    if (unusable !== undefined) return warning('codes', unusable, 'Install libudev1: HID readers need it.')
    return fine(
      'codes',
      readers.length === 0
        ? 'no reader besides keyboards; a scanner set to type with Alt codes (ALT mode) is not heard, set it to plain keys'
        : readers.map((one) => `${one.device} (${one.profile})`).join(', '),
    )
  } finally {
    await Promise.all(sources.map((source) => source.close()))
  }
}

const remedyFor = (rule: string): string =>
  `Copy ${rule} to /etc/udev/rules.d, then: udevadm control --reload && udevadm trigger. Serial readers of other makers: add the user to dialout.`
