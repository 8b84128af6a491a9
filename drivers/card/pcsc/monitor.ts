import type * as Pcsc from 'pcsc-mini'
import { codeOf, pcscFault } from './errors.ts'
import type { Slot, TransportEvent } from '../transport.ts'

type Library = typeof Pcsc

export interface Monitor {
  reader(name: string): Pcsc.Reader | undefined
  /** Resolves true when the slot is empty, or the reader gone, within the time, in milliseconds. */
  leaves(name: string, within: number): Promise<boolean>
  /** The card in this reader turned out to be held by another program: says when it is free again. */
  heldElsewhere(name: string): void
  /** Goes on with a new client, which looks at every reader anew; connections of the old one stay. */
  renew(): void
  stop(): Promise<void>
}

/** Software readers and security keys cannot hold a citizen's card. */
const notForCards =
  /windows hello|virtual smart card|passport for work|uicc|yubikey|yubico|security key|fido|nitrokey|solokey|titan security|trustkey|token2/i
/** Readers that are there are reported within a few milliseconds of the start. */
const firstLook = 300
const retryAfter = 1_000

/**
 * pcsc-mini 0.1.3 stops its thread by SCardCancel, which pcsc-lite forgets unless the thread is waiting at that moment:
 * `stop` then
 * blocks the process for a minute or more. Just after an event the thread is on its way back, so it is given this, in
 * milliseconds.
 */
const quietBeforeStop = 100

/**
 * Every client that was started, for the life of the process: some 4 kB for each stop of the service. pcsc-mini 0.1.3
 * frees a client that is
 * collected together with the memory of all connections made by it, also while its threads work on them, and the
 * process dies of it; and it
 * throws out of the garbage collector, past every handler, when the service went away before.
 */
const started: Pcsc.Client[] = []
/** pcsc-mini holds four changes for a program that is busy; one more, and it drops them. */
const missedSome: ReadonlySet<string> = new Set(['StatusEventBufferOverflow', 'QueueFull'])

const slotOf = ({ ReaderStatus }: Library, status: Pcsc.ReaderStatusFlags): Slot => {
  if (!status.has(ReaderStatus.PRESENT)) return 'empty'
  if (status.has(ReaderStatus.MUTE)) return 'mute'
  return status.has(ReaderStatus.EXCLUSIVE) ? 'exclusive' : 'card'
}

/**
 * Watches readers and slots. A service that is missing or stops is told and tried again every second, so that
 * everything comes
 * back by itself when it returns.
 */
export function startMonitor(pcsc: Library, tell: (event: TransportEvent) => void): Monitor {
  const slots = new Map<string, Slot>()
  const waiting = new Set<() => void>()
  let client: Pcsc.Client | undefined
  /** Clients that were left, until they are stopped. */
  const former = new Set<Pcsc.Client>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let lastEvent = performance.now()

  const set = (reader: string, slot: Slot | undefined): void => {
    lastEvent = performance.now()
    if (slot === undefined) slots.delete(reader)
    else slots.set(reader, slot)
    for (const look of waiting) look()
    if (!stopped) tell(slot === undefined ? { kind: 'gone', reader } : { kind: 'slot', reader, slot })
  }

  const attach = (own: Pcsc.Client, reader: Pcsc.Reader): void => {
    const name = reader.name()
    if (notForCards.test(name)) return
    // The ATR that comes with the event is not to be relied on: the card is asked after connecting.
    reader.on('change', (status) => {
      if (own === client) set(name, slotOf(pcsc, status))
    })
    // A client that is stopped says this of all its readers.
    reader.on('disconnect', () => {
      if (own === client) set(name, undefined)
    })
  }

  const begin = (): void => {
    try {
      const own = new pcsc.Client()
      client = own
      // What an old client still says is not heard, but an emitter without a listener for errors throws them.
      own.on('error', (cause) => {
        if (own !== client) return
        if (missedSome.has(codeOf(cause))) renew()
        else lost()
      })
      own.on('reader', (reader) => {
        if (own === client) attach(own, reader)
      })
      own.start()
      started.push(own)
      lastEvent = performance.now()
      tell({ kind: 'service', up: true })
      timer = setTimeout(() => {
        for (const name of slots.keys()) if (own.reader(name) === undefined) set(name, undefined)
        tell({ kind: 'settled' })
      }, firstLook)
    } catch {
      lost()
    }
  }

  /** Nobody listens to the client any more; it is still there. */
  const leave = (): Pcsc.Client | undefined => {
    clearTimeout(timer)
    const old = client
    client = undefined
    return old
  }
  const halt = (old: Pcsc.Client | undefined): void => {
    try {
      old?.stop()
    } catch {
      // The service went away: there is nothing left to stop.
    }
  }
  const quiet = async (): Promise<void> => {
    for (let wait = 1; wait > 0; wait = lastEvent + quietBeforeStop - performance.now())
      await new Promise((resolve) => {
        setTimeout(resolve, wait)
      })
  }

  const renew = (): void => {
    if (stopped) return
    const old = leave()
    begin()
    if (old === undefined) return
    former.add(old)
    setTimeout(() => {
      void quiet().then(() => {
        if (former.delete(old)) halt(old)
      })
    }, retryAfter).unref()
  }

  const lost = (): void => {
    halt(leave())
    if (stopped) return
    slots.clear()
    for (const look of waiting) look()
    tell({ kind: 'service', up: false })
    timer = setTimeout(begin, retryAfter)
  }

  // Windows reports that a card is free again, pcsc-lite does not: it is asked.
  const askUntilFree = (name: string): void => {
    setTimeout(() => {
      const reader = client?.reader(name)
      if (reader === undefined || slots.get(name) !== 'exclusive') return
      void reader
        .connect(pcsc.CardMode.SHARED)
        .then((card) => card.disconnect(pcsc.CardDisposition.LEAVE))
        .then(
          () => {
            if (slots.get(name) === 'exclusive') set(name, 'card')
          },
          (cause: unknown) => {
            if (pcscFault(cause).code === 'card.busy') askUntilFree(name)
          },
        )
    }, retryAfter).unref()
  }

  begin()
  return {
    // A new client knows its readers a moment later.
    reader: (name) => [client, ...former].map((one) => one?.reader(name)).find((found) => found !== undefined),
    leaves: (name, within) =>
      new Promise((resolve) => {
        const finish = (left: boolean): void => {
          clearTimeout(limit)
          waiting.delete(look)
          resolve(left)
        }
        const look = (): void => {
          if ((slots.get(name) ?? 'empty') === 'empty') finish(true)
        }
        const limit = setTimeout(() => {
          finish(false)
        }, within)
        waiting.add(look)
        look()
      }),
    heldElsewhere: (name) => {
      if (slots.get(name) !== 'card') return
      set(name, 'exclusive')
      askUntilFree(name)
    },
    renew,
    stop: async () => {
      stopped = true
      await quiet()
      for (const old of [leave(), ...former]) halt(old)
      former.clear()
    },
  }
}
