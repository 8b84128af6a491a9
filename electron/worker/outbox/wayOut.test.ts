import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createProxy, type Server } from 'node:http'
import { createServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Network } from '#shared/contract/hosts.ts'
import type { Fault } from '#shared/fault.ts'
import { createWayOut, type WayOut } from './wayOut.ts'

const folder = mkdtempSync(join(tmpdir(), 'guichet-way-'))
const at = (name: string): string => join(folder, name)
const openssl = (...args: string[]): void => {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
}

/** An authority of an administration, and a platform that shows a certificate of it. */
const makeCertificates = (): void => {
  openssl(
    ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem'.split(' '),
    ...'-days 2 -subj /CN=Specimen'.split(' '),
  )
  openssl(
    ...'req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout platform.key -out platform.csr -subj /CN=platform.test'.split(
      ' ',
    ),
  )
  writeFileSync(at('names'), 'subjectAltName=DNS:platform.test\n')
  openssl(
    ...'x509 -req -in platform.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out platform.pem -days 2 -extfile names'.split(
      ' ',
    ),
  )
}

let platform: ReturnType<typeof createServer>
let proxy: Server
let asked: (string | undefined)[]
let tunnelled: { to: string | undefined; authorization: string | undefined }[]
let refuseWith: number | undefined
const ways: WayOut[] = []
const portOf = (server: { address(): AddressInfo | string | null }): string =>
  String((server.address() as AddressInfo).port)

beforeAll(async () => {
  makeCertificates()
  platform = createServer(
    { key: readFileSync(at('platform.key')), cert: readFileSync(at('platform.pem')) },
    (request, answer) => {
      asked.push(request.headers['guichet-version'] as string | undefined)
      answer.end('answered')
    },
  )
  proxy = createProxy((_, answer) => answer.writeHead(500).end())
  // Names are the proxy's to look up: platform.test is here.
  proxy.on('connect', (request, socket) => {
    tunnelled.push({ to: request.url, authorization: request.headers['proxy-authorization'] })
    if (refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${String(refuseWith)} no\r\n\r\n`)
      return
    }
    const on = connect(Number(portOf(platform)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      on.pipe(socket).pipe(on)
    })
    for (const one of [on, socket]) one.on('error', () => undefined)
  })
  for (const server of [platform, proxy]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(async () => {
  refuseWith = undefined
  asked = []
  tunnelled = []
  for (const way of ways.splice(0)) await way.close()
})
afterAll(() => {
  platform.close()
  proxy.close()
  rmSync(folder, { recursive: true, force: true })
})
asked = []
tunnelled = []

const carry = async (
  network: Network,
  url: string,
  systemAuthorities: () => readonly string[] = () => [],
): Promise<string | Fault> => {
  const way = createWayOut({ network, version: '1.2.3', systemAuthorities })
  ways.push(way)
  try {
    const answer = await way.fetch(url, { method: 'GET', headers: {}, signal: AbortSignal.timeout(10_000) })
    return await answer.text()
  } catch (cause) {
    return way.faultOf(cause, url)
  }
}
const proxied = (more: Network = {}): Network => ({
  proxy: `http://127.0.0.1:${portOf(proxy)}`,
  caFile: at('ca.pem'),
  ...more,
})

test('an authority of the settings or of the system is believed; without it the certificate is the reason', async () => {
  const url = 'https://platform.test/'
  expect(await carry(proxied(), url)).toBe('answered')
  const { proxy: through } = proxied()
  expect(await carry({ proxy: through ?? '' }, url, () => [readFileSync(at('ca.pem'), 'latin1')])).toBe('answered')
  expect(await carry({ proxy: through ?? '' }, url)).toMatchObject({ code: 'platform.certificate' })
  expect(asked).toEqual(['1.2.3', '1.2.3'])
})

test('a certificate for another name, and a file without certificates, are named as such', async () => {
  expect(await carry(proxied(), 'https://other.test/')).toMatchObject({
    code: 'platform.certificate',
    detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
  })
  expect(await carry(proxied({ caFile: at('absent.pem') }), 'https://platform.test/')).toMatchObject({
    code: 'platform.certificate',
    detail: 'caFile ENOENT',
  })
  expect(await carry(proxied({ caFile: at('names') }), 'https://platform.test/')).toMatchObject({
    code: 'platform.certificate',
    detail: 'caFile PEM',
  })
  expect(asked).toEqual([])
})

test('the proxy is told who asks, and a proxy that refuses or is not there is the reason', async () => {
  const named = { ...proxied(), proxy: `http://desk:s%40fe@127.0.0.1:${portOf(proxy)}` }
  expect(await carry(named, 'https://platform.test/')).toBe('answered')
  expect(tunnelled).toEqual([
    { to: 'platform.test:443', authorization: `Basic ${Buffer.from('desk:s@fe').toString('base64')}` },
  ])
  refuseWith = 407
  expect(await carry(proxied(), 'https://platform.test/')).toEqual({ code: 'platform.proxy', detail: '407' })
  expect(await carry(proxied({ proxy: 'http://127.0.0.1:1' }), 'https://platform.test/')).toEqual({
    code: 'platform.proxy',
    detail: 'ECONNREFUSED',
  })
})

test('hosts that are excepted, and this machine itself, are asked without the proxy', async () => {
  const port = portOf(platform)
  expect(await carry(proxied({ except: 'intranet,.platform.test' }), `https://a.platform.test:${port}/`)).toMatchObject(
    { code: 'platform.unreachable', detail: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/u) as string },
  )
  expect(await carry(proxied(), `https://127.0.0.1:${port}/`)).toMatchObject({ code: 'platform.certificate' })
  expect(tunnelled).toEqual([])
})
