import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import { deviceCalls, type DeviceCalls, type DeviceEvents } from '#shared/contract/deviceCalls.ts'
import { serve, type Handlers, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { openRemoteDevices } from './remoteDevices.ts'

/** Two ends of a structured-clone channel. */
function channel(): [Wire, Wire] {
  const end = (): { wire: Wire; hear: (message: unknown) => void; peer: (message: unknown) => void } => {
    let listener: (message: unknown) => void = () => undefined
    const self = {
      peer: (_: unknown): void => undefined,
      hear: (message: unknown) => {
        listener(message)
      },
      wire: {} as Wire,
    }
    self.wire = {
      post: (message) => {
        const copy: unknown = structuredClone(message)
        queueMicrotask(() => {
          self.peer(copy)
        })
      },
      onMessage: (heard) => {
        listener = heard
      },
    }
    return self
  }
  const [a, b] = [end(), end()]
  a.peer = b.hear
  b.peer = a.hear
  return [a.wire, b.wire]
}

const none = err(faultOf('printer.none'))
function host(over: Partial<Handlers<DeviceCalls>> = {}): { worker: Wire; emit: (event: CardEvent) => void } {
  const [worker, devices] = channel()
  const handlers: Handlers<DeviceCalls> = {
    'host.pulse': () => ok({}),
    'card.list': () => ok({ readers: [] }),
    'card.read': () => err(faultOf('card.absent')),
    'card.signState': () => err(faultOf('card.absent')),
    'card.sign': () => err(faultOf('card.absent')),
    'signers.installed': () => ok({ signers: [] }),
    'signers.examine': () => err(faultOf('trust.notSigners')),
    'signers.believe': () => ok({}),
    'plugins.installed': () => ok({ plugins: [] }),
    'training.insertCard': () => ok({}),
    'training.removeCard': () => ok({}),
    'printer.list': () => ok({ printers: [] }),
    'printer.submit': () => none,
    'printer.outcome': () => ok({ state: 'printed' }),
    'ticket.status': () => ok({ state: 'none' }),
    'ticket.print': () => ok({}),
    'codeReader.list': () => ok({ readers: [] }),
    'scanner.list': () => ok({ scanners: [] }),
    'scanner.scan': () => err(faultOf('scanner.none')),
    'scanner.scanStack': () => err(faultOf('scanner.none')),
    ...over,
  }
  const { emit } = serve<DeviceCalls, DeviceEvents>(devices, deviceCalls, handlers, () => undefined)
  return {
    worker,
    emit: (event) => {
      emit('card', event)
    },
  }
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
const empty = (reader: string): CardEvent => ({ state: 'empty', reader, simulated: false })

describe('devices behind a wire', () => {
  it('fail with devices.down while no host runs', async () => {
    const { devices } = openRemoteDevices({ training: true })
    expect(await devices.printer.list()).toEqual(err(faultOf('devices.down')))
    expect(await devices.scanner.scan({})).toEqual(err(faultOf('devices.down')))
    expect(await devices.training?.insertCard('citizen')).toEqual(err(faultOf('devices.down')))
  })

  it('answer through the host', async () => {
    const remote = openRemoteDevices({ training: false })
    remote.attach(host({ 'printer.submit': ({ pdf }) => ok({ spoolerJob: String(pdf.byteLength) }) }).worker)
    expect(
      await remote.devices.printer.submit({ printer: 'p', title: 't', paper: 'a5', pdf: Buffer.from('12345') }),
    ).toEqual(ok({ spoolerJob: '5' }))
    expect(await remote.devices.cards.read({})).toEqual(err(faultOf('card.absent')))
    expect(remote.devices.training).toBeUndefined()
  })

  it('tell each host that comes whom the register believes', async () => {
    const remote = openRemoteDevices({ training: false })
    const told: number[][] = []
    const next = (): void => {
      remote.attach(
        host({
          'signers.believe': ({ certificates }) => {
            told.push(certificates.map((der) => der.length))
            return ok({})
          },
        }).worker,
      )
    }
    expect(await remote.devices.signers.believe([new Uint8Array(7)])).toEqual(err(faultOf('devices.down')))
    next()
    await settled()
    await remote.devices.signers.believe([Buffer.from('12'), new Uint8Array(3)])
    next()
    await settled()
    expect(told).toEqual([[7], [2, 3], [2, 3]])
  })

  it('fail what waits when the host dies, and answer again when it is back', async () => {
    const remote = openRemoteDevices({ training: false })
    remote.attach(host({ 'printer.outcome': () => new Promise(() => undefined) }).worker)
    const waiting = remote.devices.printer.outcome({ printer: 'p', spoolerJob: '1' })
    await settled()
    remote.detach()
    expect(await waiting).toEqual(err(faultOf('devices.down')))
    remote.attach(host().worker)
    expect(await remote.devices.printer.outcome({ printer: 'p', spoolerJob: '1' })).toEqual(ok({ state: 'printed' }))
  })

  it('say that the readers are gone when the host dies, and go on with the events of the next', async () => {
    const remote = openRemoteDevices({ training: false })
    const heard: CardEvent[] = []
    remote.devices.cards.watch((event) => {
      heard.push(event)
    })
    const first = host()
    remote.attach(first.worker)
    first.emit(empty('A'))
    await settled()
    remote.detach()
    first.emit(empty('ghost'))
    const second = host()
    remote.attach(second.worker)
    second.emit(empty('B'))
    await settled()
    expect(heard).toEqual([{ state: 'noService' }, empty('A'), { state: 'noService' }, empty('B')])
  })

  it('replay the state of each reader to a new listener', async () => {
    const remote = openRemoteDevices({ training: false })
    const { worker, emit } = host()
    remote.attach(worker)
    for (const event of [empty('A'), empty('B'), { state: 'removed', reader: 'A' } as const]) emit(event)
    await settled()
    const heard: CardEvent[] = []
    remote.devices.cards.watch((event) => {
      heard.push(event)
    })()
    emit(empty('A'))
    await settled()
    expect(heard).toEqual([{ state: 'removed', reader: 'A' }, empty('B')])
  })

  it('cancel a call at the other end', async () => {
    const remote = openRemoteDevices({ training: false })
    remote.attach(
      host({
        'scanner.scan': (_, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              resolve(err(faultOf('call.cancelled')))
            })
          }),
      }).worker,
    )
    const controller = new AbortController()
    const scan = remote.devices.scanner.scan({ signal: controller.signal })
    await settled()
    controller.abort()
    expect(await scan).toEqual(err(faultOf('call.cancelled')))
  })
})

