import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import type { VirtualCard } from '#drivers/fake/belgian/applet.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard, type BelgianCardOptions } from '#drivers/fake/belgian/belgianCard.ts'
import { createHolderKeys, fixedKeyPair } from '#drivers/fake/belgian/holderKeys.ts'
import { agent, citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { saveAccount } from '#electron/worker/core/rows/accounts.ts'
import { readSeed } from '#electron/worker/core/readSeed.ts'
import { cardDay, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { plugCard, type PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

let pcscd: Pcscd
let modern: Authority
let older: Authority
let cards: CardSource
let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
const plugged = new Set<PluggedCard>()
const basicKey = fixedKeyPair(Buffer.alloc(48, 7))
const password = 'guichet-demo'

beforeAll(async () => {
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  ;[modern, older] = await Promise.all([createAuthority('ec', cardDay), createAuthority('rsa', cardDay)])
})
afterAll(() => pcscd.close())
beforeEach(() => {
  folder = temporaryFolder()
  start()
})
afterEach(async () => {
  for (const card of plugged) await card.pull()
  plugged.clear()
  await stop()
  folder.remove()
})

function start(): void {
  cards = openPcscCards({
    trust: trustIn(modern, older),
    clock: { now: () => cardDay, monotonic: () => performance.now() },
  })
  const devices = devicesWith(paperTrail(join(folder.path, 'paper.txt')))
  worker = startWorker(folder.path, { ...devices, cards })
}
async function stop(): Promise<void> {
  await worker.close()
  await cards.close()
}
function cardWith(options: Partial<BelgianCardOptions>): VirtualCard {
  const person = options.person ?? agent()
  return createBelgianCard({ person, photo: specimenPhoto(person.photo), authority: modern, basicKey, ...options })
}
async function plug(slot: 0 | 1, link: CardLink): Promise<PluggedCard> {
  const card = await plugCard(link, pcscd.ports[slot])
  plugged.add(card)
  return card
}
const insert = (slot: 0 | 1, options: Partial<BelgianCardOptions> = {}): Promise<PluggedCard> =>
  plug(slot, withFaults(cardWith(options)))
const pull = async (card: PluggedCard): Promise<void> => {
  await card.pull()
  plugged.delete(card)
}
/** The platform says that the agent's account asks for a card. */
async function requireCard(login = 'agent'): Promise<void> {
  await stop()
  const store = openTestStore(folder.path)
  const account = valueOf(readSeed(resources)).accounts.find((one) => one.login === login)
  if (account === undefined) throw new Error('no such account')
  valueOf(store.tx((db) => ok(saveAccount(db, { ...account, cardRequired: true }))))
  store.close()
  start()
}
const enter = (login = 'agent', secret = password): ReturnType<typeof worker.ask<'session.signIn'>> =>
  worker.ask('session.signIn', { login, password: secret })
const pinOf = (digits: string | undefined): { pin?: Uint8Array<ArrayBuffer> } =>
  digits === undefined ? {} : { pin: new TextEncoder().encode(digits) }
const withPin = (digits?: string): ReturnType<typeof worker.ask<'session.signIn'>> =>
  worker.ask('session.signIn', { login: 'agent', password, ...pinOf(digits) })
const cardState = async (state: string): Promise<void> => {
  await expect.poll(async () => valueOf(await worker.ask('session.card', {})).state, { timeout: 15_000 }).toBe(state)
}
/** The journal of the counter, of one kind; the worker is begun anew. */
async function journal(kind: string): Promise<readonly { actor: string; body: unknown }[]> {
  await stop()
  const store = openTestStore(folder.path)
  const links = store.db.all<{ actor: string; body: string }>('SELECT actor, body FROM journal WHERE kind = ?', [kind])
  store.close()
  start()
  return links.map(({ actor, body }) => ({ actor, body: JSON.parse(body) as unknown }))
}
const whoIsIn = async (): Promise<string | undefined> => valueOf(await worker.ask('session.current', {})).session?.login

/** An administrator binds the card that is put into the first reader. */
async function bind(
  options: Partial<BelgianCardOptions> = {},
  login = 'agent',
  digits?: string,
): Promise<string | undefined> {
  valueOf(await enter('admin'))
  const card = await insert(0, options)
  await cardState('unknown')
  const { card: bound } = valueOf(await worker.ask('account.bindCard', { login, ...pinOf(digits) }))
  expect(worker.events.findLast(({ name }) => name === 'agentCard')?.payload).toMatchObject({
    state: 'known',
    login,
    strength: bound?.strength,
  })
  valueOf(await worker.ask('session.signOut', {}))
  await pull(card)
  await cardState('none')
  return bound?.strength
}

test('card and password open the session; the card leaves, and it is locked; both open it again', async () => {
  await requireCard()
  expect(await enter()).toEqual(err(faultOf('session.cardUnbound')))
  expect(await bind()).toBe('chip')
  expect(await enter()).toEqual(err(faultOf('session.cardAbsent')))

  const card = await insert(0)
  await cardState('known')
  expect(await worker.ask('session.card', {})).toEqual(ok({ state: 'known', login: 'agent', strength: 'chip' }))
  expect(await enter('agent', 'wrong')).toMatchObject({
    fault: { code: 'session.badCredentials', values: { left: 4 } },
  })
  expect(valueOf(await enter()).card).toBe('chip')
  // The agent's card is nobody's who is served.
  expect(valueOf(await worker.ask('card.state', {})).citizen).toBeUndefined()
  expect(await worker.ask('card.read', {})).toEqual(err(faultOf('card.agents')))

  // The citizen's card in the other reader comes and goes without closing anything.
  const other = await insert(1, { person: citizen(cardDay), basicKey: fixedKeyPair(Buffer.alloc(48, 9)) })
  await expect
    .poll(async () => valueOf(await worker.ask('card.state', {})).citizen?.identity.familyName, { timeout: 15_000 })
    .toBe('Spécimen-Lefèbvre')
  await expect
    .poll(async () => valueOf(await worker.ask('card.state', {})).card.state, { timeout: 15_000 })
    .toBe('done')
  await pull(other)
  await expect
    .poll(async () => valueOf(await worker.ask('card.state', {})).card.state, { timeout: 15_000 })
    .toBe('removed')
  expect(await whoIsIn()).toBe('agent')

  await pull(card)
  await expect.poll(whoIsIn, { timeout: 15_000 }).toBeUndefined()
  expect(worker.events.findLast(({ name }) => name === 'session')?.payload).toEqual({ locked: 'card' })
  await insert(0)
  await cardState('known')
  expect((await enter()).ok).toBe(true)
})

test('a copy of everything that can be read, on a chip without the key, does not open the account', async () => {
  await requireCard()
  expect(await bind()).toBe('chip')
  await insert(0, { tamper: ['copy'] })
  await cardState('known')
  expect(await enter()).toEqual(err(faultOf('session.cardRefused')))
})

test('an older card proves no key: it is bound by what it says, and its copy passes', async () => {
  await requireCard()
  expect(await bind({ authority: older })).toBe('data')
  await insert(0, { authority: older })
  await cardState('known')
  expect(valueOf(await enter()).card).toBe('data')
})

test('the binding outlives a restart; one card opens one account; unbound, nothing opens it', async () => {
  await requireCard()
  await bind()
  await stop()
  start()
  const card = await insert(0)
  await cardState('known')
  expect((await enter()).ok).toBe(true)
  await pull(card)
  await expect.poll(whoIsIn, { timeout: 15_000 }).toBeUndefined()

  valueOf(await enter('admin'))
  await insert(0)
  await cardState('known')
  expect(await worker.ask('account.bindCard', { login: 'supervisor' })).toEqual(err(faultOf('account.cardTaken')))
  expect(valueOf(await worker.ask('account.unbindCard', { login: 'agent' })).card).toBeUndefined()
  valueOf(await worker.ask('session.signOut', {}))
  expect(await enter()).toEqual(err(faultOf('session.cardUnbound')))
})

test('bound by its PIN, the card signs at each sign-in; a wrong PIN counts on the card, and three block it', async () => {
  await requireCard()
  expect(await bind({ authority: older }, 'agent', '1234')).toBe('pin')
  await insert(0, { authority: older })
  await cardState('known')
  expect(await withPin()).toEqual(err(faultOf('session.pinNeeded')))
  expect(await withPin('9999')).toEqual(err(faultOf('session.pinWrong', undefined, { tries: 2 })))
  expect(valueOf(await withPin('1234')).card).toBe('pin')
  valueOf(await worker.ask('session.signOut', {}))
  expect(await withPin('9999')).toEqual(err(faultOf('session.pinWrong', undefined, { tries: 2 })))
  expect(await withPin('9999')).toEqual(err(faultOf('session.pinWrong', undefined, { tries: 1 })))
  expect(await withPin('9999')).toEqual(err(faultOf('session.pinBlocked')))
  expect(await withPin('1234')).toEqual(err(faultOf('session.pinBlocked')))
})

test('bound by its PIN: the same data with another key, and another card of the same person, are refused', async () => {
  await requireCard()
  expect(await bind({ authority: older }, 'agent', '1234')).toBe('pin')
  const copy = await insert(0, { authority: await createAuthority('rsa', cardDay) })
  await cardState('known')
  expect(await withPin('1234')).toEqual(err(faultOf('session.cardRefused')))
  await pull(copy)
  await cardState('none')
  const person = agent()
  await insert(0, { authority: older, person: { ...person, fields: { ...person.fields, cardNumber: '591000000208' } } })
  await cardState('unknown')
  expect(await withPin('1234')).toEqual(err(faultOf('session.cardAbsent')))
})

test('bound by its PIN, a card of applet 1.8 opens the account by the key that the PIN opens, and by its chip', async () => {
  await requireCard()
  expect(await bind({}, 'agent', '1234')).toBe('pin')
  await insert(0)
  await cardState('known')
  await expect
    .poll(async () => valueOf(await worker.ask('session.card', {})), { timeout: 15_000 })
    .toMatchObject({ pin: { pinpad: false, tries: 3 } })
  expect(await withPin()).toEqual(err(faultOf('session.pinNeeded')))
  expect(await withPin('9999')).toEqual(err(faultOf('session.pinWrong', undefined, { tries: 2 })))
  expect(valueOf(await withPin('1234')).card).toBe('pin')
})

test.each([
  ['applet 1.7', () => older],
  ['applet 1.8', () => modern],
])(
  'the same certificates on a card that has not their keys do not open an account bound by PIN (%s)',
  async (_, authority) => {
    await requireCard()
    expect(await bind({ authority: authority() }, 'agent', '1234')).toBe('pin')
    // Where the chip proves its own key too, that one is right.
    await insert(0, { authority: authority(), keys: await createHolderKeys(authority().holderKeys.kind) })
    await cardState('known')
    expect(await withPin('1234')).toEqual(err(faultOf('session.cardRefused')))
    expect(await journal('session.cardRefused')).toMatchObject([{ body: { why: 'session.cardRefused' } }])
  },
)

test('bound by its PIN, a card whose signature is bent on the way is refused, and opens the account when it is not', async () => {
  await requireCard()
  expect(await bind({ authority: older }, 'agent', '1234')).toBe('pin')
  let bend = true
  let signing = false
  const link = withFaults(cardWith({ authority: older }))
  await plug(0, {
    ...link,
    transmit: async (command) => {
      signing = command[1] === 0x2a || (signing && command[1] === 0xc0)
      const said = await link.transmit(command)
      return bend && signing && said instanceof Uint8Array && said.length > 64
        ? said.with(20, (said[20] ?? 0) ^ 1)
        : said
    },
  })
  await cardState('known')
  expect(await withPin('1234')).toEqual(err(faultOf('session.cardRefused')))
  bend = false
  expect(valueOf(await withPin('1234')).card).toBe('pin')
})

test('four eyes with a card each: the second confirms with the PIN of his own, and the first one stays where he is', async () => {
  const first = { pin: '1234' }
  const second = {
    pin: '4711',
    authority: await createAuthority('ec', cardDay),
    basicKey: fixedKeyPair(Buffer.alloc(48, 5)),
    person: { ...agent(), fields: { ...agent().fields, cardNumber: '591000000208' } },
  }
  for (const login of ['supervisor', 'agent']) await requireCard(login)
  expect([await bind(first, 'supervisor', first.pin), await bind(second, 'agent', second.pin)]).toEqual(['pin', 'pin'])
  const own = await insert(0, first)
  await cardState('known')
  valueOf(await worker.ask('session.signIn', { login: 'supervisor', password, ...pinOf(first.pin) }))
  const { today } = valueOf(await worker.ask('day.status', {}))
  valueOf(await worker.ask('day.close', { commandId: v7(), day: today }))
  const reopen = (digits?: string, login = 'agent') =>
    worker.ask('day.reopen', {
      commandId: v7(),
      day: today,
      reason: 'spécimen',
      second: { login, password, ...pinOf(digits) },
    })

  expect(await reopen(second.pin)).toEqual(err(faultOf('session.cardAbsent')))
  const other = await insert(1, second)
  await expect
    .poll(
      async () => {
        const said = await reopen()
        return said.ok ? said : said.fault.code
      },
      { timeout: 15_000 },
    )
    .toBe('session.pinNeeded')
  expect(await reopen(first.pin)).toEqual(err(faultOf('session.pinWrong', undefined, { tries: 2 })))
  expect(await reopen(first.pin, 'supervisor')).toEqual(err(faultOf('witness.samePerson')))
  expect(valueOf(await reopen(second.pin)).closing?.reopened).toMatchObject({ reason: 'spécimen' })
  await pull(other)
  await expect
    .poll(async () => valueOf(await worker.ask('card.state', {})).card.state, { timeout: 15_000 })
    .toBe('removed')
  expect(await whoIsIn()).toBe('supervisor')
  await pull(own)
  await expect.poll(whoIsIn, { timeout: 15_000 }).toBeUndefined()
  const codes = valueOf(readSeed(resources)).accounts
  const codeOf = (login: string): string | undefined => codes.find((one) => one.login === login)?.code
  expect(await journal('day.reopened')).toMatchObject([
    { actor: codeOf('supervisor'), body: { witness: codeOf('agent') } },
  ])
})
