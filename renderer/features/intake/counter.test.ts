import { createPinia, setActivePinia } from 'pinia'
import { createApp, nextTick } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Call, In } from '#shared/contract/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { feedStores } from '../../core/stores/feed.ts'
import { bridgeKey, type Bridge } from '../../core/bridge/index.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import type { Scenario } from '../../core/bridge/demo/state.ts'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { useCard } from '../../core/stores/card.ts'
import { useSync } from '../../core/stores/sync.ts'
import { useCitizen } from './stores/citizen.ts'
import { useLetterServed } from './stores/letterServed.ts'
import { useReceipt } from './stores/receipt.ts'
import { useRequest } from './stores/request.ts'

type Said = { readonly [C in Call]?: (input: In<C>) => Result<never> | undefined }

/**
 * The stores of the counter over the synthetic register; `answers` replaces its answer where it gives one, and every
 * call is noted.
 */
async function open(scenario: Scenario, answers: Said = {}) {
  const asked: { readonly call: Call; readonly input: unknown }[] = []
  const register = demoBridge(scenario)
  const bridge: Bridge = {
    ...register,
    call: async (call, input, signal) => {
      asked.push({ call, input })
      underWay += 1
      const said = (answers[call] as ((input: unknown) => Result<never> | undefined) | undefined)?.(input)
      return (said === undefined ? register.call(call, input, signal) : Promise.resolve(said)).finally(() => {
        underWay -= 1
      })
    },
  }
  const app = createApp({})
  const pinia = createPinia()
  app.use(pinia)
  app.provide(bridgeKey, bridge)
  setActivePinia(pinia)
  await app.runWithContext(() => feedStores(bridge))
  const [desk, request, receipt] = app.runWithContext(() => [useCitizen(), useRequest(), useReceipt()] as const)
  await request.load()
  await settle()
  /** Somebody comes, typed by hand. */
  const person = async (familyName: string): Promise<void> => {
    await register.call('identity.type', { identity: { familyName, givenNames: 'X' }, reason: 'noCard' })
    await settle()
  }
  return { desk, request, receipt, person, asked, of: (call: Call) => asked.filter((one) => one.call === call) }
}
let underWay = 0
/** Until every call is answered; an answer may ask the next one. */
const settle = async (): Promise<void> => {
  for (let quiet = 0; quiet < 3; quiet = underWay === 0 ? quiet + 1 : 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, 2)
    })
    await nextTick()
  }
}
beforeEach(() => {
  setActivePinia(undefined)
})

describe('a closed chip', () => {
  it('is read with what the agent gives, and asks again when that is wrong', async () => {
    const { desk, of } = await open('accessNeeded')
    expect(desk.closed).toBe(true)
    await desk.open({ can: '654321' })
    expect(desk.card).toMatchObject({ state: 'failed', fault: { code: 'card.accessRefused' } })
    expect(desk.closed).toBe(true)
    await desk.open({ can: '123456' })
    expect(desk.card.state).toBe('reading')
    expect(of('card.read').map(({ input }) => input)).toEqual(
      ['654321', '123456'].map((can) => ({ reader: expect.any(String) as string, access: { can } })),
    )
  })

  it('is opened by a scanned zone by itself; elsewhere a zone fills the form', async () => {
    const zone = parseMrz(
      'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
      new Date(),
    )
    const { desk, of } = await open('accessNeeded')
    useCard().zone = zone
    await settle()
    expect(of('card.read')).toMatchObject([{ input: { access: { mrz: zone?.lines.join('\n') } } }])
    expect(desk.typing).toBe(false)
    const other = await open('noReader')
    useCard().zone = zone
    await settle()
    expect([other.desk.typing, other.of('card.read').length]).toEqual([true, 0])
  })
})

