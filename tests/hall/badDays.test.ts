import { expect, test } from 'vitest'
import type { HallAnswer, HallCommand } from '#shared/domain/hall/command.ts'
import type { Result } from '#shared/result.ts'
import type { Message } from '#electron/hall/node/message.ts'
import { officeOf } from './simulation/office.ts'
import { Random } from './simulation/random.ts'
import { World } from './simulation/world.ts'

/** An office of three whose bad days are made one by one. */
function office(count = 3, silent = 0) {
  const answers = new Map<number, Result<HallAnswer>>()
  const make = officeOf(count, silent)
  const world = new World(new Random(7), make('station-1').stations, make, ({ token, result }) =>
    answers.set(token, result),
  )
  let tokens = 0
  const answered = (token: number): unknown => {
    const result = answers.get(token)
    if (result === undefined) return 'no answer'
    return result.ok ? (result.value.ticket ?? result.value.appointment ?? null) : result.fault.code
  }
  const ask = (station: number, command: HallCommand, id = `id-${String(tokens)}`): number => {
    tokens += 1
    const token = tokens
    world.at(`station-${String(station)}`, (node, moment) => {
      node.ask(moment, token, id, command)
    })
    return token
  }
  const takeOver = (station: number, how: { open?: boolean; forced?: boolean } = {}): number => {
    tokens += 1
    const token = tokens
    world.at(`station-${String(station)}`, (node, moment) => {
      node.takeOver(moment, { ...how, token })
    })
    return token
  }
  const later = (ms: number): void => {
    world.run(world.now + ms)
  }
  const state = (station: number) => {
    const found = world.machine(`station-${String(station)}`).node?.state
    if (found === undefined) throw new Error('off')
    return found
  }
  for (const name of make('station-1').stations) world.start(name)
  later(500)
  takeOver(1, { open: true })
  later(500)
  return { world, ask, answered, takeOver, later, state }
}
const issue: HallCommand = { type: 'issue', service: 'A' }
const call: HallCommand = { type: 'call', counter: 1 }

test('two supervisors take over at the same moment: one serves, the other hears who', () => {
  const { takeOver, later, state, answered } = office()
  const [one, other] = [takeOver(2), takeOver(3)]
  later(6_000)
  const serving = [1, 2, 3].filter((station) => state(station).serving !== undefined)
  expect(serving).toHaveLength(1)
  expect([answered(one), answered(other)].sort()).toEqual(['hall.tookOver', null])
})

test('old messages that come again move nothing', () => {
  const { world, ask, answered, takeOver, later, state } = office()
  const recorded: { to: string; from: string; message: Message }[] = []
  const node = world.machine('station-2').node
  if (node === undefined) throw new Error('off')
  const receive = node.receive.bind(node)
  node.receive = (moment, from, message) => {
    recorded.push({ to: 'station-2', from, message })
    receive(moment, from, message)
  }
  const first = ask(1, issue)
  ask(2, call)
  later(500)
  takeOver(3)
  later(1_000)
  ask(3, issue)
  later(500)
  const before = state(2).log.hashAt(state(2).commit)
  const promised = state(2).promised
  for (const { to, from, message } of [...recorded])
    world.at(to, (one, moment) => {
      one.receive(moment, from, message)
    })
  later(2_000)
  expect(answered(first)).toBe('A001')
  expect(state(2).log.hashAt(state(2).commit)).toBe(before)
  expect(state(2).promised).toEqual(promised)
  expect(state(3).serving).toBeDefined()
})

test('a replayed command of an older epoch is not done again', () => {
  const { world, ask, answered, takeOver, later, state } = office()
  const got = ask(2, call)
  later(500)
  expect(answered(got)).toBeNull()
  ask(1, issue)
  takeOver(3)
  later(1_000)
  world.at('station-3', (node, moment) => {
    node.receive(moment, 'station-2', { type: 'command', epoch: 1, id: 'id-1', command: call })
  })
  later(500)
  expect([...state(3).hall.tickets.values()].map((one) => one.state)).toEqual(['waiting'])
})

test('clocks two hours apart order nothing', () => {
  const { world, ask, answered, takeOver, later } = office()
  world.machine('station-2').clock = -7_200_000
  world.machine('station-3').clock = 7_200_000
  const tickets = [ask(1, issue), ask(2, issue)]
  later(300)
  takeOver(3)
  later(1_000)
  tickets.push(ask(2, issue), ask(3, issue))
  later(300)
  takeOver(2)
  later(1_000)
  const calls = [ask(1, call), ask(3, call), ask(2, call), ask(1, call)]
  later(500)
  const names = tickets.map(answered)
  expect(new Set(names)).toEqual(new Set(['A001', 'A002', 'A003', 'A004']))
  expect(new Set(calls.map(answered))).toEqual(new Set(names))
})

test('a disk that lied about a sync is named, and gets again what it lost', () => {
  const { world, ask, answered, later, state } = office()
  const machine = world.machine('station-2')
  ask(1, issue)
  later(300)
  const kept = machine.disk.length
  const second = ask(1, issue)
  later(300)
  expect(answered(second)).toBe('A002')
  world.crash('station-2')
  machine.disk.length = kept
  world.start('station-2')
  later(1_500)
  expect([...state(1).hall.doubts]).toEqual(['station-2'])
  expect([...state(3).hall.doubts]).toEqual(['station-2'])
  expect(state(2).log.hashAt(state(2).commit)).toBe(state(1).log.hashAt(state(1).commit))
  const third = ask(2, issue)
  later(300)
  expect(answered(third)).toBe('A003')
})

