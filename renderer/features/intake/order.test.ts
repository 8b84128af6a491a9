import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { calls, type Calls } from '#shared/contract/calls.ts'
import type { CardReading } from '#shared/contract/cardEvents.ts'
import { events, type Events } from '#shared/contract/events.ts'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import { connect, serve, type Handlers, type Wire } from '#shared/contract/wire.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { IdentityId, Sha256 } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { createCitizenDesk } from '#electron/worker/core/desk/citizen.ts'
import { feedStores } from '../../core/stores/feed.ts'
import { demoAnswers } from '../../core/bridge/demo/index.ts'
import { demoPurpose } from '../../core/bridge/demo/people.ts'
import { demoState } from '../../core/bridge/demo/state.ts'
import { bridgeKey } from '../../core/bridge/index.ts'
import { useCitizen } from './stores/citizen.ts'
import { useReceipt } from './stores/receipt.ts'
import { useRequest } from './stores/request.ts'
import { useSignature } from './stores/signature.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const checks = { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' } as const
/** Card number `n` of the run: another person each time. */
const reading = (n: number): CardReading => ({
  reader: 'A',
  profile: 'be-eid',
  simulated: false,
  atr: '3b',
  signs: true,
  exchange: { apdus: 1, bytesOut: 1, bytesIn: 1 },
  checks,
  identity: { familyName: `CARD${String(n)}`, givenNames: 'X', documentNumber: String(n) },
  timings: { firstIdentityMs: 1, totalMs: 1 },
})

/** What a person's signature is over; said by both sides of the test. */
const statementOf = (identityId: string, draft: RequestDraft): Sha256 => {
  let sum = 7
  for (const letter of identityId + JSON.stringify(draft)) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007
  // 64 digits, as the contract asks.
  return String(sum).padStart(64, '0') as Sha256
}

