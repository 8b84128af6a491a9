import type { Heard } from '#shared/domain/scan/assemble.ts'
import { createScanFeed, type ScanFeed } from '#shared/domain/scan/scanFeed.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HidSource, Scan } from '#shared/ports/hidSource.ts'
import type { OpenPort } from './library.ts'

/** A reader that is there now. */
export interface Port {
  /** Names it among all that are there. */
  readonly path: string
  readonly device: string
  readonly profile: string
  /** Starts reading; throws when it cannot be opened. */
  open(handlers: { readonly hear: (heard: Heard) => void; readonly gone: () => void }): Promise<OpenPort>
}

interface Held {
  readonly port: Port
  readonly feed: ScanFeed
  opened: OpenPort | undefined
  gone: boolean
}

/**
 * Keeps every port open that is there: looks again and again, since not every system tells of what is plugged. A port
 * that
 * cannot be opened is tried again; one that is gone is closed, and what it had begun to say is forgotten.
 * @param options.find the ports that are there; a failure counts as none
 * @param options.every milliseconds between two looks
 */
export function watchPorts(options: {
  readonly clock: Clock
  readonly every: number
  readonly find: () => Promise<readonly Port[]>
}): HidSource {
  const { clock, every, find } = options
  const held = new Map<string, Held>()
  const listeners = new Set<(scan: Scan) => void>()
  const feedOf = ({ device }: Port): ScanFeed =>
    createScanFeed(
      () => clock.monotonic(),
      (text) => {
        const scan = { device, text, at: clock.now().toISOString() }
        for (const listener of listeners) listener(scan)
      },
    )
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const drop = async (path: string): Promise<void> => {
    const one = held.get(path)
    if (one === undefined) return
    held.delete(path)
    one.feed.close()
    await one.opened?.close().catch(() => undefined)
  }
  const start = async (one: Held): Promise<void> => {
    const handlers = {
      hear: (heard: Heard) => {
        if (!one.gone) one.feed.hear(heard)
      },
      gone: () => {
        one.gone = true
        void drop(one.port.path)
      },
    }
    one.opened = await one.port.open(handlers).catch(() => undefined)
    // It may have gone, or everything may have been closed, while it was being opened.
    if (held.get(one.port.path) !== one) await one.opened?.close().catch(() => undefined)
  }
  const look = async (): Promise<void> => {
    const ports = await find().catch(() => [])
    if (closed) return
    const there = new Set(ports.map((port) => port.path))
    await Promise.all([...held.keys()].filter((path) => !there.has(path)).map(drop))
    await Promise.all(
      ports.map(async (port) => {
        const known = held.get(port.path)
        if (known?.opened !== undefined) return
        const one = known ?? { port, feed: feedOf(port), opened: undefined, gone: false }
        held.set(port.path, one)
        await start(one)
      }),
    )
  }
  let looking = Promise.resolve()
  const lookAgain = (): void => {
    looking = look().then(() => {
      if (!closed) timer = setTimeout(lookAgain, every)
    })
  }
  lookAgain()
  const first = looking

  return {
    watch: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    list: async () => {
      await first
      return [...held.values()].map(({ port, opened }) => ({
        device: port.device,
        profile: port.profile,
        open: opened !== undefined,
      }))
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await looking
      await Promise.all([...held.keys()].map(drop))
    },
  }
}