test('the power of the whole hall goes: the day is resumed with all that was answered', () => {
  const { world, ask, answered, takeOver, later } = office()
  const before = ask(2, issue)
  later(300)
  for (const station of [1, 2, 3]) world.crash(`station-${String(station)}`)
  for (const station of [1, 2, 3]) world.start(`station-${String(station)}`)
  later(2_000)
  const nobody = ask(1, issue)
  later(3_500)
  expect([answered(before), answered(nobody)]).toEqual(['A001', 'hall.noServer'])
  takeOver(3)
  later(1_000)
  const [next, first] = [ask(1, issue), ask(2, call)]
  later(500)
  expect([answered(next), answered(first)]).toEqual(['A002', 'A001'])
})

test('a cut in three: nobody serves, each island has its own numbers, and all come home', () => {
  const { world, ask, answered, takeOver, later, state } = office()
  ask(1, issue)
  later(300)
  world.groups.set('station-1', 1).set('station-2', 2).set('station-3', 3)
  later(2_000)
  const refused = [ask(1, issue), ask(2, issue), ask(3, issue)]
  const lost = takeOver(2)
  later(6_000)
  expect(refused.map(answered)).toEqual(['hall.noMajority', 'hall.noMajority', 'hall.noMajority'])
  expect(answered(lost)).toBe('hall.noMajority')
  for (const station of [1, 2, 3]) takeOver(station, { forced: true })
  later(3_000)
  const own = [ask(1, issue), ask(2, issue), ask(3, issue), ask(2, call), ask(2, call)]
  later(500)
  expect(own.map(answered)).toEqual(['S1-A001', 'S2-A001', 'S3-A001', 'S2-A001', null])
  for (const station of [1, 2, 3]) world.groups.set(`station-${String(station)}`, 0)
  later(1_000)
  takeOver(3)
  later(4_000)
  for (const station of [1, 2, 3])
    expect([...state(station).hall.tickets.values()].map((one) => `${one.ticket} ${one.state}`).sort()).toEqual([
      'A001 waiting',
      'S1-A001 waiting',
      'S2-A001 called',
      'S3-A001 waiting',
    ])
})

test('what only the old server had on its disk is shown when it comes back, and was never answered', () => {
  const { world, ask, answered, takeOver, later, state } = office()
  world.fragile.add('station-1')
  world.groups.set('station-1', 1)
  const lost = ask(1, issue)
  later(300)
  expect(answered(lost)).toBe('no answer')
  world.groups.set('station-1', 0)
  takeOver(2)
  later(8_000)
  expect(state(3).hall.tails).toMatchObject([{ station: 'station-1', what: 'issued', ticket: 'A001' }])
  const next = ask(1, issue)
  later(300)
  expect(answered(next)).toBe('A001')
})

test('four hundred tickets in ten minutes, twenty stations: one line', () => {
  const { ask, answered, later } = office(20)
  const tokens: number[] = []
  for (let n = 0; n < 400; n += 1) {
    tokens.push(ask(1 + (n % 20), issue))
    if (n % 40 === 39) later(200)
  }
  later(3_000)
  expect(new Set(tokens.map(answered)).size).toBe(400)
  expect(tokens.map(answered)).not.toContain('hall.unanswered')
})

test('an island that was started again still knows the citizen at its counter', () => {
  const { world, ask, answered, takeOver, later, state } = office()
  ask(2, issue)
  const called = ask(2, { type: 'next', counter: 2 })
  later(500)
  expect(answered(called)).toBe('A001')
  // One more entry: only what came after it says on a disk that the call was committed.
  ask(2, issue)
  later(500)
  for (const station of [1, 2, 3]) world.groups.set(`station-${String(station)}`, station)
  takeOver(2, { forced: true })
  later(5_000)
  world.crash('station-2')
  later(100)
  world.start('station-2')
  later(500)
  expect(state(2).islands).toHaveLength(1)
  const here = ask(2, { type: 'here', ticket: 'A001', counter: 2 })
  later(100)
  const next = ask(2, { type: 'next', counter: 2 })
  later(500)
  expect([answered(here), answered(next)]).toEqual(['A001', null])
  for (const station of [1, 2, 3]) world.groups.set(`station-${String(station)}`, 0)
  later(500)
  takeOver(1, {})
  later(6_000)
  expect(state(3).hall.tickets.get('A001')).toMatchObject({ state: 'done' })
})

test('who has no vote hears of an entry when it is committed, in one message, and nobody waits for him', () => {
  const { world, ask, answered, later, state } = office(5, 2)
  const heard: Message['type'][] = []
  const node = world.machine('station-5').node
  if (node === undefined) throw new Error('off')
  const receive = node.receive.bind(node)
  node.receive = (moment, from, message) => {
    if (message.type === 'commit' || (message.type === 'append' && message.entries.length > 0)) heard.push(message.type)
    receive(moment, from, message)
  }
  world.crash('station-4')
  ask(1, issue)
  // Before the next beat of who serves: it is the commit that brings it.
  later(60)
  expect(state(5).commit).toBe(state(1).commit)
  expect(state(5).hall.tickets.size).toBe(1)
  expect(heard).toEqual(['append'])
  world.crash('station-2')
  const token = ask(1, call)
  later(500)
  expect(answered(token)).toBe('A001')
})

test('who has no vote and comes late hears who serves, however often voters are asked meanwhile', () => {
  const { world, ask, later, state } = office(5, 2)
  world.crash('station-5')
  later(200)
  world.start('station-5')
  // Nobody waits: each of these asks the voters, and writes nothing.
  for (let stroke = 0; stroke < 20; stroke += 1) {
    ask(1, call)
    later(50)
  }
  expect(state(5).server?.station).toBe('station-1')
})