describe('the request', () => {
  it('begins with what an administration holds asked of it, and is incomplete', async () => {
    const { request } = await open('noReader')
    await request.choose('URB-001', 'fr')
    expect(request.draft?.pieces.map((line) => line.state)).toEqual(['missing', 'missing', 'obtained', 'obtained'])
    expect(request.assessment).toMatchObject({ complete: false, missing: ['demande', 'plan'] })
  })

  it('is complete when the last mandatory piece is received', async () => {
    const { request } = await open('noReader')
    await request.choose('URB-001', 'fr')
    for (const piece of request.sheet?.pieces.slice(0, 2) ?? []) request.toggle(piece)
    expect(request.assessment).toMatchObject({ complete: true, missing: [] })
  })

  it('saves every change, and the last state is the one that is kept', async () => {
    const { request, of } = await open('noReader')
    await request.choose('URB-001', 'fr')
    for (const piece of request.sheet?.pieces ?? []) request.toggle(piece)
    request.setStamp('TS-42')
    await settle()
    expect(request.saved).toBe('yes')
    expect(of('draft.save').at(-1)?.input).toMatchObject({ id: request.draftId, draft: request.draft })
  })

  it('finds the first sheets of a new counter as soon as they come', async () => {
    let there = false
    const none = { entries: [], total: 0 }
    const { request } = await open('noReader', {
      'catalogue.search': () => (there ? undefined : (ok(none) as unknown as Result<never>)),
    })
    expect(request.offered).toEqual([])
    there = true
    useSync().sync = { ...useSync().sync, lastSyncAt: '2026-11-21T10:00:00.000Z' }
    await settle()
    expect(request.offered?.length).toBeGreaterThan(0)
  })

  it('says that it is not saved, and keeps what was typed', async () => {
    const { request } = await open('noReader', { 'draft.save': () => err(faultOf('register.diskFull')) })
    await request.choose('URB-001', 'fr')
    await settle()
    expect(request.saveFault?.code).toBe('register.diskFull')
    expect(request.draft?.procedure).toBe('URB-001')
  })

  it('goes on beside the version of another window, and says so: nothing of either is written over', async () => {
    const apart = '99999999-9999-4999-8999-999999999999'
    let refused = 0
    const { request, of } = await open('noReader', {
      'draft.save': ({ id }) => {
        if (id === apart || refused > 0) return undefined
        refused += 1
        return err(faultOf('draft.changed', undefined, { kept: apart }))
      },
    })
    await request.choose('URB-001', 'fr')
    await settle()
    expect(request.parted?.code).toBe('draft.changed')
    expect(request.saveFault).toBeUndefined()
    expect(request.draftId).toBe(apart)
    request.setStamp('TS-42')
    await settle()
    expect(of('draft.save').at(-1)?.input).toMatchObject({ id: apart, revision: 1, draft: request.draft })
  })

  it('of one visit are several: each waits with what it has, and is taken up again', async () => {
    const { request } = await open('noReader')
    await request.choose('URB-001', 'fr')
    for (const piece of request.sheet?.pieces ?? []) request.toggle(piece)
    const [first, kept] = [request.draftId, request.draft]
    await request.begin()
    expect(request.draft).toBeUndefined()
    expect(request.waiting.map(({ id }) => id)).toContain(first)
    await request.choose('ETC-004', 'fr')
    await settle()
    await request.open(first)
    expect(request.draft).toEqual(kept)
    expect(request.waiting.map(({ id }) => id)).not.toContain(first)
    expect(request.waiting.length).toBeGreaterThan(0)
  })

  it('is its citizen’s: another one finds a clean sheet, and it comes back with its own', async () => {
    const { request, person } = await open('noReader')
    await person('Lambert')
    await request.choose('URB-001', 'fr')
    const [demande] = request.sheet?.pieces ?? []
    if (demande !== undefined) request.toggle(demande)
    const [mine, kept] = [request.draftId, request.draft]
    await settle()
    await person('Benjelloun')
    expect(request.draft).toBeUndefined()
    expect(request.waiting.map((one) => ({ id: one.id, another: request.isOfAnother(one) }))).toEqual([
      { id: mine, another: true },
    ])
    await request.choose('ETC-004', 'fr')
    await settle()
    const other = request.draftId
    await person('Lambert')
    expect(request.draft).toEqual(kept)
    await person('Benjelloun')
    expect([request.draftId, request.draft?.procedure]).toEqual([other, 'ETC-004'])
  })

  it('prepared before anybody came is for whoever comes first, and nobody else’s afterwards', async () => {
    const { request, person } = await open('noReader')
    await request.choose('URB-001', 'fr')
    const mine = request.draftId
    await person('Lambert')
    expect([request.draftId, request.draft?.procedure]).toEqual([mine, 'URB-001'])
    await person('Benjelloun')
    expect(request.draft).toBeUndefined()
  })

  it('after a restart waits to be taken up, when nobody is there to say whose it is', async () => {
    const { request } = await open('cardFailed')
    expect(request.draft).toBeUndefined()
    expect(request.waiting).toHaveLength(1)
  })

  it('comes back after a restart', async () => {
    const { request } = await open('incomplete')
    expect(request.saved).toBe('restored')
    expect(request.draft?.pieces[0]).toMatchObject({ code: 'demande', state: 'received' })
  })

  it('set aside, is taken back whole', async () => {
    const { request } = await open('incomplete')
    const before = request.draft
    const takeBack = await request.setAside()
    expect(request.draft).toBeUndefined()
    takeBack()
    expect(request.draft).toEqual(before)
  })

  it('keeps a refused file out and says so at its piece', async () => {
    const { request } = await open('incomplete', { 'attachment.add': () => err(faultOf('attachment.type')) })
    await request.attach('plan', new File(['x'], 'plan.exe'))
    expect(request.pieceFault).toMatchObject({ code: 'plan', fault: { code: 'attachment.type' } })
    expect(request.draft?.pieces[1]).toMatchObject({ state: 'missing', attachments: [] })
  })

  it('takes a file as the piece', async () => {
    const { request } = await open('incomplete')
    await request.attach('plan', new File(['x'.repeat(2000)], 'plan.pdf'))
    expect(request.draft?.pieces[1]).toMatchObject({ state: 'received' })
    expect([...request.files.values()]).toEqual([{ name: 'plan.pdf', size: 2000, mime: 'application/pdf' }])
  })
})

