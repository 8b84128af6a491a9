import { existsSync, readFileSync } from 'node:fs'
import { createSecureContext, rootCertificates } from 'node:tls'
import * as tls from 'node:tls'
import type { Dispatcher, fetch as undiciFetch } from 'undici'
import type { Network } from '#shared/contract/hosts.ts'
import { clientVersionHeader } from '#shared/contract/platform.ts'
import { faultOf, type Fault } from '#shared/fault.ts'

/** What is sent, as `fetch` takes it. */
export interface Leaving {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined
  readonly signal: AbortSignal
}

/** The one way by which anything leaves the counter: for questions and for files alike. */
export interface WayOut {
  /** Carries one exchange. Redirections are not followed. Rejects as `fetch` does. */
  fetch(url: string, leaving: Leaving): Promise<Response>
  /** What a rejection means: platform.certificate, platform.proxy, platform.unreachable. */
  faultOf(cause: unknown, url: string): Fault
  close(): Promise<void>
}

/** The library, once it is needed, with its two ways. */
interface Opened {
  readonly fetch: typeof undiciFetch
  readonly direct: Dispatcher
  readonly proxied: Dispatcher
}

/** Where systems keep the authorities that their administrators believe: Debian, Red Hat and Alpine. */
const systemStores = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem']

interface Options {
  readonly network?: Network | undefined
  /** Of this program: the platform lists who runs what. */
  readonly version?: string | undefined
  /** The authorities of the system (PEM); those of this machine when absent. */
  readonly systemAuthorities?: () => readonly string[]
}

/**
 * Opens the way out: by TLS with the authorities of the runtime, of the system and of the machine's settings, through
 * the proxy that these name. Nothing is read before the first exchange by https.
 */
export function createWayOut({ network = {}, version, systemAuthorities = ofSystem }: Options = {}): WayOut {
  const { proxy } = network
  let made: Promise<Opened> | undefined
  const byProxy = (url: string): boolean => proxy !== undefined && !isLoopback(url) && !isExcepted(url, network.except)
  const open = async (): Promise<Opened> => {
    const { Agent, fetch, ProxyAgent } = await import('undici')
    const ofMachine = network.caFile === undefined ? [] : [readAuthorities(network.caFile)]
    const secureContext = createSecureContext({ ca: [...rootCertificates, ...systemAuthorities(), ...ofMachine] })
    const direct = new Agent({ connect: { secureContext } })
    const named = proxy === undefined ? undefined : new URL(proxy)
    const proxied =
      named === undefined
        ? direct
        : new ProxyAgent({
            uri: named.origin,
            ...(named.username === '' ? {} : { token: basic(named) }),
            requestTls: { secureContext },
            proxyTls: { secureContext },
          })
    return { fetch, direct, proxied }
  }
  return {
    fetch: async (url, { method, headers, body, signal }) => {
      const sent = { ...headers, ...(version === undefined ? {} : { [clientVersionHeader]: version }) }
      const request = {
        method,
        headers: sent,
        redirect: 'manual',
        signal,
        ...(body === undefined ? {} : { body }),
      } as const
      // In clear there is only this machine itself.
      if (!url.startsWith('https:')) return fetch(url, request)
      made ??= open()
      // What could not be opened is looked at again with the next question: a file may have been put right.
      const way = await made.catch((cause: unknown) => {
        made = undefined
        throw cause
      })
      // undici's own answer is the runtime's, by another declaration.
      return (await way.fetch(url, {
        ...request,
        dispatcher: byProxy(url) ? way.proxied : way.direct,
      })) as unknown as Response
    },
    faultOf: (cause, url) => meaningOf(cause, byProxy(url)),
    close: async () => {
      const way = await made?.catch(() => undefined)
      await Promise.all([way?.direct.destroy(), way?.proxied.destroy()])
    },
  }
}

/** A file of the settings that cannot be read: nothing is believed by it. */
class NoAuthorities extends Error {
  readonly code: string
  constructor(code: string) {
    super('the file of authorities cannot be read')
    this.code = code
  }
}

const readAuthorities = (file: string): string => {
  try {
    const text = readFileSync(file, 'latin1')
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  } catch (cause) {
    throw new NoAuthorities(`caFile ${codeOf(cause) ?? ''}`)
  }
  throw new NoAuthorities('caFile PEM')
}

const ofSystem = (): readonly string[] => {
  const file = systemStores.find((one) => existsSync(one))
  // Later runtimes read the stores of Windows and macOS too.
  const asked = (tls as { getCACertificates?: (kind: 'system') => string[] }).getCACertificates
  if (file === undefined) return asked?.('system') ?? []
  try {
    return [readFileSync(file, 'latin1')]
  } catch {
    return []
  }
}

const basic = ({ username, password }: URL): string =>
  `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`

const isLoopback = (url: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u.test(new URL(url).hostname)

/** `no_proxy`: names and their subdomains, with or without a dot before them, commas between; `*` is everything. */
const isExcepted = (url: string, except: string | undefined): boolean => {
  const { hostname } = new URL(url)
  return (except ?? '')
    .split(/[,\s]+/u)
    .map((one) => one.replace(/^\*?\./u, '').replace(/:\d+$/u, ''))
    .some((one) => one === '*' || (one !== '' && (hostname === one || hostname.endsWith(`.${one}`))))
}

/** What OpenSSL and Node say of a certificate (nodejs.org/api/tls.html, X509 certificate error codes). */
const certificate =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT)_|CRL_|INVALID_(CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH|ERROR_IN_CERT)/u

/** Through a proxy these happen between this machine and the proxy: the platform is not asked by itself. */
const ofProxy = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_(ABORTED|CONNECT_TIMEOUT))$/u

/** The system's or the library's code, never the message: it may hold an address. */
const meaningOf = (cause: unknown, byProxy: boolean): Fault => {
  const inner = innermost(cause)
  const code = codeOf(inner) ?? (inner instanceof Error ? inner.name : 'unknown')
  if (inner instanceof NoAuthorities || certificate.test(code)) return faultOf('platform.certificate', code)
  if (byProxy && ofProxy.test(code)) {
    const status = inner instanceof Error ? /Proxy response \((\d{3})\)/u.exec(inner.message)?.[1] : undefined
    return faultOf('platform.proxy', status ?? code)
  }
  return faultOf('platform.unreachable', code)
}

const innermost = (cause: unknown): unknown => {
  let inner = cause
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause
  return inner
}

const codeOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
