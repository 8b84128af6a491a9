import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer as createProxy } from 'node:http'
import { connect, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createServer as createTls } from 'node:tls'
import { startPlatform, type PlatformOptions, type RunningPlatform } from '#tests/platform/startPlatform.ts'

/**
 * A closed network: the platform behind a front with a certificate of the administration's own authority, reached
 * through a proxy alone, which knows its name.
 */
export interface ClosedNetwork {
  readonly platform: RunningPlatform
  /** Of the platform, as counters ask it; no name service knows it. */
  readonly address: string
  /** The authority's certificate, PEM. */
  readonly caFile: string
  /** The proxy's address. */
  readonly proxy: string
  /** Where the proxy was asked to go, `host:port` each. */
  readonly asked: readonly (string | undefined)[]
  close(): Promise<void>
}

/** @param folder for keys and certificates; it has to be there */
export async function openClosedNetwork(folder: string, options: PlatformOptions = {}): Promise<ClosedNetwork> {
  const at = (name: string): string => join(folder, name)
  makeCertificates(folder)
  const address = 'https://platform.test'
  const platform = await startPlatform({ pglite: true, log: () => undefined, ...options, address })
  const ends = new Set<Duplex>()
  const joined = (one: Duplex, other: Duplex): void => {
    one.pipe(other).pipe(one)
    for (const end of [one, other]) {
      ends.add(end)
      end.on('error', () => end.destroy())
      end.on('close', () => ends.delete(end))
    }
  }
  const front = createTls(
    { key: readFileSync(at('platform.key')), cert: readFileSync(at('platform.pem')) },
    (socket) => {
      joined(socket, connect(Number(new URL(platform.url).port), '127.0.0.1'))
    },
  )
  const asked: (string | undefined)[] = []
  const proxy = createProxy((_, answer) => answer.writeHead(500).end())
  proxy.on('connect', (request, socket) => {
    asked.push(request.url)
    const on = connect(portOf(front), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    })
    joined(socket, on)
  })
  await Promise.all([front, proxy].map(listening))
  return {
    platform,
    address,
    caFile: at('ca.pem'),
    proxy: `http://127.0.0.1:${String(portOf(proxy))}`,
    asked,
    close: async () => {
      proxy.closeAllConnections()
      proxy.close()
      front.close()
      // A tunnel whose client has gone holds both servers open.
      for (const end of ends) end.destroy()
      await platform.close()
    },
  }
}

const makeCertificates = (folder: string): void => {
  const openssl = (line: string): void => {
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' })
  }
  const key = 'ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
  openssl(`req -x509 -newkey ${key} -keyout ca.key -out ca.pem -days 2 -subj /CN=Specimen`)
  openssl(`req -newkey ${key} -keyout platform.key -out platform.csr -subj /CN=platform.test`)
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:platform.test\n')
  openssl(
    'x509 -req -in platform.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out platform.pem -days 2 -extfile names',
  )
}

// A server that listens on TCP has an address of this shape.
const portOf = (server: Server): number => (server.address() as AddressInfo).port
const listening = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', done)
  })
