import { beforeEach, expect, test } from 'vitest'
import { anIdentity, commands, queued } from '#tests/builders/commands.ts'
import { createMemoryOutboxStore, type MemoryOutboxStore } from '#tests/builders/memoryOutboxStore.ts'
import { createModelPlatform, type ModelPlatform } from '#tests/builders/modelPlatform.ts'
import type { Outbox } from './ports.ts'
import { openOutbox } from './pump.ts'

let store: MemoryOutboxStore
let platform: ModelPlatform
let outbox: Outbox
let elapsed: number
/** The pause that the loop makes now, and how to end it. */
let pause: { ms: number; end: () => void } | undefined

beforeEach(() => {
  store = createMemoryOutboxStore()
  platform = createModelPlatform()
  elapsed = 0
  pause = undefined
  outbox = openOutbox({
    store,
    transport: platform,
    identity: anIdentity(),
    clock: { now: () => new Date(elapsed), monotonic: () => elapsed },
    random: () => 0.5,
    onChange: () => undefined,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          pause = undefined
          resolve()
        }
        pause = {
          ms,
          end: () => {
            elapsed += ms
            end()
          },
        }
        if (signal.aborted) end()
        signal.addEventListener('abort', end)
      }),
  })
})

const settled = async (): Promise<number> => {
  for (let left = 1000; left > 0; left -= 1) await Promise.resolve()
  return pause?.ms ?? -1
}

test('nothing is asked before the first wake', async () => {
  expect(await settled()).toBe(-1)
  expect(platform.asked).toEqual([])
  await outbox.close()
})

test('a wake sends at once while the loop idles, and between heartbeats the feed is left alone', async () => {
  outbox.wake()
  expect(await settled()).toBe(60_000)
  const feeds = (): number => platform.asked.filter((one) => one.path.startsWith('/v1/changes')).length
  expect(feeds()).toBe(1)
  store.add(commands(2).map(queued))
  outbox.wake()
  await settled()
  expect(platform.recorded).toHaveLength(2)
  expect(feeds()).toBe(1)
  pause?.end()
  await settled()
  expect(feeds()).toBe(2)
  await outbox.close()
})

test('an act committed during a turn is not left until the next heartbeat', async () => {
  store.add(commands(1).map(queued))
  platform.mishap = (question) => {
    if (question.path.startsWith('/v1/changes') && store.items.length === 1) {
      store.add(commands(1, 2).map(queued))
      outbox.wake()
    }
    return 'none'
  }
  outbox.wake()
  await settled()
  expect(platform.recorded).toHaveLength(2)
  await outbox.close()
})

test('pauses double while the link is down, a wake does not shorten them, and there is no last try', async () => {
  platform.mishap = () => 'lostBefore'
  store.add(commands(1).map(queued))
  outbox.wake()
  const seen: number[] = []
  for (let tries = 0; tries < 14; tries += 1) {
    seen.push(await settled())
    outbox.wake()
    pause?.end()
  }
  expect(seen.slice(0, 5)).toEqual([250, 500, 1000, 2000, 4000])
  expect(seen.at(-1)).toBe(150_000)
  await settled()
  expect(outbox.status()).toMatchObject({ link: 'offline', nextAttemptAt: new Date(elapsed + 150_000).toISOString() })
  platform.mishap = () => 'none'
  pause?.end()
  await settled()
  expect(platform.recorded).toHaveLength(1)
  expect(outbox.status().nextAttemptAt).toBeUndefined()
  await outbox.close()
})

test('the pause that the platform asks for is the least', async () => {
  outbox.wake()
  await settled()
  store.add(commands(1).map(queued))
  platform.script = ['busy']
  outbox.wake()
  expect(await settled()).toBe(30_000)
  await outbox.close()
})

test('a drain by hand goes through during a pause, and ends it', async () => {
  platform.script = ['lostBefore']
  store.add(commands(1).map(queued))
  outbox.wake()
  expect(await settled()).toBe(250)
  expect(await outbox.drain()).toMatchObject({ applied: 1, pending: 0 })
  expect(await settled()).toBe(60_000)
  await outbox.close()
})

test('a drain by hand asks the platform even when nothing waits and the feed was read just now: what changed there is known at once', async () => {
  outbox.wake()
  await settled()
  const asked = platform.asked.length
  expect(await outbox.drain()).toMatchObject({ pending: 0 })
  expect(platform.asked.slice(asked).map((one) => one.path.split('?')[0])).toContain('/v1/changes')
  await outbox.close()
})

test('drain and loop together never have two batches in flight', async () => {
  let inFlight = 0
  let most = 0
  const { ask } = platform
  platform.ask = async (question, signal) => {
    most = Math.max(most, (inFlight += 1))
    const answer = await ask(question, signal)
    inFlight -= 1
    return answer
  }
  store.add(commands(1100).map(queued))
  outbox.wake()
  await Promise.all([outbox.drain(), outbox.drain()])
  expect(most).toBe(1)
  expect(platform.recorded).toHaveLength(1100)
  await outbox.close()
})

test('a store that fails is a fault of the program, and the loop goes on', async () => {
  const { take } = store
  store.take = (limit, at, answers) => {
    if (answers !== undefined) throw new RangeError('disk')
    return take(limit, at)
  }
  store.add(commands(1).map(queued))
  outbox.wake()
  expect(await settled()).toBe(250)
  expect(outbox.status().fault).toEqual({ code: 'internal', detail: 'RangeError' })
  store.take = take
  pause?.end()
  await settled()
  expect(store.items.map((item) => item.state)).toEqual(['applied'])
  await outbox.close()
})
