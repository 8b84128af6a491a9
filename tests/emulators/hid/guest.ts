import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as later } from 'node:timers/promises'
import { openHidScans } from '#drivers/hid/openHidScans.ts'
import { openSerialScans } from '#drivers/hid/openSerialScans.ts'
import type { Clock } from '#shared/ports/clock.ts'
import {
  asciiReportsOf,
  keyReports,
  keyboardDevice,
  mrzReaderDevice,
  posReports,
  posScannerDevice,
  type EmulatedDevice,
} from './devices.ts'
import { keyTimes, openKeyboard } from './keyboard.ts'
import { texts, type GuestNews } from './scenario.ts'

const clock: Clock = { now: () => new Date(), monotonic: () => performance.now() }
/** News go to the host on the serial console, one JSON a line. */
const tell = (news: GuestNews): void => {
  process.stdout.write(`${JSON.stringify(news)}\n`)
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const plug = (device: EmulatedDevice) => {
  const child = spawn(
    '/bin/uhid',
    [device.name, device.vendorId.toString(16), device.productId.toString(16), hex(device.descriptor)],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  return {
    say: (reports: readonly Uint8Array[]) => {
      child.stdin.write(`${reports.map(hex).join(' ')}\n`)
    },
    pull: async () => {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

const hid = openHidScans({
  clock,
  every: 200,
  onUnusable: (detail) => {
    tell({ kind: 'unusable', detail })
  },
})
const serial = openSerialScans({ clock, every: 200 })
let scans = 0
for (const source of [hid, serial]) {
  source.watch(({ device, text }) => {
    scans += 1
    tell({ kind: 'scan', device, text })
  })
}
const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await what())) await later(20)
}
const open = async (): Promise<readonly string[]> =>
  [...(await hid.list()), ...(await serial.list())]
    .filter((reader) => reader.open)
    .map((reader) => reader.device)
    .sort()

const scanner = plug(posScannerDevice)
const reader = plug(mrzReaderDevice)
const wedge = plug(keyboardDevice)
const keyboard = await openKeyboard()
await until(async () => (await open()).length === 3)
tell({ kind: 'readers', open: await open() })

scanner.say(posReports(texts.seal, ']Q1'))
await until(() => scans === 1)
for (const line of texts.td1) {
  reader.say(asciiReportsOf(`${line}\r\n`))
  await later(150)
}
await until(() => scans === 2)
// The host answers with a zone on the serial line.
tell({ kind: 'serialReady' })
await until(() => scans === 3)

const typed = keyTimes(keyboard, texts.wedge.length + 1)
wedge.say(keyReports(texts.wedge))
tell({ kind: 'keys', keys: await typed })

await scanner.pull()
await until(async () => (await open()).length === 2)
tell({ kind: 'readers', open: await open() })
const again = plug(posScannerDevice)
await until(async () => (await open()).length === 3)
again.say(posReports(texts.number, ']C1'))
await until(() => scans === 4)
await Promise.all([hid.close(), serial.close()])
tell({ kind: 'done' })
process.exit(0)
