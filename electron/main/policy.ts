import { extname, join, normalize, sep } from 'node:path'
import type { SpokenLanguage } from '#shared/contract/boardVoice.ts'

/** The one origin of every page of the program. */
export const ownOrigin = 'app://guichet'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/**
 * Headers of every answer. The two cross-origin ones isolate the page, which also sharpens its clock from 100 to 5 µs.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
}

export interface Asset {
  readonly file: string
  readonly mediaType: string
}

/** The file behind an address, or undefined where it is not ours, of no known type, or outside of the folder. */
export function findAsset(address: string, folder: string): Asset | undefined {
  const url = parse(address)
  if (url === undefined || originOf(url) !== ownOrigin) return undefined
  const path = decode(url.pathname === '/' ? '/index.html' : url.pathname)
  if (path === undefined || /[\0\\]/.test(path)) return undefined
  const file = normalize(join(folder, path))
  const mediaType = mediaTypes[extname(file)]
  return mediaType !== undefined && file.startsWith(folder + sep) ? { file, mediaType } : undefined
}

/** What a wall speaks with: the list of it, or a recording by its language and name. Undefined where it is neither. */
export function findRecording(
  address: string,
): 'list' | { readonly language: SpokenLanguage; readonly file: string; readonly mediaType: string } | undefined {
  const url = parse(address)
  if (url === undefined || originOf(url) !== ownOrigin) return undefined
  if (url.pathname === '/recordings.json') return 'list'
  const named = /^\/recordings\/(fr|ar)\/([a-z0-9]{1,8}(\.(?:ogg|wav|mp3)))$/.exec(url.pathname)
  const [, language, file = '', type = ''] = named ?? []
  const mediaType = mediaTypes[type]
  return (language === 'fr' || language === 'ar') && mediaType !== undefined ? { language, file, mediaType } : undefined
}

/** Whether a page may be shown at this address: our own, and while developing that of the dev server. */
export function isOwnPage(address: string, devServer: string | undefined): boolean {
  const url = parse(address)
  if (url === undefined) return false
  return originOf(url) === ownOrigin || (devServer !== undefined && originOf(url) === new URL(devServer).origin)
}

const localSchemes = new Set(['data:', 'blob:', 'devtools:'])

/** Whether the network layer may fetch this at all: nothing remote, ever. */
export function mayLoad(address: string, devServer: string | undefined): boolean {
  const url = parse(address.replace(/^ws:/, 'http:'))
  return url !== undefined && (localSchemes.has(url.protocol) || isOwnPage(url.href, devServer))
}

/** `URL.origin` is opaque ("null") for a scheme of our own. */
const originOf = (url: URL): string => (url.protocol === 'app:' ? `app://${url.host}` : url.origin)

const attempt = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}
const parse = (address: string): URL | undefined => attempt(() => new URL(address))
const decode = (path: string): string | undefined => attempt(() => decodeURIComponent(path))
