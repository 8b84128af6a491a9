import { getEventListeners } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import type { Access } from '../access.ts'
import { createTusUploader } from './tusUploader.ts'

/** A server that takes every upload at once, or refuses every one. */
let server: Server
let refusing: boolean
let hanging: boolean
const taken: number[] = []
beforeEach(async () => {
  refusing = false
  hanging = false
  taken.length = 0
  server = createServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on('end', () => {
      if (hanging) return
      if (refusing) return response.writeHead(413).end()
      const head = { 'tus-resumable': '1.0.0', 'upload-offset': String(bytes), location: '/u/1' }
      if (request.method === 'PATCH') taken.push(bytes)
      return response.writeHead(request.method === 'POST' ? 201 : 204, head).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const access: Access = { headers: async () => ok({}), heard: () => false, setSkew: () => undefined }
const file = { sha256: '0'.repeat(64) as Sha256, mime: 'application/pdf', size: 1000, tries: 0 }
const uploader = (): ReturnType<typeof createTusUploader> =>
  createTusUploader({ baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, access })

test('a file that is through, or refused, leaves nothing on the signal that outlives it', async () => {
  const { signal } = new AbortController()
  const one = uploader()
  for (let n = 0; n < 5; n += 1)
    expect(await one.upload(file, Buffer.alloc(1000), () => undefined, signal)).toEqual(ok(undefined))
  expect(taken).toEqual([1000, 1000, 1000, 1000, 1000])
  refusing = true
  for (let n = 0; n < 5; n += 1)
    expect(await one.upload(file, Buffer.alloc(1000), () => undefined, signal)).toMatchObject({
      ok: false,
      fault: { code: 'platform.failed' },
    })
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test('a stop ends an upload that hangs, and one that has not begun', async () => {
  hanging = true
  const stop = new AbortController()
  const running = uploader().upload(file, Buffer.alloc(1000), () => undefined, stop.signal)
  setImmediate(() => {
    stop.abort()
  })
  expect(await running).toMatchObject({ fault: { code: 'call.cancelled' } })
  expect(await uploader().upload(file, Buffer.alloc(1000), () => undefined, stop.signal)).toMatchObject({
    fault: { code: 'call.cancelled' },
  })
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0)
})
