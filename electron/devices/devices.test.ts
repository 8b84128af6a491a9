import { describe, expect, it, vi } from 'vitest'
import { openCountrySigners } from '#drivers/card/profiles/icao/openCountrySigners.ts'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import { deviceCalls, deviceEvents } from '#shared/contract/deviceCalls.ts'
import type { HostPort } from '#shared/contract/hostPort.ts'
import { connect } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Scan } from '#shared/ports/hidSource.ts'
import type { Printer, PrinterInfo } from '#shared/ports/printer.ts'
import { err, ok } from '#shared/result.ts'
import type { OpenDevices } from './compose.ts'
import { runHost } from './host.ts'
import { mergeCards } from './mergeCards.ts'
import { mergePrinters } from './mergePrinters.ts'

const info = (name: string, isDefault: boolean): PrinterInfo => ({
  name,
  description: name,
  state: 'idle',
  reasons: [],
  papers: ['a5'],
  isDefault,
})
const printerWith = (...names: string[]): Printer => ({
  list: () => Promise.resolve(ok(names.map((name, index) => info(name, index === 0)))),
  submit: (job) =>
    Promise.resolve(
      names.includes(job.printer) ? ok({ spoolerJob: `${names.join('+')}:1` }) : err(faultOf('printer.none')),
    ),
  outcome: (job) =>
    Promise.resolve(ok({ state: 'unknown', message: `asked ${names.join('+')} for ${job.spoolerJob}` })),
})
/** A reader; `card` tells whether it holds a card. */
const readers = (reader: string, card: boolean): CardSource & { say(event: CardEvent): void; watched(): number } => {
  const listeners = new Set<(event: CardEvent) => void>()
  return {
    list: () => Promise.resolve(ok([{ reader, simulated: false, card }])),
    watch: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    read: () => Promise.resolve(err(faultOf('card.mute', reader))),
    signState: () => Promise.resolve(err(faultOf('card.cannotSign', reader))),
    sign: () => Promise.resolve(err(faultOf('card.cannotSign', reader))),
    close: () => Promise.resolve(),
    say: (event) => {
      for (const listener of listeners) listener(event)
    },
    watched: () => listeners.size,
  }
}

describe('real and simulated printers', () => {
  const simulated = { printer: printerWith('Simulated'), name: 'Simulated' }

  it('are listed together, the real default before the simulated one', async () => {
    expect(await mergePrinters(printerWith('Bureau'), simulated).list()).toEqual(
      ok([info('Bureau', true), info('Simulated', false)]),
    )
  })

  it('leave the simulated one where CUPS does not run', async () => {
    const broken: Printer = { ...printerWith(), list: () => Promise.resolve(err(faultOf('printer.noService'))) }
    expect(await mergePrinters(broken, simulated).list()).toEqual(ok([info('Simulated', true)]))
  })

  it('get their own jobs', async () => {
    const merged = mergePrinters(printerWith('Bureau'), simulated)
    const job = { title: 't', paper: 'a5' as const, pdf: new Uint8Array() }
    expect(await merged.submit({ ...job, printer: 'Simulated' })).toEqual(ok({ spoolerJob: 'Simulated:1' }))
    expect(await merged.submit({ ...job, printer: 'Bureau' })).toEqual(ok({ spoolerJob: 'Bureau:1' }))
    expect(await merged.outcome({ printer: 'Bureau', spoolerJob: '9' })).toMatchObject({
      value: { message: 'asked Bureau for 9' },
    })
  })
})

describe('real and simulated readers', () => {
  it('speak with one voice, in which no real reader is no news', () => {
    const [real, simulated] = [readers('real', false), readers('simulated', false)]
    const heard: CardEvent[] = []
    const stop = mergeCards(real, simulated).watch((event) => {
      heard.push(event)
    })
    real.say({ state: 'noService' })
    real.say({ state: 'noReader' })
    simulated.say({ state: 'empty', reader: 'simulated', simulated: true })
    real.say({ state: 'removed', reader: 'real' })
    stop()
    real.say({ state: 'removed', reader: 'late' })
    expect(heard).toEqual([
      { state: 'empty', reader: 'simulated', simulated: true },
      { state: 'removed', reader: 'real' },
    ])
  })

  it.each([
    [undefined, true, true, 'real'],
    [undefined, false, true, 'simulated'],
    [undefined, false, false, 'real'],
    ['simulated', true, true, 'simulated'],
    ['real', false, true, 'real'],
  ] as const)('asked for %s with cards %s and %s read in the %s one', async (reader, inReal, inSimulated, expected) => {
    const merged = mergeCards(readers('real', inReal), readers('simulated', inSimulated))
    expect(await merged.read(reader === undefined ? {} : { reader })).toEqual(err(faultOf('card.mute', expected)))
  })
})

/** Two joined ports, as main makes them. */
function ports(): [HostPort & { close(): void }, HostPort & { close(): void }] {
  const make = (): HostPort & { close(): void; peer?: { hear(data: unknown): void }; hear(data: unknown): void } => {
    const heard = new Set<(event: { data: unknown }) => void>()
    const closed = new Set<() => void>()
    const port: HostPort & { close(): void; peer?: { hear(data: unknown): void }; hear(data: unknown): void } = {
      postMessage: (message) => {
        const copy: unknown = structuredClone(message)
        queueMicrotask(() => port.peer?.hear(copy))
      },
      on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
        if (event === 'message') heard.add(listener)
        else
          closed.add(() => {
            listener({ data: undefined })
          })
      },
      start: () => undefined,
      hear: (data) => {
        for (const listener of heard) listener({ data })
      },
      close: () => {
        for (const listener of closed) listener()
      },
    }
    return port
  }
  const [a, b] = [make(), make()]
  a.peer = b
  b.peer = a
  return [a, b]
}