/** Window and worker with the wire between them in the hands of the test: nothing arrives before it is let through. */
async function sitDown() {
  const toWorker: (() => void)[] = []
  const toWindow: (() => void)[] = []
  const ends = { worker: (_: unknown): void => undefined, window: (_: unknown): void => undefined }
  const wire = (queue: (() => void)[], other: keyof typeof ends, own: keyof typeof ends): Wire => ({
    post: (message) => {
      const copy: unknown = structuredClone(message)
      queue.push(() => {
        ends[other](copy)
      })
    },
    onMessage: (listener) => {
      ends[own] = listener
    },
  })

  const state = demoState('empty', new Date())
  let ids = 0
  const desk = createCitizenDesk({
    clock: { now: () => new Date(), monotonic: () => 0 },
    newId: () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`,
    mayKeep: () => true,
    usual: () => demoPurpose,
    record: () => ok(undefined),
    forgottenAfter: () => 3_600_000,
    onChange: () => {
      const citizen = desk.citizen()
      state.citizen = citizen
      server.emit('card', { card: desk.card(), ...(citizen === undefined ? {} : { citizen }) })
    },
  })
  const held = (id: IdentityId): IdentityView | undefined =>
    desk.citizen()?.identityId === id ? desk.citizen() : undefined
  /** Acts that wait for the card or the disk, in the order in which they were asked. */
  const slow: (() => void)[] = []
  const later = (): Promise<void> =>
    new Promise((resolve) => {
      slow.push(resolve)
    })
  const deposits: { readonly citizen: IdentityView; readonly signed: string | undefined }[] = []
  const demo = demoAnswers(state, (event, payload) => {
    server.emit(event, payload)
  })
  const handlers: Handlers<Calls> = {
    ...demo,
    'card.state': () => {
      const citizen = desk.citizen()
      return ok({ card: desk.card(), ...(citizen === undefined ? {} : { citizen }) })
    },
    'identity.type': (typed) => desk.type(typed),
    'identity.release': ({ identityId }) => {
      desk.dismiss(identityId)
      return ok({})
    },
    'card.signState': async () => {
      await later()
      return ok({ reader: 'A', simulated: false, pinpad: false, tries: 3 })
    },
    'card.sign': async ({ identityId, draft }) => {
      const citizen = held(identityId)
      if (citizen === undefined) return err(faultOf('identity.gone'))
      await later()
      const statement = statementOf(identityId, draft)
      return desk.keepSignature(identityId, {
        statement,
        scheme: 'ecdsa-sha384',
        signature: '',
        certificate: '',
        chain: 'trusted',
      })
        ? ok({ statement, signer: citizen.identity.familyName, chain: 'trusted' })
        : err(faultOf('identity.gone'))
    },
    'receipt.issue': async (order, signal) => {
      const citizen = held(order.identityId)
      await later()
      if (citizen === undefined) return err(faultOf('identity.gone'))
      if (order.signed !== undefined && order.signed !== statementOf(order.identityId, order.draft))
        return err(faultOf('signature.outdated'))
      deposits.push({ citizen, signed: order.signed })
      desk.served(order.identityId)
      // The demonstration makes the deposit of whoever it believes at the desk.
      const now = state.citizen
      state.citizen = citizen
      const issued = await demo['receipt.issue'](order, signal)
      state.citizen = now
      return issued
    },
  }
  const server = serve<Calls, Events>(wire(toWindow, 'window', 'worker'), calls, handlers, (call, cause) => {
    throw new Error(call, { cause })
  })
  const bridge = {
    ...connect<Calls, Events>(wire(toWorker, 'worker', 'window'), calls, events),
    onRestart: () => undefined,
  }

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve()
    await nextTick()
  }
  const through = async (queue: (() => void)[]): Promise<boolean> => {
    const first = queue.shift()
    first?.()
    await settle()
    return first !== undefined
  }
  /** Everything that is under way arrives. */
  const quiet = async (): Promise<void> => {
    do await settle()
    while ((await through(toWorker)) || (await through(slow)) || (await through(toWindow)))
  }

  const app = createApp({})
  const pinia = createPinia()
  app.use(pinia)
  app.provide(bridgeKey, bridge)
  setActivePinia(pinia)
  const fed = app.runWithContext(() => feedStores(bridge))
  await quiet()
  await fed
  const [citizen, request, receipt, signature] = app.runWithContext(
    () => [useCitizen(), useRequest(), useReceipt(), useSignature()] as const,
  )
  const loaded = request.load()
  await quiet()
  await loaded

  let cards = 0
  /** The card in the reader: what it still has to say. */
  let says: ('identity' | 'photo' | 'done')[] = []
  let inserted = false
  const acts = {
    insert: () => {
      if (inserted) return
      inserted = true
      cards += 1
      says = ['identity', 'photo', 'done']
      desk.receive({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 5 })
    },
    mute: () => {
      if (inserted) return
      inserted = true
      says = []
      desk.receive({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 5 })
      desk.receive({ state: 'failed', reader: 'A', fault: faultOf('card.mute') })
    },
    step: () => {
      const state = says.shift()
      if (state !== undefined) desk.receive({ state, reader: 'A', reading: reading(cards) })
    },
    pull: () => {
      if (!inserted) return
      if (says.length > 0) desk.receive({ state: 'failed', reader: 'A', fault: faultOf('card.removed') })
      desk.receive({ state: 'removed', reader: 'A' })
      inserted = false
      says = []
    },
    type: () => {
      if (citizen.citizen === undefined)
        void citizen.type({ identity: { familyName: 'TYPED', givenNames: 'Y' }, reason: 'cardUnreadable' })
    },
    fill: () => {
      if (receipt.deposit === undefined) void request.choose('URB-001', 'fr')
    },
    toggle: () => {
      const piece = request.sheet?.pieces[0]
      if (piece !== undefined && receipt.deposit === undefined) request.toggle(piece)
    },
    next: () => {
      void receipt.next()
    },
    ask: () => {
      if (receipt.deposit === undefined) void signature.ask()
    },
    sign: () => {
      if (signature.open) void signature.sign(new TextEncoder().encode('1234'))
    },
    issue: () => {
      void receipt.issue()
    },
    /** What is on the wire arrives; what waits for card or disk goes on waiting. */
    arrive: async () => {
      do await settle()
      while ((await through(toWorker)) || (await through(toWindow)))
    },
    toWorker: () => through(toWorker),
    toWindow: () => through(toWindow),
    slow: () => through(slow),
  }
  return {
    acts,
    quiet,
    settle,
    desk,
    citizen,
    request,
    receipt,
    signature,
    deposits,
    name: () => `CARD${String(cards)}`,
    insertedNow: () => inserted,
  }
}
type Desk = Awaited<ReturnType<typeof sitDown>>
type Act = keyof Desk['acts']

/** What holds at every moment, whatever is under way. */
function holdsAlways({ citizen, request, receipt, signature }: Desk): void {
  const shown = citizen.citizen
  if (signature.signed !== undefined && receipt.deposit === undefined) {
    expect(signature.signed.statement).toBe(shown && request.draft && statementOf(shown.identityId, request.draft))
  }
  if (receipt.deposit === undefined && receipt.facts !== undefined)
    expect(receipt.facts.citizen.familyName).toBe(shown?.identity.familyName)
  if (receipt.deposit !== undefined && shown !== undefined)
    expect(receipt.deposit.citizen).toContain(shown.identity.familyName)
}

/** An act, and whoever was cleared by it while on screen. */
async function play(on: Desk, act: Act, cleared: Set<string>): Promise<void> {
  if (act === 'next' && !on.receipt.issuing && on.citizen.citizen !== undefined)
    cleared.add(on.citizen.citizen.identity.familyName)
  await on.acts[act]()
  await on.settle()
  holdsAlways(on)
}

/** Takes the card out, clears the desk, and serves one whole citizen with his signature. */
async function serveOne(on: Desk): Promise<void> {
  const { acts, quiet, citizen, receipt, signature, deposits } = on
  acts.pull()
  await quiet()
  acts.next()
  await quiet()
  expect([citizen.citizen, receipt.deposit, signature.signed, signature.open]).toEqual([
    undefined,
    undefined,
    undefined,
    false,
  ])
  acts.insert()
  for (let step = 0; step < 3; step += 1) acts.step()
  await quiet()
  expect(citizen.citizen).toMatchObject({ identity: { familyName: on.name() }, source: { kind: 'card' } })
  acts.fill()
  await quiet()
  expect(signature.possible).toBe(true)
  acts.ask()
  await quiet()
  expect([signature.open, signature.state?.tries]).toEqual([true, 3])
  acts.sign()
  await quiet()
  expect([signature.open, signature.signed?.signer]).toEqual([false, on.name()])
  acts.issue()
  await quiet()
  expect(receipt.fault).toBeUndefined()
  expect(deposits.at(-1)).toMatchObject({
    citizen: { identity: { familyName: on.name() } },
    signed: signature.signed?.statement,
  })
  expect(receipt.deposit?.citizen).toContain(on.name())
}

it(
  'whatever was under way before, the next card is its citizen, and he is offered to sign',
  { timeout: 120_000 },
  async () => {
    const one = (...names: Act[]) => fc.constantFrom(...names).map((act): readonly Act[] => [act])
    // Long stretches of a usual day, cut by single acts anywhere.
    const stretch = fc.oneof(
      { weight: 3, arbitrary: one('arrive') },
      {
        weight: 4,
        arbitrary: one('insert', 'mute', 'step', 'pull', 'type', 'fill', 'toggle', 'next', 'ask', 'sign', 'issue'),
      },
      { weight: 4, arbitrary: one('toWorker', 'toWindow', 'slow') },
      { weight: 2, arbitrary: fc.constant<readonly Act[]>(['pull', 'insert', 'step', 'step', 'step']) },
      { weight: 2, arbitrary: fc.constant<readonly Act[]>(['insert', 'step', 'arrive', 'fill', 'arrive']) },
      {
        weight: 2,
        arbitrary: fc.constant<readonly Act[]>(['fill', 'arrive', 'ask', 'arrive', 'slow', 'arrive', 'sign', 'arrive']),
      },
      { weight: 2, arbitrary: fc.constant<readonly Act[]>(['fill', 'arrive', 'issue', 'arrive']) },
      { weight: 1, arbitrary: fc.constant<readonly Act[]>(['toggle', 'slow', 'arrive']) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(stretch, { maxLength: 25 }), async (history) => {
        const on = await sitDown()
        const cleared = new Set<string>()
        for (const act of history.flat()) await play(on, act, cleared)
        await on.quiet()
        holdsAlways(on)
        expect(on.citizen.citizen?.identityId).toBe(on.desk.citizen()?.identityId)
        for (const { citizen, signed } of on.deposits)
          if (signed !== undefined) expect(citizen.source.kind).toBe('card')
        await serveOne(on)
      }),
      { numRuns: 400 },
    )
  },
)

it('who was cleared does not come back with what his card still says, and who came since stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Act>('toWorker', 'toWindow', 'step'), { maxLength: 14 }),
      fc.boolean(),
      async (between, exchanged) => {
        const on = await sitDown()
        const cleared = new Set<string>()
        on.acts.insert()
        on.acts.step()
        await on.quiet()
        await play(on, 'next', cleared)
        if (exchanged) {
          on.acts.pull()
          on.acts.insert()
        }
        for (const act of between) await play(on, act, cleared)
        for (const act of ['step', 'step', 'step'] as const) await play(on, act, cleared)
        await on.quiet()
        expect(on.citizen.citizen?.identity.familyName).toBe(exchanged ? on.name() : undefined)
      },
    ),
    { numRuns: 100 },
  )
})
