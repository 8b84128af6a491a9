import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Question, Transport } from './ports.ts'
import { answerLimit, createHttpTransport } from './send.ts'

let server: Server
let reply: (response: ServerResponse) => void
let heard: {
  authorization: string | undefined
  dpop: string | string[] | undefined
  contentType: string | undefined
  body: string
  url: string | undefined
}[]
let transport: Transport
let hasty: Transport

const question: Question = {
  method: 'POST',
  path: '/v1/counters/RAB03-G2/commands',
  body: '[]',
  contentType: 'application/cloudevents-batch+json',
  proof: 'none',
}
const ask = (signal = new AbortController().signal, by = transport) => by.ask(question, signal)

beforeEach(async () => {
  heard = []
  server = createServer((request, response) => {
    let body = ''
    request
      .on('data', (part: Buffer) => {
        body += part.toString()
      })
      .on('end', () => {
        heard.push({
          authorization: request.headers.authorization,
          dpop: request.headers['dpop'],
          contentType: request.headers['content-type'],
          body,
          url: request.url,
        })
        reply(response)
      })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const clock = { now: () => new Date('2026-11-21T10:00:00Z'), monotonic: () => 0 }
  const { port } = server.address() as AddressInfo
  const options = { baseUrl: `http://127.0.0.1:${String(port)}/base/`, clock }
  transport = createHttpTransport(options)
  hasty = createHttpTransport({ ...options, timeoutMs: 200 })
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

test('carries method, path below the address and body; a public question proves nothing', async () => {
  reply = (response) => {
    response.end('{"ok":1}')
  }
  expect(await ask()).toEqual({ ok: true, value: { status: 200, body: '{"ok":1}' } })
  expect(heard).toEqual([
    {
      authorization: undefined,
      dpop: undefined,
      contentType: question.contentType,
      body: '[]',
      url: '/base/v1/counters/RAB03-G2/commands',
    },
  ])
})

test.each([
  ['7', 7000],
  ['Sat, 21 Nov 2026 10:00:09 GMT', 9000],
  ['99999999', 3_600_000],
  ['soon', undefined],
])('Retry-After %s', async (value, ms) => {
  reply = (response) => {
    response.writeHead(429, { 'retry-after': value }).end()
  }
  expect(await ask()).toEqual({
    ok: true,
    value: { status: 429, body: '', ...(ms === undefined ? {} : { retryAfterMs: ms }) },
  })
})

test('a redirection is an answer, not an order', async () => {
  reply = (response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  }
  expect(await ask()).toMatchObject({ ok: true, value: { status: 302 } })
})

test('a slow answer, a slow body, a cut body, a huge body and nobody there are faults', async () => {
  reply = () => undefined
  expect(await ask(undefined, hasty)).toMatchObject({ fault: { code: 'platform.timeout' } })
  reply = (response) => {
    response.writeHead(200).write('{')
  }
  expect(await ask(undefined, hasty)).toMatchObject({ fault: { code: 'platform.timeout' } })
  reply = (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy())
  }
  expect(await ask()).toMatchObject({ fault: { code: 'platform.unreachable' } })
  reply = (response) => {
    response.end(Buffer.alloc(answerLimit + 1, 32))
  }
  expect(await ask()).toMatchObject({ fault: { code: 'platform.garbage' } })
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  expect(await ask()).toMatchObject({ fault: { code: 'platform.unreachable' } })
})

test('giving up is not a fault of the platform', async () => {
  const giveUp = new AbortController()
  reply = () => {
    giveUp.abort()
  }
  expect(await ask(giveUp.signal)).toMatchObject({ fault: { code: 'call.cancelled' } })
})