describe('the receipt', () => {
  it('asks again with the same command id until it is answered, so that a retry never doubles', async () => {
    let calls = 0
    const { receipt, of } = await open('tampered', {
      'receipt.issue': () => ((calls += 1) <= 2 ? err(faultOf('internal')) : undefined),
    })
    await receipt.issue()
    await receipt.issue()
    expect(receipt.deposit).toBeUndefined()
    await receipt.issue()
    expect(receipt.deposit?.number).toMatch(/000129$/)
    expect(new Set(of('receipt.issue').map(({ input }) => (input as In<'receipt.issue'>).commandId)).size).toBe(1)
    expect(of('receipt.issue')).toHaveLength(3)
  })

  it('keeps its command id after a refusal, which wrote nothing: what was asked for is the same receipt', async () => {
    let calls = 0
    const { receipt, of } = await open('tampered', {
      'receipt.issue': () => ((calls += 1) === 1 ? err(faultOf('receipt.glyphMissing')) : undefined),
    })
    await receipt.issue()
    expect(receipt.fault?.code).toBe('receipt.glyphMissing')
    await receipt.issue()
    expect(new Set(of('receipt.issue').map(({ input }) => (input as In<'receipt.issue'>).commandId)).size).toBe(1)
  })

  it('is issued once, however often it is confirmed', async () => {
    const { receipt, of } = await open('tampered')
    await Promise.all([receipt.issue(), receipt.issue()])
    await receipt.issue()
    expect(of('receipt.issue')).toHaveLength(1)
  })

  it.each([
    ['noReader', 'procedure'],
    ['cardFailed', 'citizen'],
  ] as const)('in %s it waits for the %s', async (scenario, obstacle) => {
    const { receipt, request, of } = await open(scenario)
    for (const { id } of request.waiting) await request.open(id)
    expect(receipt.obstacle).toBe(obstacle)
    await receipt.issue()
    expect(of('receipt.issue')).toHaveLength(0)
  })

  it('waits for the name of the person who is represented', async () => {
    const { receipt, request } = await open('tampered')
    request.set({ capacity: 'representative' })
    expect(receipt.obstacle).toBe('represented')
    request.set({ represented: 'Aïcha Idrissi' })
    expect(receipt.obstacle).toBeUndefined()
  })

  it('shows on paper what was deposited, also when the last change came just before', async () => {
    const { receipt, request } = await open('incomplete')
    const plan = request.sheet?.pieces[1]
    if (plan !== undefined) request.toggle(plan)
    await receipt.issue()
    await settle()
    expect(receipt.facts).toMatchObject({ number: receipt.deposit?.number, complete: true })
  })

  it('is issued after the last save, so that no older draft comes back', async () => {
    const { receipt, request, asked } = await open('incomplete')
    for (const piece of request.sheet?.pieces ?? []) request.toggle(piece)
    await receipt.issue()
    await settle()
    const order = asked.map(({ call }) => call)
    expect(order.lastIndexOf('draft.save')).toBeLessThan(order.indexOf('receipt.issue'))
    expect(order.lastIndexOf('draft.save')).toBeGreaterThan(-1)
  })

  it('leaves its number in sight while the next citizen comes', async () => {
    const { receipt } = await open('tampered')
    await receipt.issue()
    const number = receipt.deposit?.number
    receipt.turn()
    expect(receipt.deposit).toBeUndefined()
    expect(receipt.previous?.number).toBe(number)
  })
})

