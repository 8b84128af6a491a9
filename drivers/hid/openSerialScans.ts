import { constants, open } from 'node:fs'
import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ReadStream } from 'node:tty'
import { promisify } from 'node:util'
import type { Clock } from '#shared/ports/clock.ts'
import type { HidSource } from '#shared/ports/hidSource.ts'
import { textOf } from './text.ts'
import { watchPorts, type Port } from './ports.ts'
import { readsDocuments } from './vendors.ts'

/** Where Linux names serial adapters by what they say of themselves. */
const byId = '/dev/serial/by-id'
/**
 * Modems and printers have serial ports too: only what calls itself a reader, or comes from a maker of them, is opened.
 */
const reader = /mrz|ocr|passport|scanner|barcode|reader/i

/**
 * Readers on serial ports over USB (CDC), which ignore the speed of the line. Linux only: elsewhere there are none.
 * @param options.folder the ports by name
 */
export const openSerialScans = (options: {
  readonly clock: Clock
  readonly every?: number
  readonly folder?: string
}): HidSource =>
  watchPorts({
    clock: options.clock,
    every: options.every ?? 1000,
    find: async () => {
      const folder = options.folder ?? byId
      const names = await readdir(folder)
      const readers = await Promise.all(
        names.map(async (name) => reader.test(name) || readsDocuments(await vendorOf(join(folder, name)))),
      )
      return names.filter((_, at) => readers[at]).map((name) => portAt(join(folder, name), name))
    },
  })

/** The USB maker of a serial port, from sysfs; undefined when it is no USB device. */
const vendorOf = async (path: string): Promise<number | undefined> => {
  try {
    const uevent = await readFile(join('/sys/class/tty', basename(await realpath(path)), 'device', 'uevent'), 'utf8')
    const id = /^PRODUCT=([0-9a-f]+)\//m.exec(uevent)?.[1]
    return id === undefined ? undefined : Number.parseInt(id, 16)
  } catch {
    return undefined
  }
}

const portAt = (path: string, name: string): Port => ({
  path,
  device: name
    .replace(/^usb-/, '')
    .replace(/-if\d.*$/, '')
    .replaceAll('_', ' ')
    .slice(0, 200),
  profile: 'serial',
  open: async ({ hear, gone }) => {
    // Without blocking, and never as the terminal that controls this process.
    const line = new ReadStream(
      await promisify(open)(await realpath(path), constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK),
    )
    line.setRawMode(true)
    line.on('data', (bytes) => {
      hear({ text: textOf(bytes), whole: false })
    })
    line.once('error', gone)
    line.once('end', gone)
    return {
      close: () =>
        new Promise((resolve) => {
          line.destroy()
          line.once('close', () => {
            resolve()
          })
        }),
    }
  },
})
