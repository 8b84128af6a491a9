import type { HidInfo } from './profile.ts'

/** An open device. */
export interface OpenPort {
  close(): Promise<void>
}

/** The part of node-hid that is used. */
export interface HidLibrary {
  devices(): Promise<readonly HidInfo[]>
  /** Throws when the device cannot be opened. `onGone` is called once, when it can no longer be read. */
  open(
    path: string,
    handlers: { readonly onReport: (report: Uint8Array) => void; readonly onGone: () => void },
  ): Promise<OpenPort>
}

/** node-hid, loaded when first needed: it wants libudev, and a desk without readers works without. */
export async function loadHidLibrary(): Promise<HidLibrary> {
  const { devicesAsync, HIDAsync } = await import('node-hid')
  return {
    devices: async () =>
      (await devicesAsync()).flatMap((device) => (device.path === undefined ? [] : [{ ...device, path: device.path }])),
    open: async (path, { onReport, onGone }) => {
      const device = await HIDAsync.open(path)
      device.on('error', onGone)
      device.on('data', onReport)
      return { close: () => device.close() }
    },
  }
}
