import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
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
  /** Makes the bearer token for an instant of the platform's time. */
  readonly token: (at: Date) => Promise<string>
  readonly clock: Clock
  readonly timeoutMs?: number
}

/** Carries questions over HTTP by `fetch`. Redirections are not followed: a captive portal is not the platform. */
export function createHttpTransport({ baseUrl, token, clock, timeoutMs = exchangeTimeout }: Options): Transport {
  const base = baseUrl.replace(/\/+$/, '')
  let skew = 0
  const tokenNow = (): Promise<string> => token(new Date(clock.now().getTime() + skew))
  const exchange = async (question: Question, signal: AbortSignal): Promise<Result<PlatformAnswer>> => {
    const headers = new Headers({ accept: 'application/json' })
    if (question.body !== undefined) headers.set('content-type', question.contentType ?? 'application/json')
    if (question.signed) headers.set('authorization', `Bearer ${await tokenNow()}`)
    const response = await fetch(base + question.path, {
      method: question.method,
      headers,
      redirect: 'manual',
      signal,
      ...(question.body === undefined ? {} : { body: question.body }),
    })
    const body = await readBounded(response)
    if (body === undefined) return err(faultOf('platform.garbage', `more than ${String(answerLimit)} bytes`))
    const retryAfterMs = pauseAsked(response.headers.get('retry-after'), clock.now())
    return ok({ status: response.status, body, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
  }
  return {
    ask: async (question, signal) => {
      const limit = AbortSignal.timeout(timeoutMs)
      try {
        return await exchange(question, AbortSignal.any([signal, limit]))
      } catch (cause) {
        if (signal.aborted) return err(faultOf('call.cancelled'))
        return err(limit.aborted ? faultOf('platform.timeout') : faultOf('platform.unreachable', reasonOf(cause)))
      }
    },
    token: tokenNow,
    setSkew: (ms) => { skew = ms },
  }
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
