import type { CardEvent, TrainingCard } from '#shared/contract/cardEvents.ts'
import { deviceCalls, deviceEvents, type DeviceCalls, type DeviceEvents } from '#shared/contract/deviceCalls.ts'
import { connect, type Client, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Scan } from '#shared/ports/hidSource.ts'
import type { TicketPrinterState } from '#shared/ports/ticketPrinter.ts'
import type { Devices } from '../core/workerOptions.ts'

/** The devices of this desk, which live in another process that may die. */
export interface RemoteDevices {
  readonly devices: Devices
  /** A devices host runs and answers on this wire; what was asked of the one before fails. */
  attach(wire: Wire): void
  /** The devices host died: everything that waits fails with devices.down, until `attach`. */
  detach(): void
}

/**
 * Between two looks whether the devices host still answers, in milliseconds, and how many it may miss in a row: no driver
 * works so long without letting others speak. Looks are counted, not time: this process may be busy too.
 */
const pulse = { every: 5_000, missed: 4 } as const

/**
 * The device ports over a wire. While no host runs every call fails with devices.down at once and the readers count as
 * gone; when it is back its events go on, without anybody having to ask.
 * @param options.onStuck the host that runs answers nothing any more: it shall be ended, as if it had died
 */
export function openRemoteDevices(options: {
  readonly training: boolean
  readonly onStuck?: () => void
}): RemoteDevices {
  const down = faultOf('devices.down')
  let client: Client<DeviceCalls, DeviceEvents> | undefined
  const listeners = new Set<(event: CardEvent) => void>()
  let ticketsSeen: TicketPrinterState | undefined
  const scanListeners = new Set<(scan: Scan) => void>()
  /** What the devices host is told again when it comes back. */
  let believed: Uint8Array<ArrayBuffer>[] = []
  /** The last event of each reader, and under the empty name the last that belongs to none. */
  let seen = new Map<string, CardEvent>([['', { state: 'noService' }]])

  const hear = (event: CardEvent): void => {
    if ('reader' in event) {
      seen.delete('')
      seen.set(event.reader, event)
    } else seen = new Map([['', event]])
    for (const listener of listeners) listener(event)
    // What was heard is the listener's to forget: no second copy of a citizen stays here.
    if ('reading' in event && listeners.size > 0) seen.delete(event.reader)
  }
  let looking: NodeJS.Timeout | undefined
  const lookAfter = (mine: Client<DeviceCalls, DeviceEvents>): void => {
    let missed = 0
    looking = setInterval(() => {
      if (missed === 0)
        void mine.call('host.pulse', {}).then(() => {
          missed = 0
        })
      missed += 1
      if (missed <= pulse.missed) return
      clearInterval(looking)
      options.onStuck?.()
    }, pulse.every)
    looking.unref()
  }
  const detach = (): void => {
    clearInterval(looking)
    if (client === undefined) return
    const died = client
    client = undefined
    died.fail(down)
    hear({ state: 'noService' })
  }
  const ask: Client<DeviceCalls, DeviceEvents>['call'] = (name, input, signal) =>
    client === undefined ? Promise.resolve(err(down)) : client.call(name, input, signal)

  return {
    devices: {
      cards: {
        list: async () => map(await ask('card.list', {}), ({ readers }) => readers),
        watch: (listener) => {
          listeners.add(listener)
          for (const event of seen.values()) listener(event)
          return () => {
            listeners.delete(listener)
          }
        },
        read: ({ reader, access, signal }) => ask('card.read', { reader, access }, signal),
        signState: ({ reader, signal }) => ask('card.signState', { reader }, signal),
        sign: async ({ signal, ...order }) => {
          // The wire carries a copy, which the other side wipes; this one is wiped here.
          const signed = await ask('card.sign', order, signal)
          order.pin?.fill(0)
          return signed
        },
        close: () => Promise.resolve(listeners.clear()),
      },
      signers: {
        installed: async () => map(await ask('signers.installed', {}), ({ signers }) => signers),
        examine: ({ bytes, compared }) =>
          ask('signers.examine', { bytes: new Uint8Array(bytes), compared: [...compared] }),
        believe: (certificates) => {
          // Plain copies, as of a paper that is submitted.
          believed = certificates.map((der) => new Uint8Array(der))
          return ask('signers.believe', { certificates: believed })
        },
      },
      plugins: async () => map(await ask('plugins.installed', {}), ({ plugins }) => plugins),
      scans: {
        list: async () => map(await ask('codeReader.list', {}), ({ readers }) => readers),
        watch: (listener) => {
          scanListeners.add(listener)
          return () => {
            scanListeners.delete(listener)
          }
        },
      },
      printer: {
        list: async () => map(await ask('printer.list', {}), ({ printers }) => printers),
        // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
        submit: (job) => ask('printer.submit', { ...job, pdf: new Uint8Array(job.pdf) }),
        outcome: (job) => ask('printer.outcome', job),
      },
      tickets: {
        status: async () => {
          const state = await ask('ticket.status', {})
          if (state.ok) ticketsSeen = state.value
          return state
        },
        seen: () => ticketsSeen,
        print: (ticket) => ask('ticket.print', { ...ticket, bits: new Uint8Array(ticket.bits) }),
      },
      scanner: {
        list: async () => map(await ask('scanner.list', {}), ({ scanners }) => scanners),
        scan: ({ scanner, signal }) => ask('scanner.scan', { scanner }, signal),
        scanStack: async ({ scanner, signal, onPage }) => {
          const unheard = client?.on('stackPages', ({ pages }) => onPage?.(pages))
          try {
            return await ask('scanner.scanStack', { scanner }, signal)
          } finally {
            unheard?.()
          }
        },
      },
      ...(options.training && {
        training: {
          insertCard: (card: TrainingCard) => ask('training.insertCard', { card }),
          removeCard: (of?: 'agent') => ask('training.removeCard', { ...(of === undefined ? {} : { of }) }),
        },
      }),
    },
    attach: (wire) => {
      detach()
      client = connect(wire, deviceCalls, deviceEvents)
      const mine = client
      lookAfter(mine)
      // Before anything else is asked: a card may be in the reader.
      void mine.call('signers.believe', { certificates: believed })
      mine.on('card', (event) => {
        if (client === mine) hear(event)
      })
      mine.on('scan', (scan) => {
        for (const listener of scanListeners) listener(scan)
      })
    },
    detach,
  }
}

const map = <A, B>(result: Result<A>, change: (value: A) => B): Result<B> =>
  result.ok ? ok(change(result.value)) : result
