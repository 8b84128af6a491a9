import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkerOptions } from '#electron/worker/core/workerOptions.ts'
import { openClosedNetwork, type ClosedNetwork } from '#tests/builders/closedNetwork.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
let closed: ClosedNetwork
beforeAll(async () => {
  closed = await openClosedNetwork(folder.path)
})
afterAll(async () => {
  await closed.close()
  folder.remove()
})

const start = (network: WorkerOptions['network']): Promise<TestWorker> => {
  mkdirSync(at('data'), { recursive: true })
  return signedIn(
    startWorker(at('data'), devicesWith(paperTrail(at('paper.txt'))), {
      platformUrl: closed.address,
      ...(network === undefined ? {} : { network }),
    }),
  )
}
const drained = async (worker: TestWorker): Promise<string> => {
  const done = await worker.ask('outbox.drain', {})
  return done.ok ? 'done' : done.fault.code
}

test('with the authority and the proxy of the settings an act reaches the platform; without one of them the reason is named', async () => {
  const { caFile, proxy, asked } = closed
  const stranger = await start({ proxy })
  await depositFor(stranger)
  expect(await drained(stranger)).toBe('platform.certificate')
  await stranger.close()
  const nowhere = await start({ caFile, proxy: 'http://127.0.0.1:1' })
  expect(await drained(nowhere)).toBe('platform.proxy')
  await nowhere.close()
  const worker = await start({ caFile, proxy })
  expect(await drained(worker)).toBe('done')
  expect(valueOf(await worker.ask('sync.status', {}))).toMatchObject({ link: 'online', pending: 0 })
  await worker.close()
  // What left the machine left it for the platform alone.
  expect(new Set(asked)).toEqual(new Set(['platform.test:443']))
})
