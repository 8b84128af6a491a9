import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCardSource } from '#drivers/card/source.ts'
import type { CardTransport } from '#drivers/card/transport.ts'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { agent } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { openSimulatedTransport } from '#drivers/fake/simulatedTransport.ts'
import type { CardEvent, CardReading } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import { counterId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { saveAccountCard } from '#electron/worker/core/rows/accountCards.ts'
import { saveAccount } from '#electron/worker/core/rows/accounts.ts'
import { saveSetting } from '#electron/worker/store/settings.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { cardDay, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { aCardReading } from '#tests/builders/deposits.ts'
import { keypad } from '#tests/builders/keypad.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { createAgentCards, readerForCitizen, type AgentCards } from './agentCards.ts'

const key = 'a'.repeat(64)
const cardOf = (name: string, over: Partial<CardReading> = {}): CardReading =>
  aCardReading({ ...over, identity: { ...aCardReading().identity, documentNumber: name } })
const done = (reader: string, reading: CardReading): CardEvent => ({
  state: 'done',
  reader,
  reading: { ...reading, reader },
})

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let agents: AgentCards
let left: string[]
let opens: Map<string, CardReading>
let asked: unknown[]
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  left = []
  asked = []
  opens = new Map()
  agents = createAgentCards({
    db: store.db,
    key: testKey,
    onChange: () => undefined,
    onLeft: (reader) => {
      left.push(reader)
    },
    counter: counterId.parse('RAB03-G2'),
    clock: { now: () => new Date('2026-11-21T09:00:00Z') },
    cards: {
      sign: () => Promise.resolve(err(faultOf('card.cannotSign'))),
      signState: () => Promise.resolve(err(faultOf('card.cannotSign'))),
      read: ({ reader = '', access }) => {
        asked.push(access)
        const reading = opens.get(reader)
        return Promise.resolve(reading === undefined ? err(faultOf('card.accessNeeded')) : ok({ ...reading, reader }))
      },
    },
  })
})
afterEach(() => {
  store.close()
  folder.remove()
})

/** Binds the card in a reader as an administrator would. */
async function bind(login: string, reading: CardReading, access?: { can: string }): Promise<void> {
  agents.routeCardEvent(done('binding', reading))
  const { mark, keyMark, profile } = valueOf(await agents.seated({ reader: 'binding' }))
  agents.routeCardEvent({ state: 'removed', reader: 'binding' })
  valueOf(
    store.tx((db) => {
      saveAccount(db, {
        login,
        name: login,
        code: login,
        roles: ['agent'],
        language: 'fr',
        verifier: '$argon2id$x',
        validUntil: '2030-01-01T00:00:00Z',
      })
      saveAccountCard(db, {
        login,
        mark,
        keyMark,
        pinKeyMark: undefined,
        profile,
        access,
        boundAt: '2026-11-21T09:00:00Z',
        boundBy: 'AD',
      })
      return ok(undefined)
    }),
  )
  left = []
}
const role = (reader: string, is: 'agent' | 'citizen'): void => {
  valueOf(store.tx((db) => ok(saveSetting(db, 'readerRoles', { [reader]: is }))))
}

test('a bound card never reaches the desk of citizens: from its first file on, nothing is in that reader', async () => {
  await bind('salma', cardOf('AGENT'))
  const heard = [
    agents.routeCardEvent({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 7 }),
    agents.routeCardEvent({ state: 'identity', reader: 'A', reading: { ...cardOf('AGENT'), reader: 'A' } }),
    agents.routeCardEvent({ state: 'reading', reader: 'A', step: 'photo', done: 2, total: 7 }),
    agents.routeCardEvent(done('A', cardOf('AGENT'))),
  ]
  expect(heard.map((event) => event?.state)).toEqual(['reading', 'empty', undefined, undefined])
  expect(agents.view()).toEqual({ state: 'known', login: 'salma', strength: 'data' })
  // The citizen's card in the other reader is the citizen's.
  expect(agents.routeCardEvent(done('B', cardOf('CITIZEN')))).toMatchObject({ state: 'done', reader: 'B' })
  expect(valueOf(await agents.prove('salma'))).toEqual({ reader: 'A', strength: 'data' })
})

test('another card, no card, and a card of nobody do not open the account', async () => {
  await bind('salma', cardOf('AGENT'))
  expect(await agents.prove('salma')).toEqual(err(faultOf('session.cardAbsent')))
  agents.routeCardEvent(done('A', cardOf('CITIZEN')))
  expect(agents.view()).toEqual({ state: 'unknown' })
  expect(await agents.prove('salma')).toEqual(err(faultOf('session.cardAbsent')))
  expect(await agents.prove('youssef')).toEqual(err(faultOf('session.cardUnbound')))
})

test('a card bound by its key is refused when it does not prove that key: a copy says the same and proves nothing, or another key', async () => {
  await bind('salma', cardOf('AGENT', { chipKey: key }))
  agents.routeCardEvent(done('A', cardOf('AGENT')))
  expect(await agents.prove('salma')).toEqual(err(faultOf('session.cardRefused')))
  agents.routeCardEvent(done('A', cardOf('AGENT', { chipKey: 'b'.repeat(64) })))
  expect(await agents.prove('salma')).toEqual(err(faultOf('session.cardRefused')))
  agents.routeCardEvent(done('A', cardOf('AGENT', { chipKey: key })))
  expect(await agents.prove('salma')).toEqual(ok({ reader: 'A', strength: 'chip' }))
})

