import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { exchangeIpp } from './transport.ts'
import type { IppMessage } from './message.ts'

const message: IppMessage = { version: [2, 0], code: 0x000b, requestId: 7, groups: [] }
const limits = { silence: 400, whole: 600 }
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})
const printer = async (answer: RequestListener) => {
  server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    kind: 'printer',
    connect: { host: '127.0.0.1', port },
    uri: 'ipp://127.0.0.1/ipp/print',
    path: '/ipp/print',
  } as const
}
/** One byte now and then: never silent for long, never done. */
const trickle: RequestListener = (request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'application/ipp' })
  const drip = setInterval(() => response.write('x'), 50)
  response.on('close', () => {
    clearInterval(drip)
  })
}

test('a printer that sends a byte now and then is given up at the deadline, question and document alike', async () => {
  const to = await printer(trickle)
  const begun = performance.now()
  expect(await exchangeIpp(to, { path: '/ipp/print', message }, limits)).toMatchObject({
    ok: false,
    fault: { code: 'printer.unreachable', detail: 'not over after 600 ms' },
  })
  expect(await exchangeIpp(to, { path: '/ipp/print', message, document: new Uint8Array(10) }, limits)).toMatchObject({
    ok: false,
    fault: { code: 'printer.noAnswer' },
  })
  expect(performance.now() - begun).toBeLessThan(5_000)
})

test('one that takes the document drop by drop too', async () => {
  // Reads nothing at all: the line is full, and the request never ends.
  const to = await printer(() => undefined)
  const document = new Uint8Array(20_000_000)
  expect(
    await exchangeIpp(to, { path: '/ipp/print', message, document }, { silence: 60_000, whole: 300 }),
  ).toMatchObject({ ok: false, fault: { code: 'printer.noAnswer' } })
})

test('silence is given up sooner', async () => {
  const to = await printer(() => undefined)
  expect(await exchangeIpp(to, { path: '/ipp/print', message }, { silence: 100, whole: 60_000 })).toMatchObject({
    fault: { detail: 'silent for 100 ms' },
  })
})
