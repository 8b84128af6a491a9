import { connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import { platformPaths } from '#shared/contract/platform.ts'
import { exchange } from '#tests/conformance/signature.ts'
import { startPlatform } from '#tests/platform/startPlatform.ts'

// What is tried: to keep counters away from their platform by requests that never end.

vi.setConfig({ testTimeout: 60_000 })

test('a sender that stops in the middle, and one that goes on for ever, do not hold their sockets', async () => {
  const impatient = await startPlatform({
    patience: { idleMs: 300, requestMs: 800 },
    log: () => undefined,
  })
  const send = (everyMs: number | undefined): Promise<number> =>
    new Promise((ended) => {
      const began = performance.now()
      const socket = connect(Number(new URL(impatient.url).port), '127.0.0.1', () => {
        socket.write(
          `POST ${platformPaths.enrolments} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{`,
        )
      })
      const timer = everyMs === undefined ? undefined : setInterval(() => socket.write(' '), everyMs)
      socket.on('error', () => undefined)
      socket.resume()
      socket.on('close', () => {
        clearInterval(timer)
        ended(performance.now() - began)
      })
    })
  const [still, dripping] = await Promise.all([send(undefined), send(50)])
  expect(still).toBeLessThan(10_000)
  expect(dripping).toBeLessThan(10_000)
  expect(dripping).toBeGreaterThan(700)
  expect((await exchange(impatient.url, { path: platformPaths.time })).status).toBe(200)
  await impatient.close()
})