describe('the citizen', () => {
  it('offers the simulated card in training only, while no card is in', async () => {
    expect((await open('insert')).desk.simulates).toBe(true)
    expect((await open('noReader')).desk.simulates).toBe(false)
  })

  it('says why a reading was refused', async () => {
    const { desk } = await open('noReader', { 'card.read': () => err(faultOf('card.noReader')) })
    await desk.read()
    expect(desk.fault?.code).toBe('card.noReader')
  })

  it('typed by hand is at the desk, with its reason', async () => {
    const { desk } = await open('noReader')
    desk.typing = true
    expect(await desk.type({ identity: { familyName: 'Idrissi', givenNames: 'Omar' }, reason: 'noCard' })).toBe(true)
    await settle()
    expect(desk.citizen?.source).toEqual({ kind: 'typed', reason: 'noCard' })
    expect(desk.typing).toBe(false)
  })
})

describe('a letter that asks for something', () => {
  const anArrival = async () => {
    const found = await demoBridge('mail').call('mail.search', { words: '', register: 'arrival' })
    const [line] = found.ok ? found.value.lines.filter(({ state }) => state !== 'cancelled') : []
    if (line === undefined) throw new Error('no letter')
    return line
  }

  it('has its sender typed, goes with the draft through every sheet, and is deposited with it', async () => {
    const { number, sender } = await anArrival()
    const { desk, request, receipt, person, of } = await open('mail')
    const letter = useLetterServed()
    expect(await letter.take(number)).toBe(true)
    expect([desk.typing, desk.citizen, letter.number]).toEqual([true, undefined, number])
    expect([desk.form.familyName, desk.form.nativeName]).toContain(sender.name)
    for (const sheet of ['URB-001', 'URB-002']) {
      await request.choose(sheet, 'fr')
      await settle()
      expect(request.draft?.letter).toBe(number)
    }
    await person('LETTRE')
    await receipt.issue()
    expect(of('receipt.issue')).toMatchObject([{ input: { draft: { letter: number } } }])
  })

  it('comes over nobody who is served, is taken off, and does not stay for whoever comes next', async () => {
    const { number } = await anArrival()
    const { request, person } = await open('mail')
    const letter = useLetterServed()
    await letter.take(number)
    await request.choose('URB-001', 'fr')
    await settle()
    letter.drop()
    expect([letter.number, request.draft?.letter]).toEqual([undefined, undefined])
    request.clear()
    useCitizen().forgetTyped()
    await settle()
    await letter.take(number)
    request.clear()
    await settle()
    expect(letter.number).toBeUndefined()
    await person('AUTRE')
    expect(await letter.take(number)).toBe(false)
  })

  it('comes over nobody who came while it was looked up', async () => {
    const { number } = await anArrival()
    const { desk } = await open('mail')
    const letter = useLetterServed()
    const taken = letter.take(number)
    desk.form.familyName = 'VENU'
    expect([await taken, desk.form.familyName, letter.number]).toEqual([false, 'VENU', undefined])
  })
})
