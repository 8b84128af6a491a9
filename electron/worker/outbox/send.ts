import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createAccess, type Access, type AccessAnswer } from './access.ts'
import { createSigner, type CounterIdentity } from './auth.ts'
import type { PlatformAnswer, Question, Transport } from './ports.ts'

/** A whole answer longer than this is refused unread, in bytes; the largest lawful one is a page of the feed. */
export const answerLimit = 8_000_000
/** A whole exchange, in milliseconds: 1 MB at 300 kbit/s, with room. */
export const exchangeTimeout = 40_000
/** A pause longer than this is not believed, in milliseconds. */
const longestPause = 3_600_000

interface Options {
  /** Address of the platform, with or without a path. */
  readonly baseUrl: string
  /** Who asks; absent: public questions only. */
  readonly identity?: CounterIdentity
  readonly clock: Clock
  readonly timeoutMs?: number
}

/** HTTP by `fetch`, and the access that other ways to the same platform share. */
export interface HttpTransport extends Transport {
  readonly access: Access | undefined
}

/** Carries questions over HTTP. Redirections are not followed: a captive portal is not the platform. */
export function createHttpTransport({ baseUrl, identity, clock, timeoutMs = exchangeTimeout }: Options): HttpTransport {
  const base = baseUrl.replace(/\/+$/, '')
  const exchange = async (url: string, request: RequestInit, signal: AbortSignal): Promise<Result<Exchanged>> => {
    const limit = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.any([signal, limit]) })
      const body = await readBounded(response)
      if (body === undefined) return err(faultOf('platform.garbage', `more than ${String(answerLimit)} bytes`))
      const retryAfterMs = pauseAsked(response.headers.get('retry-after'), clock.now())
      return ok({
        answer: { status: response.status, body, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
        heard: { status: response.status, header: (name) => response.headers.get(name) },
      })
    } catch (cause) {
      if (signal.aborted) return err(faultOf('call.cancelled'))
      return err(limit.aborted ? faultOf('platform.timeout') : faultOf('platform.unreachable', reasonOf(cause)))
    }
  }
  const access =
    identity &&
    createAccess({
      baseUrl: base,
      signer: createSigner(identity),
      clock,
      exchange: ({ url, method, headers, body }, signal) =>
        exchange(url, { method, headers: { accept: 'application/json', ...headers }, body }, signal),
    })
  const ask = async (question: Question, signal: AbortSignal): Promise<Result<Exchanged>> => {
    const url = base + question.path
    const proved =
      access === undefined
        ? ok({})
        : await access.headers({ method: question.method, url, proof: question.proof }, signal)
    if (!proved.ok) return proved
    const { method, body } = question
    const headers = {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': question.contentType ?? 'application/json' }),
      ...proved.value,
    }
    return exchange(url, { method, headers, ...(body === undefined ? {} : { body }) }, signal)
  }
  return {
    access,
    ask: async (question, signal) => {
      const first = await ask(question, signal)
      // A new nonce or a token that ended is no refusal: the platform took nothing of the question.
      const last = first.ok && access?.heard(first.value.heard) === true ? await ask(question, signal) : first
      if (!last.ok) return last
      if (last !== first) access?.heard(last.value.heard)
      return ok(last.value.answer)
    },
    setSkew: (ms) => {
      access?.setSkew(ms)
    },
  }
}

interface Exchanged {
  readonly answer: PlatformAnswer
  readonly heard: AccessAnswer
}

async function readBounded(response: Response): Promise<string | undefined> {
  if (response.body === null) return ''
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the stream and with it the connection.
  for await (const part of response.body) {
    size += part.byteLength
    if (size > answerLimit) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** `Retry-After` is seconds or an HTTP date (RFC 9110 §10.2.3). */
function pauseAsked(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined
  const ms = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now.getTime()
  return Number.isNaN(ms) ? undefined : Math.min(longestPause, Math.max(0, ms))
}

/** The system's error code, never the message: it may hold an address. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code
  return inner instanceof Error ? inner.name : 'unknown'
}
