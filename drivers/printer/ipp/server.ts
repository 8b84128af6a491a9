import { existsSync } from 'node:fs'

/** Where IPP is spoken: to CUPS, which knows many printers, or to one printer itself. */
export interface IppServer {
  readonly kind: 'cups' | 'printer'
  /** The socket file, or host and port. */
  readonly connect: { readonly socketPath: string } | { readonly host: string; readonly port: number }
  /** The address a printer is named by in a request; a CUPS queue adds its name. */
  readonly uri: string
  /** The resource that requests are posted to; a CUPS queue has its own. */
  readonly path: string
}

/** The IANA port of IPP. */
const ippPort = 631

/**
 * Reads a server's address: a socket file (`/run/cups/cups.sock`), a CUPS host (`localhost`, `localhost:8631`,
 * `http://localhost:631`), or one printer (`ipp://printer.example/ipp/print`). Undefined: it is none of these.
 */
export function parseIppServer(text: string): IppServer | undefined {
  if (text.startsWith('/')) return { kind: 'cups', connect: { socketPath: text }, uri: 'ipp://localhost/', path: '/' }
  const address = text.includes('://') ? text : `http://${text}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.hostname === '') return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const connect = { host, port: url.port === '' ? ippPort : Number(url.port) }
  if (url.protocol === 'http:') return { kind: 'cups', connect, uri: 'ipp://localhost/', path: '/' }
  if (url.protocol === 'ipp:')
    return { kind: 'printer', connect, uri: url.href, path: url.pathname === '' ? '/' : url.pathname }
  return undefined
}

/** The socket of CUPS on Linux, as its packages configure it. */
const cupsSocket = '/run/cups/cups.sock'

/**
 * CUPS of this machine: `CUPS_SERVER` where it is set (every CUPS program obeys it), else its socket, else port 631.
 */
export const localCups = (env: Readonly<Record<string, string | undefined>>): string =>
  env['CUPS_SERVER'] || (existsSync(cupsSocket) ? cupsSocket : 'localhost')
