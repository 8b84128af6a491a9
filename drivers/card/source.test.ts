import { expect, it } from 'vitest'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { isRemoteSession } from './pcsc/openPcscCards.ts'
import { createCardSource } from './source.ts'
import type { CardTransport, TransportEvent } from './transport.ts'

it('readers that are missing in a remote session are those of the other computer', async () => {
  let tell: (event: TransportEvent) => void = () => undefined
  const transport: CardTransport = {
    start: (listener) => {
      tell = listener
    },
    connect: () => Promise.resolve(err(faultOf('card.noReader'))),
    stop: () => Promise.resolve(),
  }
  for (const [remote, code] of [
    [true, 'card.remoteSession'],
    [false, 'card.noReader'],
  ] as const) {
    const cards = createCardSource({
      transport,
      trust: () => Promise.resolve({ roots: [], pins: new Set() }),
      simulated: () => false,
      clock: { now: () => new Date(0), monotonic: () => 0 },
      remote,
    })
    const seen: CardEvent[] = []
    cards.watch((event) => {
      seen.push(event)
    })
    tell({ kind: 'service', up: true })
    tell({ kind: 'settled' })
    expect(seen).toEqual([remote ? { state: 'noReader', remote: true } : { state: 'noReader' }])
    expect(await cards.read({})).toEqual(err(faultOf(code)))
    expect(await cards.sign({ key: 'signature', data: new Uint8Array(1) })).toEqual(err(faultOf(code)))
    await cards.close()
  }
})

it('a remote session is known by its environment', () => {
  expect(
    [{ SESSIONNAME: 'RDP-Tcp#12' }, { XRDP_SESSION: '1' }, { SESSIONNAME: 'Console' }, {}].map(isRemoteSession),
  ).toEqual([true, true, false, false])
})
