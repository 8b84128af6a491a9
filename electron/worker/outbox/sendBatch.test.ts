import { beforeEach, describe, expect, test } from 'vitest'
import { aCommand, anIdentity, commands, queued } from '#tests/builders/commands.ts'
import { createMemoryOutboxStore, type MemoryOutboxStore } from '#tests/builders/memoryOutboxStore.ts'
import { createModelPlatform, type Mishap, type ModelPlatform } from '#tests/builders/modelPlatform.ts'
import type { Outbox } from './ports.ts'
import { openOutbox } from './pump.ts'

let store: MemoryOutboxStore
let platform: ModelPlatform
let outbox: Outbox
let elapsed: number

const open = (): Outbox =>
  openOutbox({
    store,
    transport: platform,
    identity: anIdentity(),
    clock: { now: () => new Date(Date.parse('2026-11-21T10:00:00Z') + elapsed), monotonic: () => elapsed },
    random: () => 0.5,
    onChange: () => undefined,
    sleep: async (ms) => {
      elapsed += ms
    },
  })
const bodies = (): string[] =>
  platform.asked.flatMap((one) => (one.method === 'POST' && one.path.endsWith('/commands') ? [one.body ?? ''] : []))
const sizes = (): number[] => bodies().map((body) => (JSON.parse(body) as unknown[]).length)
/** The way refuses every batch that holds this act. */
const refuse = (seq: number, mishap: Mishap): void => {
  platform.mishap = ({ body }) =>
    body?.startsWith('[') === true && (JSON.parse(body) as { seq: number }[]).some((one) => one.seq === seq)
      ? mishap
      : 'none'
}
const states = (): Record<string, number> =>
  store.items.reduce<Record<string, number>>((sum, { state }) => ({ ...sum, [state]: (sum[state] ?? 0) + 1 }), {})

beforeEach(async () => {
  store = createMemoryOutboxStore()
  platform = createModelPlatform()
  elapsed = 0
  outbox = open()
  await outbox.drain()
  platform.asked.length = 0
})

describe.each(['gate403', 'unsigned', 'status500'] as const)(
  'an act for which every batch is met with %s',
  (mishap) => {
    const code = mishap === 'unsigned' ? 'platform.unsigned' : 'platform.failed'

    test.each([1, 2, 3])(
      'stands alone as number %i of three: those before it go, it has the fault',
      async (culprit) => {
        store.add(commands(3).map(queued))
        refuse(culprit, mishap)
        const report = await outbox.drain()
        expect(report).toMatchObject({ applied: culprit - 1, pending: 4 - culprit, fault: { code } })
        expect(store.items.map(({ fault }) => fault?.code)).toEqual(
          [1, 2, 3].map((seq) => (seq === culprit ? code : undefined)),
        )
      },
    )

    test('is found among hundreds in one drain, and stops nothing but what must follow it', async () => {
      store.add(commands(1_000).map(queued))
      refuse(700, mishap)
      platform.feed = [{ changes: [], cursor: 'after the culprit', more: false }]
      elapsed = 3_600_000
      await outbox.drain()
      expect(states()).toEqual({ applied: 699, pending: 301 })
      expect(platform.recorded.map(({ seq }) => seq)).toEqual(Array.from({ length: 699 }, (_, at) => at + 1))
      expect(store.items.filter(({ fault }) => fault !== undefined).map(({ seq }) => seq)).toEqual([700])
      expect(bodies().length).toBeLessThan(35)
      // The feed is read although an act waits.
      expect(store.link().cursor).toBe('after the culprit')
      expect(Date.parse(store.link().lastSyncAt ?? '')).toBeGreaterThanOrEqual(Date.parse('2026-11-21T11:00:00Z'))
    })

    test('goes with all behind it once the way takes it', async () => {
      store.add(commands(40).map(queued))
      refuse(17, mishap)
      await outbox.drain()
      refuse(0, mishap)
      expect(await outbox.drain()).toMatchObject({ applied: 24, pending: 0 })
      expect(platform.recorded.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
      expect(states()).toEqual({ applied: 40 })
    })
  },
)

test('a way that takes so many bytes gets no more, found at once from what was sent and not forgotten', async () => {
  const limit = 4_000
  platform.mishap = ({ body }) => ((body?.length ?? 0) > limit ? 'status413' : 'none')
  store.add([1, 2, 3, 4].map((seq) => queued(aCommand(seq, {}, 1_200))))
  expect(await outbox.drain()).toMatchObject({ applied: 4, pending: 0 })
  const refused = (): number => bodies().filter((body) => body.length > limit).length
  expect(refused()).toBeLessThanOrEqual(3)
  const before = refused()
  store.add([5, 6, 7, 8, 9, 10].map((seq) => queued(aCommand(seq, {}, 1_200))))
  expect(await outbox.drain()).toMatchObject({ applied: 6, pending: 0 })
  expect(refused()).toBe(before)
})

test('an act that is too large for the way waits alone, those before it go', async () => {
  platform.mishap = ({ body }) => ((body?.length ?? 0) > 4_000 ? 'status413' : 'none')
  store.add([aCommand(1), aCommand(2, {}, 9_000), aCommand(3)].map(queued))
  expect(await outbox.drain()).toMatchObject({ applied: 1, pending: 2, fault: { code: 'platform.failed' } })
  expect(store.items.map(({ fault }) => fault?.code)).toEqual([undefined, 'platform.failed', undefined])
})

test('who is not let in is no act of the batch: nothing is cut', async () => {
  store.add(commands(8).map(queued))
  platform.script = ['unauthorised']
  await outbox.drain()
  expect(sizes()[0]).toBe(8)
  expect(store.items.map(({ fault }) => fault?.code)).toEqual(Array(8).fill('platform.unauthorised'))
})

test('one failure of the platform is its own: the same batch is asked again whole', async () => {
  store.add(commands(8).map(queued))
  platform.script = ['status500']
  await outbox.drain()
  expect(sizes()).toEqual([8, 8])
})
