import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { at, watchCards } from '#tests/builders/cardEvents.ts'
import { cardDay, trustIn } from '#tests/builders/cards.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

let pcscd: Pcscd
beforeAll(async () => {
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
})
afterAll(() => pcscd.close())

test('a program that was busy while more happened than its library remembers sees the readers as they are, and goes on', async () => {
  const cards = openPcscCards({ trust: trustIn(), clock: { now: () => cardDay, monotonic: () => performance.now() } })
  const watch = watchCards(cards)
  await watch.next(at('empty', pcscd.readers[1]))
  const swapper = new Worker(join(import.meta.dirname, 'card', 'comeAndGo.ts'), {
    workerData: { ports: pcscd.ports, times: 3 },
  })
  await once(swapper, 'message')
  const seen: string[] = []
  cards.watch((event) => {
    seen.push(event.state)
  })
  seen.length = 0
  const done = watch.next(at('done', pcscd.readers[0]))
  swapper.postMessage('begin')
  // Nothing of this thread runs meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 7_000)
  expect((await done).reading.identity.familyName).toBeTruthy()
  expect(seen).not.toContain('noService')
  await swapper.terminate()
  await cards.close()
})

test('a card answers although the library was begun anew meanwhile, and what it held was collected', async () => {
  const ended = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'card', 'renewed.ts'),
    String(pcscd.ports[1]),
    pcscd.readers[1],
  ]).catch((cause: { stdout: string; signal: string }) => cause)
  expect(ended).toMatchObject({ stdout: '9000\n', signal: 'SIGKILL' })
})
