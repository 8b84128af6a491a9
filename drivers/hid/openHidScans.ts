import type { Clock } from '#shared/ports/clock.ts'
import type { HidSource } from '#shared/ports/hidSource.ts'
import { readDescriptor } from './descriptorFile.ts'
import { loadHidLibrary, type HidLibrary } from './library.ts'
import type { HidInfo, HidProfile } from './profile.ts'
import { profileOf } from './profiles/all.ts'
import { watchPorts } from './ports.ts'

export interface HidScansOptions {
  readonly clock: Clock
  /** How often the bus is looked at, in milliseconds. */
  readonly every?: number
  /** Told once when the library of the system cannot be used; no reader is found then. */
  readonly onUnusable?: (detail: string) => void
  readonly library?: () => Promise<HidLibrary>
}

/** Every HID reader that a profile knows, as it is plugged and pulled. Keyboards are never opened. */
export function openHidScans(options: HidScansOptions): HidSource {
  const { library = loadHidLibrary, onUnusable = () => undefined } = options
  let loading: Promise<HidLibrary | undefined> | undefined
  const loaded = (): Promise<HidLibrary | undefined> =>
    (loading ??= library().catch((cause: unknown) => {
      onUnusable(String(cause))
      return undefined
    }))

  return watchPorts({
    clock: options.clock,
    every: options.every ?? 1000,
    find: async () => {
      const found = new Map<string, { info: HidInfo; profile: HidProfile }>()
      for (const info of (await (await loaded())?.devices()) ?? []) {
        const profile = profileOf(info)
        if (profile !== undefined) found.set(info.path, { info, profile })
      }
      return [...found.values()].map(({ info, profile }) => ({
        path: info.path,
        device: nameOf(info),
        profile: profile.name,
        open: async (handlers) => {
          const hid = await loaded()
          if (hid === undefined) throw new Error('no HID library')
          const decode = profile.decoder(await readDescriptor(info.path))
          return hid.open(info.path, {
            onReport: (report) => {
              const heard = decode(report)
              if (heard !== undefined) handlers.hear(heard)
            },
            onGone: handlers.gone,
          })
        },
      }))
    },
  })
}

const nameOf = ({ vendorId, productId, product, serialNumber }: HidInfo): string => {
  const hex = (value: number): string => value.toString(16).padStart(4, '0')
  return [product?.trim() || `HID ${hex(vendorId)}:${hex(productId)}`, serialNumber?.trim()]
    .filter(Boolean)
    .join(' ')
    .slice(0, 200)
}
