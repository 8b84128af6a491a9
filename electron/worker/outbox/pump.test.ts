import { beforeEach, expect, test } from 'vitest'
import type { FaultCode } from '#shared/fault.ts'
import { ok } from '#shared/result.ts'
import { aCommand, anIdentity, commands, queued } from '#tests/builders/commands.ts'
import { createMemoryOutboxStore, type MemoryOutboxStore } from '#tests/builders/memoryOutboxStore.ts'
import { createModelPlatform, type ModelPlatform } from '#tests/builders/modelPlatform.ts'
import type { Outbox, OutboxChange } from './ports.ts'
import { openOutbox } from './pump.ts'

let store: MemoryOutboxStore
let platform: ModelPlatform
let outbox: Outbox
let changed: OutboxChange[]
let pauses: number[]
let elapsed: number

const open = (): Outbox =>
  openOutbox({
    store,
    transport: platform,
    identity: anIdentity(),
    clock: { now: () => new Date(Date.parse('2026-11-21T10:00:00Z') + elapsed), monotonic: () => elapsed },
    random: () => 0.5,
    onChange: (what) => {
      changed.push(what)
    },
    sleep: async (ms) => {
      pauses.push(ms)
      elapsed += ms
    },
  })
const batches = (): number[] =>
  platform.asked
    .filter((one) => one.method === 'POST' && one.path.endsWith('/commands'))
    .map((one) => JSON.parse(one.body ?? '').length as number)
const states = (): string[] => store.items.map((item) => item.state)
/** The outbox has met the platform; what follows is about sending. */
const connectOnce = async (): Promise<void> => {
  await outbox.drain()
  platform.asked.length = 0
}

beforeEach(() => {
  store = createMemoryOutboxStore()
  platform = createModelPlatform()
  changed = []
  pauses = []
  elapsed = 0
  outbox = open()
})

test('first contact: time, enrolment, then everything in order, at most 500 at once', async () => {
  store.add(commands(1201).map(queued))
  platform.now += 90_000
  expect(await outbox.drain()).toEqual({ applied: 1201, duplicate: 0, rejected: 0, conflict: 0, pending: 0 })
  expect(platform.recorded.map((one) => one.seq)).toEqual(Array.from({ length: 1201 }, (_, at) => at + 1))
  expect(batches()).toEqual([500, 500, 201])
  expect(platform.asked.slice(0, 2).map((one) => [one.path, one.proof])).toEqual([
    ['/v1/time', 'none'],
    ['/v1/enrolments', 'key'],
  ])
  expect(platform.skew).toBe(90_000)
  expect(outbox.status()).toMatchObject({ link: 'online', pending: 0, lastSyncAt: '2026-11-21T10:00:00.000Z' })
  expect(new Set(changed)).toEqual(new Set(['items', 'link']))
})

test('a batch stays below one megabyte, and one act that is larger goes alone', async () => {
  store.add(
    [aCommand(1), aCommand(2, {}, 600_000), aCommand(3, {}, 600_000), aCommand(4, {}, 1_100_000), aCommand(5)].map(
      queued,
    ),
  )
  await outbox.drain()
  expect(batches()).toEqual([2, 1, 1, 1])
})

test.each(['lostAfter', 'lostBefore', 'twice', 'status500', 'garbage', 'truncated', 'foreignResults'] as const)(
  '%s: the same batch is asked again and each act is applied once',
  async (mishap) => {
    await connectOnce()
    store.add(commands(3).map(queued))
    platform.script = [mishap]
    const report = await outbox.drain()
    expect(report).toMatchObject({ pending: 0 })
    expect(report.applied + report.duplicate).toBe(3)
    expect(platform.recorded.map((one) => one.seq)).toEqual([1, 2, 3])
    expect(states()).toEqual(['applied', 'applied', 'applied'])
  },
)

test('a link that stays down ends the drain with its fault, the acts wait and say why', async () => {
  store.add(commands(2).map(queued))
  platform.mishap = () => 'lostBefore'
  const report = await outbox.drain()
  expect(report).toMatchObject({ applied: 0, pending: 2, fault: { code: 'platform.timeout' } })
  expect(outbox.status()).toMatchObject({
    link: 'offline',
    since: '2026-11-21T10:00:00.000Z',
    fault: { code: 'platform.timeout' },
  })
  expect(pauses).toEqual([250, 500, 1000])
  platform.mishap = (question) => (question.path.endsWith('/commands') ? 'lostBefore' : 'none')
  await outbox.drain()
  expect(store.items.map((item) => item.fault?.code)).toEqual(['platform.timeout', 'platform.timeout'])
  expect(states()).toEqual(['pending', 'pending'])
})

