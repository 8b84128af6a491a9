import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer as createProxy, type Server } from 'node:http'
import { connect, type AddressInfo, type Server as NetServer } from 'node:net'
import { join } from 'node:path'
import { createServer as createTls } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkerParts } from '#electron/worker/core/workerOptions.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'

// A closed network: the platform behind a front with a certificate of the administration's own authority, reached through
// a proxy alone, which knows its name.

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
const openssl = (line: string): void => {
  execFileSync('openssl', line.split(' '), { cwd: folder.path, stdio: 'ignore' })
}
const address = 'https://platform.test'
let platform: RunningPlatform
let front: NetServer
let proxy: Server
const tunnelled: (string | undefined)[] = []
const portOf = (server: NetServer): number => (server.address() as AddressInfo).port
const listening = (server: NetServer): Promise<void> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', done)
  })

beforeAll(async () => {
  const key = 'ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
  openssl(`req -x509 -newkey ${key} -keyout ca.key -out ca.pem -days 2 -subj /CN=Specimen`)
  openssl(`req -newkey ${key} -keyout platform.key -out platform.csr -subj /CN=platform.test`)
  writeFileSync(at('names'), 'subjectAltName=DNS:platform.test\n')
  openssl(
    'x509 -req -in platform.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out platform.pem -days 2 -extfile names',
  )
  platform = await startPlatform({ pglite: true, address, log: () => undefined })
  front = createTls({ key: readFileSync(at('platform.key')), cert: readFileSync(at('platform.pem')) }, (socket) => {
    const on = connect(Number(new URL(platform.url).port), '127.0.0.1')
    socket.pipe(on).pipe(socket)
    for (const one of [on, socket]) one.on('error', () => one.destroy())
  })
  proxy = createProxy((_, answer) => answer.writeHead(500).end())
  proxy.on('connect', (request, socket) => {
    tunnelled.push(request.url)
    const on = connect(portOf(front), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      on.pipe(socket).pipe(on)
    })
    for (const one of [on, socket]) one.on('error', () => one.destroy())
  })
  await Promise.all([listening(front), listening(proxy)])
})
afterAll(async () => {
  proxy.closeAllConnections()
  proxy.close()
  front.close()
  await platform.close()
  folder.remove()
})

const start = (network: WorkerParts['network']): Promise<TestWorker> => {
  mkdirSync(at('data'), { recursive: true })
  return signedIn(
    startWorker(at('data'), devicesWith(paperTrail(at('paper.txt'))), {
      platformUrl: address,
      ...(network === undefined ? {} : { network }),
    }),
  )
}
const drained = async (worker: TestWorker): Promise<string> => {
  const done = await worker.ask('outbox.drain', {})
  return done.ok ? 'done' : done.fault.code
}

test('with the authority and the proxy of the settings an act reaches the platform; without one of them the reason is named', async () => {
  const through = `http://127.0.0.1:${String(portOf(proxy))}`
  const stranger = await start({ proxy: through })
  await depositFor(stranger)
  expect(await drained(stranger)).toBe('platform.certificate')
  await stranger.close()
  const nowhere = await start({ caFile: at('ca.pem'), proxy: 'http://127.0.0.1:1' })
  expect(await drained(nowhere)).toBe('platform.proxy')
  await nowhere.close()
  const worker = await start({ caFile: at('ca.pem'), proxy: through })
  expect(await drained(worker)).toBe('done')
  expect(valueOf(await worker.ask('sync.status', {}))).toMatchObject({ link: 'online', pending: 0 })
  await worker.close()
  // What left the machine left it for the platform alone.
  expect(new Set(tunnelled)).toEqual(new Set(['platform.test:443']))
})