test('a card that is still being read is waited for', async () => {
  await bind('salma', cardOf('AGENT'))
  agents.routeCardEvent({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 7 })
  const proved = agents.prove('salma')
  agents.routeCardEvent({ state: 'identity', reader: 'A', reading: { ...cardOf('AGENT'), reader: 'A' } })
  agents.routeCardEvent(done('A', cardOf('AGENT')))
  expect(await proved).toEqual(ok({ reader: 'A', strength: 'data' }))
})

test('a closed chip is opened with what it was bound with', async () => {
  await bind('salma', cardOf('AGENT', { chipKey: key }), { can: '123456' })
  agents.routeCardEvent({ state: 'failed', reader: 'A', fault: faultOf('card.accessNeeded') })
  expect(agents.view()).toEqual({ state: 'closed' })
  opens.set('A', cardOf('AGENT', { chipKey: key }))
  expect(await agents.prove('salma')).toEqual(ok({ reader: 'A', strength: 'chip' }))
  expect(asked).toEqual([{ can: '123456' }])
})

test('it is told when a card leaves, when the reader goes, and when another card takes its place', async () => {
  await bind('salma', cardOf('AGENT'))
  agents.routeCardEvent(done('A', cardOf('AGENT')))
  agents.routeCardEvent({ state: 'noService' })
  expect(left).toEqual([])
  agents.routeCardEvent(done('A', cardOf('AGENT')))
  agents.routeCardEvent(done('A', cardOf('CITIZEN')))
  expect(left).toEqual(['A'])
  agents.routeCardEvent({ state: 'removed', reader: 'A' })
  agents.routeCardEvent(done('A', cardOf('AGENT')))
  agents.routeCardEvent({ state: 'noReader' })
  expect(left).toEqual(['A', 'A', 'A'])
  expect(agents.view()).toEqual({ state: 'none' })
})

test('the reader of agents shows no citizen at all, and that of citizens opens no session', async () => {
  await bind('salma', cardOf('AGENT'))
  role('A', 'agent')
  expect([
    agents.routeCardEvent({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 1 }),
    agents.routeCardEvent(done('A', cardOf('CITIZEN'))),
    agents.routeCardEvent({ state: 'removed', reader: 'A' }),
  ]).toEqual([undefined, undefined, undefined])
  role('A', 'citizen')
  agents.routeCardEvent(done('A', cardOf('AGENT')))
  expect(await agents.prove('salma')).toEqual(err(faultOf('session.cardAbsent')))
})

test('reading on demand takes the reader of the citizen, and says so when there is only the agent’s card', async () => {
  await bind('salma', cardOf('AGENT'))
  agents.routeCardEvent(done('A', cardOf('AGENT')))
  const listing = (...readers: string[]): Parameters<typeof readerForCitizen>[1] => ({
    list: () => Promise.resolve(ok(readers.map((reader) => ({ reader, simulated: false, card: true })))),
  })
  expect(await readerForCitizen(agents, listing('A', 'B'), undefined)).toEqual(ok('B'))
  expect(await readerForCitizen(agents, listing('A'), undefined)).toEqual(err(faultOf('card.agents')))
  expect(await readerForCitizen(agents, listing('A'), 'A')).toEqual(err(faultOf('card.agents')))
  expect(await readerForCitizen(agents, listing(), undefined)).toEqual(ok(undefined))
})

test('on a reader with keys of its own the PIN is pressed there, and nothing of it comes here', async () => {
  const authority = await createAuthority('ec', cardDay)
  const transport = openSimulatedTransport('A')
  let pressed = '1234'
  const withKeys: CardTransport = {
    ...transport,
    connect: async (reader) => {
      const connection = await transport.connect(reader)
      return connection.ok ? ok({ ...connection.value, pinpad: () => keypad(connection.value, pressed) }) : connection
    },
  }
  const cards = createCardSource({
    transport: withKeys,
    trust: () => Promise.resolve(trustIn(authority)),
    simulated: () => true,
    clock: { now: () => cardDay, monotonic: () => 0 },
  })
  agents = createAgentCards({
    db: store.db,
    key: testKey,
    onChange: () => undefined,
    onLeft: () => undefined,
    counter: counterId.parse('RAB03-G2'),
    clock: { now: () => cardDay },
    cards,
  })
  cards.watch((event) => {
    agents.routeCardEvent(event)
  })
  transport.put(withFaults(createBelgianCard({ person: agent(), photo: specimenPhoto('citizen'), authority })))
  const { mark, keyMark, profile } = valueOf(await agents.seated({ reader: 'A' }))
  expect(await agents.pinState()).toEqual(ok({ pinpad: true, tries: 3 }))
  const pinKeyMark = valueOf(await agents.pinKeyMark('A', undefined))
  valueOf(
    store.tx((db) => {
      saveAccount(db, {
        login: 'salma',
        name: 'salma',
        code: 'salma',
        roles: ['agent'],
        language: 'fr',
        verifier: '$argon2id$x',
        validUntil: '2030-01-01T00:00:00Z',
      })
      saveAccountCard(db, {
        login: 'salma',
        mark,
        keyMark,
        pinKeyMark,
        profile,
        access: undefined,
        boundAt: '2026-11-21T09:00:00Z',
        boundBy: 'AD',
      })
      return ok(undefined)
    }),
  )
  agents.tell()
  await expect
    .poll(() => agents.view())
    .toEqual({ state: 'known', login: 'salma', strength: 'pin', pin: { pinpad: true, tries: 3 } })
  expect(await agents.prove('salma')).toEqual(ok({ reader: 'A', strength: 'pin' }))
  pressed = 'cancelled'
  expect(await agents.prove('salma')).toEqual(err(faultOf('session.pinNeeded')))
  pressed = '0000'
  expect(await agents.prove('salma')).toEqual(err(faultOf('session.pinWrong', undefined, { tries: 2 })))
  await cards.close()
})
