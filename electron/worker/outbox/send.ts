import { randomUUID } from 'node:crypto'
import { platformKeysAnswer } from '#shared/contract/heads.ts'
import { platformPaths } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createAccess, type Access, type AccessAnswer } from './access.ts'
import { parseAnswer, refusal } from './answers.ts'
import { createSigner, type CounterIdentity } from './auth.ts'
import { digestOf, whoAnswered } from './believeAnswer.ts'
import type { PlatformAnswer, PlatformTrust, Question, Transport } from './ports.ts'
import { createWayOut, type WayOut } from './wayOut.ts'

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
  /** By which way; absent: straight. */
  readonly wayOut?: WayOut
  /** What its answers are believed by. Absent: whatever answers, as for whoever only looks whether something does. */
  readonly trust?: PlatformTrust
}

/** HTTP by `fetch`, and the access that other ways to the same platform share. */
export interface HttpTransport extends Transport {
  readonly access: Access | undefined
}

/**
 * Carries questions over HTTP by the way out. Redirections are not followed: a captive portal is not the platform. Faults besides those
 * of `Transport`: platform.certificate, platform.proxy, platform.unsigned, platform.foreignKey (what answered is not the platform, or not to this question),
 * platform.unknownKey (this counter knows none yet).
 */
export function createHttpTransport({
  baseUrl,
  identity,
  clock,
  timeoutMs = exchangeTimeout,
  wayOut = createWayOut(),
  trust,
}: Options): HttpTransport {
  const base = baseUrl.replace(/\/+$/, '')
  const exchange: Carry = async (url, request, signal) => {
    const limit = AbortSignal.timeout(timeoutMs)
    try {
      const response = await wayOut.fetch(url, { ...request, signal: AbortSignal.any([signal, limit]) })
      const bytes = await readBounded(response)
      if (bytes === undefined) return err(faultOf('platform.garbage', `more than ${String(answerLimit)} bytes`))
      const retryAfterMs = pauseAsked(response.headers.get('retry-after'), clock.now())
      const { status } = response
      return ok({
        bytes,
        answer: { status, body: bytes.toString('utf8'), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
        heard: { status, header: (name) => response.headers.get(name) },
      })
    } catch (cause) {
      if (signal.aborted) return err(faultOf('call.cancelled'))
      return err(limit.aborted ? faultOf('platform.timeout') : wayOut.faultOf(cause, url))
    }
  }
  const carry = trust === undefined ? exchange : believing(base + platformPaths.platformKeys, exchange, trust)
  const access =
    identity &&
    createAccess({
      baseUrl: base,
      signer: createSigner(identity),
      clock,
      exchange: ({ url, method, headers, body }, signal) =>
        carry(url, { method, headers: { accept: 'application/json', ...headers }, body }, signal),
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
    return carry(url, { method, headers, ...(body === undefined ? {} : { body }) }, signal)
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

interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}
type Carry = (url: string, request: Sent, signal: AbortSignal) => Promise<Result<Exchanged>>

/**
 * Takes only what the platform put its name to. Who merely says that he is busy or broken needs no name: that is a
 * pause, and whoever sits on the line can cut it anyway.
 */
const believing = (keysUrl: string, exchange: Carry, trust: PlatformTrust): Carry => {
  /** The keys speak for themselves: each is vouched for by the one before. */
  const meet = async (signal: AbortSignal): Promise<Result<boolean>> => {
    const answer = await exchange(keysUrl, { method: 'GET', headers: { accept: 'application/json' } }, signal)
    if (!answer.ok) return answer
    if (answer.value.answer.status !== 200) return err(refusal(answer.value.answer))
    const published = parseAnswer(answer.value.answer.body, platformKeysAnswer)
    return published.ok ? ok(trust.follow(published.value.keys)) : published
  }
  return async (url, { method, headers, body }, signal) => {
    if (trust.keys().length === 0) {
      if (!trust.believesFirst) return err(faultOf('platform.unknownKey'))
      const met = await meet(signal)
      if (!met.ok) return met
    }
    // A public question has no proof that is made once: a word of its own keeps an older answer from fitting.
    const asked = 'dpop' in headers ? url : `${url}${url.includes('?') ? '&' : '?'}once=${randomUUID()}`
    const proved = body === undefined ? headers : { ...headers, 'content-digest': digestOf(body) }
    const answer = await exchange(asked, { method, headers: proved, ...(body === undefined ? {} : { body }) }, signal)
    if (!answer.ok) return answer
    const judge = (): ReturnType<typeof whoAnswered> =>
      whoAnswered(trust.keys(), { url: asked, headers: proved }, { bytes: answer.value.bytes, ...answer.value.heard })
    let by = judge()
    if (by === 'otherKey') {
      const met = await meet(signal)
      if (!met.ok) return met
      if (met.value) by = judge()
    }
    const { status } = answer.value.heard
    if (by === 'ours' || status === 429 || status >= 500) return answer
    return err(faultOf(by === 'otherKey' ? 'platform.foreignKey' : 'platform.unsigned', String(status), { status }))
  }
}

interface Exchanged {
  /** The body as it came. */
  readonly bytes: Uint8Array
  readonly answer: PlatformAnswer
  readonly heard: AccessAnswer
}

async function readBounded(response: Response): Promise<Buffer | undefined> {
  if (response.body === null) return Buffer.alloc(0)
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the stream and with it the connection.
  for await (const part of response.body) {
    size += part.byteLength
    if (size > answerLimit) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** `Retry-After` is seconds or an HTTP date (RFC 9110 §10.2.3). */
function pauseAsked(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined
  const ms = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now.getTime()
  return Number.isNaN(ms) ? undefined : Math.min(longestPause, Math.max(0, ms))
}