function host() {
  const cards = readers('real', false)
  const scanned = new Set<(scan: Scan) => void>()
  const said: string[] = []
  const logged: string[] = []
  const devices: OpenDevices = {
    cards,
    signers: openCountrySigners({ folder: '/nowhere', clock: { now: () => new Date() } }),
    plugins: [],
    printer: {
      ...printerWith('Bureau'),
      list: () => {
        throw new TypeError('driver')
      },
    },
    scanner: {
      list: () => Promise.resolve(ok([])),
      scan: ({ signal }) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => {
            resolve(err(faultOf('call.cancelled')))
          })
        }),
      scanStack: ({ onPage }) => {
        onPage?.(1)
        return Promise.resolve(ok({ pages: [{ mime: 'image/jpeg', bytes: Uint8Array.of(1) }] }))
      },
    },
    scans: [
      {
        watch: (listener) => {
          scanned.add(listener)
          return () => {
            scanned.delete(listener)
          }
        },
        list: () => Promise.resolve([{ device: 'DS9308', profile: 'posScanner', open: true }]),
        close: () => Promise.resolve(),
      },
    ],
    close: () => Promise.resolve(),
  }
  const receive = runHost({
    open: () => Promise.resolve(devices),
    say: ({ kind }) => {
      said.push(kind)
    },
    log: (line) => {
      logged.push(line)
    },
    fatal: (cause) => {
      logged.push(`fatal: ${String(cause)}`)
    },
  })
  const join = () => {
    const [worker, mine] = ports()
    receive({ kind: 'worker' }, mine)
    return {
      client: connect(
        {
          post: (message) => {
            worker.postMessage(message)
          },
          onMessage: (listener) => {
            worker.on('message', ({ data }) => {
              listener(data)
            })
          },
        },
        deviceCalls,
        deviceEvents,
      ),
      close: () => {
        mine.close()
      },
    }
  }
  receive({ kind: 'start', training: false, resourcesDir: '/nowhere' }, undefined)
  return { cards, scanned, said, logged, join }
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

describe('the devices host', () => {
  it('tells the scans of its readers, to the worker that joined last', async () => {
    const { scanned, join } = host()
    const { client } = join()
    const heard: Scan[] = []
    client.on('scan', (scan) => {
      heard.push(scan)
    })
    await settled()
    const scan = { device: 'reader', text: 'GU1:ABC', at: '2026-11-21T10:00:00.000Z' }
    for (const listener of scanned) listener(scan)
    await settled()
    expect(heard).toEqual([scan])
    join()
    await settled()
    expect(scanned.size).toBe(1)
  })

  it('says that it is ready, answers, and tells card events', async () => {
    const { join, cards, said } = host()
    const { client } = join()
    const heard: CardEvent[] = []
    client.on('card', (event) => {
      heard.push(event)
    })
    expect(
      await client.call('printer.submit', { printer: 'Bureau', title: 't', paper: 'a5', pdf: new Uint8Array(3) }),
    ).toEqual(ok({ spoolerJob: 'Bureau:1' }))
    cards.say({ state: 'removed', reader: 'real' })
    await settled()
    expect(heard).toEqual([{ state: 'removed', reader: 'real' }])
    expect(said).toEqual(['ready'])
  })

  it('turns a driver that throws into one fault, and goes on', async () => {
    const { join, logged } = host()
    const { client } = join()
    expect(await client.call('printer.list', {})).toEqual(err(faultOf('internal')))
    expect(await client.call('scanner.list', {})).toEqual(ok({ scanners: [] }))
    expect(logged).toHaveLength(1)
    expect(logged[0]).toMatch(/^printer\.list: TypeError\n\s+at /)
  })

  it('has no simulated reader outside the training mode', async () => {
    const { client } = host().join()
    expect(await client.call('training.insertCard', { card: 'citizen' })).toMatchObject({
      fault: { code: 'call.unknown' },
    })
  })

  it('has a printer of tickets only where the machine’s settings name one', async () => {
    const { client } = host().join()
    expect(await client.call('ticket.status', {})).toEqual(ok({ state: 'none' }))
    const ticket = { width: 384, height: 1, bits: new Uint8Array(48) } as const
    expect(await client.call('ticket.print', ticket)).toEqual(err(faultOf('printer.none')))
  })

  it('cancels what the worker no longer wants', async () => {
    const { client } = host().join()
    const controller = new AbortController()
    const scan = client.call('scanner.scan', {}, controller.signal)
    await settled()
    controller.abort()
    expect(await scan).toEqual(err(faultOf('call.cancelled')))
  })

  it('lets go of a worker that was replaced or is gone', async () => {
    const { join, cards } = host()
    join()
    await settled()
    const { close } = join()
    await settled()
    expect(cards.watched()).toBe(1)
    close()
    expect(cards.watched()).toBe(0)
  })
})

it('devices that cannot be opened are told as fatal, whoever joins', async () => {
  const fatal: unknown[] = []
  const receive = runHost({
    open: () => Promise.reject(new TypeError('no readers')),
    say: () => undefined,
    log: () => undefined,
    fatal: (cause) => fatal.push(cause),
  })
  receive({ kind: 'start', training: false, resourcesDir: '/nowhere' }, undefined)
  receive({ kind: 'worker' }, ports()[1])
  await vi.waitFor(() => {
    expect(fatal).toHaveLength(2)
  })
})
