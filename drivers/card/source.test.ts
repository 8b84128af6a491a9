import { expect, it } from 'vitest'
import { createOtherCard, type VirtualCard } from '#drivers/fake/belgian/applet.ts'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { cardDay, channelTo, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
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

it.each(['profile', 'trust', 'plugins', 'connect', 'close'] as const)(
  'a %s that throws costs one reading, answered and told, and the next card is read',
  async (where) => {
    let broken = true
    const thrown = (): never => {
      throw new TypeError('ELFASSI Nadia')
    }
    const failing = <T>(here: typeof where, value: T): T => (broken && here === where ? thrown() : value)
    let tell: (event: TransportEvent) => void = () => undefined
    const crashes: unknown[] = []
    const cards = createCardSource({
      transport: {
        start: (listener) => {
          tell = listener
        },
        connect: async () =>
          failing(
            'connect',
            ok({
              reader: 'R',
              atr: new Uint8Array([0x3b, 0x00]),
              transmit: async () => failing('profile', err(faultOf('card.mute'))),
              close: async () => failing('close', undefined),
            }),
          ),
        stop: () => Promise.resolve(),
      },
      trust: async () => failing('trust', { roots: [], pins: new Set<string>() }),
      plugins: async () => failing('plugins', []),
      simulated: () => false,
      clock: { now: () => new Date(0), monotonic: () => 0 },
      onCrash: (cause) => crashes.push(cause),
    })
    const seen: CardEvent[] = []
    cards.watch((event) => {
      seen.push(event)
    })
    tell({ kind: 'service', up: true })
    tell({ kind: 'slot', reader: 'R', slot: 'card' })
    tell({ kind: 'settled' })
    const answered = await cards.read({ reader: 'R' })
    expect(answered.ok).toBe(false)
    if (where !== 'close') expect(answered).toMatchObject({ fault: { code: 'card.malformed', detail: 'TypeError' } })
    expect(crashes.length).toBeGreaterThan(0)
    expect(JSON.stringify([answered, seen])).not.toContain('ELFASSI')
    expect(seen.at(-1)).toMatchObject({ state: 'failed', reader: 'R' })
    for (const ask of [
      () => cards.signState({ reader: 'R' }),
      () => cards.sign({ reader: 'R', key: 'signature', data: new Uint8Array(1) }),
    ]) {
      const signed = await ask()
      expect(JSON.stringify(signed)).not.toContain('ELFASSI')
      if (where === 'profile' || where === 'connect')
        expect(signed).toMatchObject({ fault: { code: 'card.malformed', detail: 'TypeError' } })
      else expect(signed).toMatchObject({ ok: false })
    }
    broken = false
    const next = await cards.read({ reader: 'R' })
    expect(next).toMatchObject({ ok: false })
    expect(next.ok || next.fault.code).not.toBe('card.malformed')
    await cards.close()
  },
)

it.each([
  ['a card of another kind', createOtherCard()],
  ['a mute slot', undefined],
])('%s in the first reader does not hide the citizen in the second', async (_name, other) => {
  const authority = await createAuthority('ec', cardDay)
  const card = createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority })
  const inReader = new Map<string, VirtualCard | undefined>([
    ['sam', other],
    ['reader', card],
  ])
  let tell: (event: TransportEvent) => void = () => undefined
  const cards = createCardSource({
    transport: {
      start: (listener) => {
        tell = listener
      },
      connect: (reader) => {
        const link = inReader.get(reader)
        return Promise.resolve(
          link === undefined
            ? err(faultOf('card.mute'))
            : ok({ ...channelTo(withFaults(link)), reader, close: () => Promise.resolve() }),
        )
      },
      stop: () => Promise.resolve(),
    },
    trust: () => Promise.resolve(trustIn(authority)),
    simulated: () => false,
    clock: { now: () => cardDay, monotonic: () => 0 },
  })
  tell({ kind: 'service', up: true })
  tell({ kind: 'slot', reader: 'sam', slot: 'card' })
  tell({ kind: 'slot', reader: 'reader', slot: 'card' })
  tell({ kind: 'settled' })
  expect(await cards.read({})).toMatchObject({ ok: true, value: { reader: 'reader', checks: { identity: 'valid' } } })
  expect(await cards.signState({})).toMatchObject({ ok: true, value: { reader: 'reader' } })
  expect(await cards.read({ reader: 'sam' })).toMatchObject({ ok: false })
  await cards.close()
})