test('a way that is too slow for a batch gets smaller ones, and larger ones again with success', async () => {
  await connectOnce()
  store.add(commands(800).map(queued))
  platform.script = ['lostBefore', 'lostBefore']
  await outbox.drain()
  expect(batches()).toEqual([500, 250, 125, 250, 425])
})

test('a rejected act keeps its place, is shown, and blocks nobody; asked again it stays rejected', async () => {
  store.add(commands(3).map(queued))
  platform.reject = (one) => (one.seq === 2 ? 'number: given before' : undefined)
  expect(await outbox.drain()).toMatchObject({ applied: 2, rejected: 1, pending: 0 })
  expect(states()).toEqual(['applied', 'rejected', 'applied'])
  expect(store.items[1]?.answer).toMatchObject({ answer: 'number: given before' })
  expect(outbox.status()).toMatchObject({ refused: 1 })
  platform.forgetAfter(1)
  platform.script = ['none', 'lostAfter']
  store.add([queued(aCommand(4))])
  await outbox.drain()
  expect(states()).toEqual(['applied', 'rejected', 'applied', 'applied'])
})

test('another act under the same number is a conflict, shown to a person, and blocks nobody', async () => {
  await connectOnce()
  store.add(commands(2).map(queued))
  platform.plant(aCommand(1))
  expect(await outbox.drain()).toMatchObject({ applied: 1, conflict: 1, pending: 0 })
  expect(states()).toEqual(['conflict', 'applied'])
  expect(outbox.status()).toMatchObject({ refused: 1 })
})

test('a platform that fell behind gets again what we hold, from where it says', async () => {
  store.add(commands(600).map(queued))
  await outbox.drain()
  platform.forgetAfter(20)
  store.add(commands(5, 601).map(queued))
  expect(await outbox.drain()).toMatchObject({ applied: 585, pending: 0 })
  expect(platform.recorded.map((one) => one.seq)).toEqual(Array.from({ length: 605 }, (_, at) => at + 1))
})

test('a gap that we cannot fill is a fault, and the acts wait', async () => {
  await connectOnce()
  store.add(commands(3, 8).map(queued))
  expect(await outbox.drain()).toMatchObject({
    applied: 0,
    pending: 3,
    fault: { code: 'platform.gap', values: { expectedSeq: 1, heldSeq: 8 } },
  })
  expect(states()).toEqual(['pending', 'pending', 'pending'])
})

test('a platform that keeps naming another place ends the turn instead of going round', async () => {
  await connectOnce()
  store.add(commands(30).map(queued))
  await outbox.drain()
  store.add(commands(1, 31).map(queued))
  platform.forgetAfter(20)
  let asked = 0
  const { ask } = platform
  platform.ask = async (question, signal) => {
    if (question.method !== 'POST' || (asked += 1) > 2) return ask(question, signal)
    return ok({ status: 409, body: JSON.stringify({ expectedSeq: 25 - asked }) })
  }
  expect(await outbox.drain()).toMatchObject({ fault: { code: 'platform.gap' } })
  expect(asked).toBe(2)
  expect(await outbox.drain()).toMatchObject({ applied: 11, pending: 0 })
})

test('a register that lost acts which the platform knows sends nothing', async () => {
  store.add(commands(5).map(queued))
  await outbox.drain()
  await outbox.close()
  store.items.length = 3
  outbox = open()
  expect(await outbox.drain()).toMatchObject({
    fault: { code: 'platform.gap', detail: 'register behind', values: { expectedSeq: 6, heldSeq: 3 } },
  })
  expect(batches()).toEqual([5])
})

test('killed while the platform answered: looked up by id at the next start, not sent again', async () => {
  await connectOnce()
  store.add(commands(4).map(queued))
  platform.reject = (one) => (one.seq === 3 ? 'schema: data' : undefined)
  platform.script = ['hang']
  void outbox.drain()
  while (platform.recorded.length === 0) await Promise.resolve()
  expect(states()).toEqual(['sending', 'sending', 'sending', 'sending'])
  outbox = open()
  expect(states()).toEqual(['pending', 'pending', 'pending', 'pending'])
  expect(await outbox.drain()).toMatchObject({ applied: 0, pending: 0 })
  expect(batches()).toEqual([4])
  expect(states()).toEqual(['applied', 'applied', 'rejected', 'applied'])
})