describe('a host that a hostile card keeps busy', () => {
  afterEach(() => {
    vi.useRealTimers()
  })
  const watched = (answers: () => boolean) => {
    vi.useFakeTimers()
    let stuck = 0
    const remote = openRemoteDevices({ training: false, onStuck: () => (stuck += 1) })
    remote.attach(host({ 'host.pulse': () => (answers() ? ok({}) : new Promise(() => undefined)) }).worker)
    return { remote, stuck: () => stuck }
  }

  it('is told once when it answers nothing for half a minute', async () => {
    const { stuck } = watched(() => false)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(stuck()).toBe(0)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(stuck()).toBe(1)
  })

  it('is left alone while it answers, and when this process was the busy one', async () => {
    const { stuck } = watched(() => true)
    await vi.advanceTimersByTimeAsync(600_000)
    // The clock goes on while nobody looks: one look is late, none is missed.
    vi.setSystemTime(Date.now() + 600_000)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(stuck()).toBe(0)
  })

  it('is looked at no more once it is gone, and its successor is', async () => {
    let answers = false
    const { remote, stuck } = watched(() => answers)
    remote.detach()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(stuck()).toBe(0)
    answers = true
    remote.attach(host({ 'host.pulse': () => new Promise(() => undefined) }).worker)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(stuck()).toBe(1)
  })
})
