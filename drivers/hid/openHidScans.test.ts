import { setTimeout as later } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { silence } from '#shared/domain/scan/assemble.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HidSource, Scan } from '#shared/ports/hidSource.ts'
import {
  asciiReportsOf,
  keyboardDevice,
  mrzReaderDevice,
  posReports,
  posScannerDevice,
  type EmulatedDevice,
} from '#tests/emulators/hid/devices.ts'
import type { HidLibrary } from './library.ts'
import { openHidScans } from './openHidScans.ts'

const clock: Clock = { now: () => new Date('2026-11-21T10:00:00Z'), monotonic: () => performance.now() }
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']
const pages = new Map([
  [posScannerDevice, [0x8c, 2]],
  [mrzReaderDevice, [0xff00, 1]],
  [keyboardDevice, [1, 6]],
])

/** A bus on which devices are plugged, speak and are pulled. */
function bus() {
  const plugged = new Map<string, EmulatedDevice>()
  const opened = new Map<string, { report(bytes: Uint8Array): void; gone(): void }>()
  const refused = new Set<string>()
  const library: HidLibrary = {
    devices: () =>
      Promise.resolve(
        [...plugged].map(([path, device]) => ({
          path,
          vendorId: device.vendorId,
          productId: device.productId,
          product: device.name,
          usagePage: pages.get(device)?.[0],
          usage: pages.get(device)?.[1],
        })),
      ),
    open: (path, { onReport, onGone }) => {
      if (refused.has(path)) return Promise.reject(new Error('permission denied'))
      opened.set(path, { report: onReport, gone: onGone })
      return Promise.resolve({ close: () => Promise.resolve(void opened.delete(path)) })
    },
  }
  return { plugged, opened, refused, library: () => Promise.resolve(library) }
}

let source: HidSource | undefined
afterEach(() => source?.close())
function watched(options: Parameters<typeof openHidScans>[0]): Scan[] {
  const heard: Scan[] = []
  source = openHidScans(options)
  source.watch((scan) => {
    heard.push(scan)
  })
  return heard
}

describe('HID readers', () => {
  it('are opened, several at once, but no keyboard; each says its own scans', async () => {
    const desk = bus()
    desk.plugged.set('a', posScannerDevice).set('b', mrzReaderDevice).set('c', keyboardDevice)
    const heard = watched({ clock, every: 5, library: desk.library })
    await vi.waitFor(() => {
      expect([...desk.opened.keys()].sort()).toEqual(['a', 'b'])
    })
    expect(await source?.list()).toEqual([
      { device: posScannerDevice.name, profile: 'posScanner', open: true },
      { device: mrzReaderDevice.name, profile: 'asciiReports', open: true },
    ])
    const lines = asciiReportsOf(`${td3.join('\r\n')}\r\n`)
    const [code = new Uint8Array()] = posReports('2026/RAB03-G2/000001', ']C1')
    lines.forEach((line, index) => {
      desk.opened.get('b')?.report(line)
      if (index === 1) desk.opened.get('a')?.report(code)
    })
    const at = '2026-11-21T10:00:00.000Z'
    expect(heard).toEqual([
      { device: posScannerDevice.name, text: '2026/RAB03-G2/000001', at },
      { device: mrzReaderDevice.name, text: td3.join('\n'), at },
    ])
  })

  it('are found when plugged, let go when pulled, and start afresh when they are back', async () => {
    const desk = bus()
    const heard = watched({ clock, every: 5, library: desk.library })
    desk.plugged.set('b', mrzReaderDevice)
    await vi.waitFor(() => {
      expect(desk.opened.has('b')).toBe(true)
    })
    desk.opened.get('b')?.report(asciiReportsOf(`${td3[0] ?? ''}\r`)[0] ?? new Uint8Array())
    desk.plugged.delete('b')
    desk.opened.get('b')?.gone()
    await vi.waitFor(async () => {
      expect(await source?.list()).toEqual([])
    })
    desk.plugged.set('b', mrzReaderDevice)
    await vi.waitFor(() => {
      expect(desk.opened.has('b')).toBe(true)
    })
    for (const report of asciiReportsOf(`${td3.join('\r')}\r`)) desk.opened.get('b')?.report(report)
    await later(silence + 50)
    expect(heard.map((scan) => scan.text)).toEqual([td3.join('\n')])
  })

  it('that cannot be opened are shown, and tried again', async () => {
    const desk = bus()
    desk.plugged.set('a', posScannerDevice)
    desk.refused.add('a')
    watched({ clock, every: 5, library: desk.library })
    await vi.waitFor(async () => {
      expect(await source?.list()).toEqual([{ device: posScannerDevice.name, profile: 'posScanner', open: false }])
    })
    desk.refused.clear()
    await vi.waitFor(async () => {
      expect(await source?.list()).toMatchObject([{ open: true }])
    })
  })

  it('are closed with their source', async () => {
    const desk = bus()
    desk.plugged.set('a', posScannerDevice)
    watched({ clock, every: 5, library: desk.library })
    await vi.waitFor(() => {
      expect(desk.opened.size).toBe(1)
    })
    await source?.close()
    expect(desk.opened.size).toBe(0)
  })

  it('are none where the library of the system is missing, which is told once', async () => {
    const told: string[] = []
    watched({
      clock,
      every: 5,
      library: () => Promise.reject(new Error('libudev.so.1')),
      onUnusable: (detail) => {
        told.push(detail)
      },
    })
    await later(40)
    expect(await source?.list()).toEqual([])
    expect(told).toEqual(['Error: libudev.so.1'])
  })
})