test('found under our number but not ours: a conflict', async () => {
  await connectOnce()
  store.add(commands(1).map(queued))
  await outbox.drain()
  store.items.splice(0, 1)
  store.add([queued(aCommand(1))])
  await outbox.close()
  outbox = open()
  await outbox.drain()
  expect(states()).toEqual(['conflict'])
  expect(outbox.status()).toMatchObject({ refused: 1, pending: 0 })
})

test('a pause that the platform asks for is kept, by drain too', async () => {
  await connectOnce()
  store.add(commands(1).map(queued))
  platform.script = ['busy']
  expect(await outbox.drain()).toMatchObject({ pending: 1, fault: { code: 'platform.busy' } })
  expect(await outbox.drain()).toMatchObject({ pending: 1, fault: { code: 'platform.busy' } })
  expect(batches()).toEqual([1])
  elapsed += 30_000
  expect(await outbox.drain()).toMatchObject({ applied: 1, pending: 0 })
})

test('a platform that forgot us is told again who we are', async () => {
  await connectOnce()
  store.add(commands(1).map(queued))
  platform.device = 'unknown'
  expect(await outbox.drain()).toMatchObject({
    fault: { code: 'device.notEnrolled', detail: '401 device-unknown' } satisfies { code: FaultCode; detail: string },
  })
  expect(await outbox.drain()).toMatchObject({ applied: 1, pending: 0 })
})

test('a wrong code is said, and not tried again', async () => {
  store = createMemoryOutboxStore('guess')
  outbox = open()
  expect(await outbox.drain()).toMatchObject({ fault: { code: 'device.codeRefused', detail: '403 code-refused' } })
  platform.asked.length = 0
  expect(await outbox.drain()).toMatchObject({ fault: { code: 'device.notEnrolled' } })
  expect(platform.asked).toEqual([])
})

test('a device that waits to be approved sends nothing, and everything as soon as it is', async () => {
  platform.enrolsAs = 'pending'
  store.add(commands(2).map(queued))
  expect(await outbox.drain()).toMatchObject({ applied: 0, pending: 2, fault: { code: 'device.pending' } })
  expect(store.link()).toMatchObject({ askedAt: '2026-11-21T10:00:00.000Z' })
  expect(store.link().enrolledAt).toBeUndefined()
  expect(platform.asked.filter((one) => one.path === '/v1/enrolments')).toHaveLength(1)
  platform.device = 'approved'
  expect(await outbox.drain()).toMatchObject({ applied: 2, pending: 0 })
  expect(store.link().enrolledAt).toBeDefined()
})

test('a revoked device stops sending, remembers it, and goes on when it is approved again', async () => {
  await connectOnce()
  store.add(commands(2).map(queued))
  platform.device = 'revoked'
  expect(await outbox.drain()).toMatchObject({ applied: 0, pending: 2, fault: { code: 'device.revoked' } })
  expect(store.link().revokedAt).toBe('2026-11-21T10:00:00.000Z')
  expect(batches()).toEqual([2])
  expect(await outbox.drain()).toMatchObject({ fault: { code: 'device.revoked' } })
  expect(batches()).toEqual([2])
  platform.device = 'approved'
  expect(await outbox.drain()).toMatchObject({ applied: 2, pending: 0 })
  expect(store.link().revokedAt).toBeUndefined()
})

test('without a platform acts wait, and the status says so', async () => {
  store.add(commands(1).map(queued))
  const alone = openOutbox({
    store,
    identity: anIdentity(),
    clock: { now: () => new Date(0), monotonic: () => 0 },
    random: () => 0,
    onChange: () => undefined,
  })
  alone.wake()
  expect(alone.status()).toEqual({ link: 'notConfigured', pending: 1, refused: 0 })
  expect(await alone.drain()).toMatchObject({ pending: 1, fault: { code: 'platform.notConfigured' } })
  await alone.close()
})

test('an outage that began before the restart counts from its beginning', async () => {
  platform.mishap = () => 'lostBefore'
  await outbox.drain()
  await outbox.close()
  elapsed = 3_600_000
  outbox = open()
  expect(outbox.status()).toMatchObject({ link: 'offline', since: '2026-11-21T10:00:00.000Z' })
  await outbox.drain()
  expect(outbox.status()).toMatchObject({ since: '2026-11-21T10:00:00.000Z' })
})
