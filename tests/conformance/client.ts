import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { createTokens, type CounterIdentity } from '#electron/worker/outbox/auth.ts'
import { batchAnswer, changesAnswer, counterState, eventsBatchType, lookupAnswer, platformPaths, type BatchAnswer, type Command } from '#shared/contract/platform.ts'
import { counterId } from '#shared/ids.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import { hold } from './hold.ts'

export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: unknown
}

/** A counter of the kit: its own series, its own key, enrolled with the code that the operator gave. */
export interface KitCounter {
  readonly identity: CounterIdentity
  /** The raw answer to a batch. */
  post(batch: readonly unknown[] | string): Promise<Answer>
  /** The results of a batch that must be taken. */
  take(batch: readonly Command[]): Promise<BatchAnswer>
  /** Sends a batch and hangs up without reading the answer. */
  hangUp(batch: readonly Command[]): Promise<void>
  lastSeq(): Promise<number>
  look(from: number): Promise<ReturnType<typeof lookupAnswer.parse>>
  changes(after?: string): Promise<ReturnType<typeof changesAnswer.parse>>
}

/** One platform under test. */
export interface Kit {
  ask(method: 'GET' | 'POST', path: string, options?: { body?: string; type?: string; token?: string }): Promise<Answer>
  /** A counter that nobody used before, not yet enrolled. */
  newIdentity(): CounterIdentity
  enrol(identity: CounterIdentity, code?: string): Promise<Answer>
  /** A new counter, enrolled. */
  counter(): Promise<KitCounter>
}

const letters = (): string => Array.from({ length: 4 }, () => String.fromCharCode(65 + Math.floor(Math.random() * 26))).join('')

export function createKit(url: string, code: string): Kit {
  const base = url.replace(/\/+$/, '')
  const ask: Kit['ask'] = async (method, path, { body, type = 'application/json', token } = {}) => {
    const response = await fetch(base + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': type }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: parseOrText(text) }
  }
  const kit: Kit = {
    ask,
    newIdentity: () => anIdentity(counterId.parse(`CK${letters()}${String(1000 + Math.floor(Math.random() * 9000))}-K1`), code),
    enrol: (identity, other = code) =>
      ask('POST', platformPaths.enrolments, { body: JSON.stringify({ counterId: identity.counterId, code: other, publicKey: identity.publicKey }) }),
    counter: async () => {
      const identity = kit.newIdentity()
      const enrolled = await kit.enrol(identity)
      hold(enrolled.status, 200, 'enrolment')
      return counterOf(kit, base, identity)
    },
  }
  return kit
}

function counterOf(kit: Kit, base: string, identity: CounterIdentity): KitCounter {
  const token = createTokens(identity)
  const commands = platformPaths.commands(identity.counterId)
  const signed = async () => ({ token: await token(new Date()) })
  const post: KitCounter['post'] = async (batch) =>
    kit.ask('POST', commands, { body: typeof batch === 'string' ? batch : JSON.stringify(batch), type: eventsBatchType, ...(await signed()) })
  const get = async (path: string): Promise<unknown> => {
    const answer = await kit.ask('GET', path, await signed())
    hold(answer.status, 200, `GET ${path}`)
    return answer.body
  }
  return {
    identity,
    post,
    take: async (batch) => {
      const answer = await post(batch)
      hold(answer.status, 200, 'batch')
      return batchAnswer.parse(answer.body)
    },
    hangUp: async (batch) => {
      const { token: bearer } = await signed()
      const body = JSON.stringify(batch)
      await new Promise<void>((done) => {
        const target = new URL(base + commands)
        const sent = (target.protocol === 'https:' ? secureRequest : request)(target, {
          method: 'POST', headers: { 'content-type': eventsBatchType, 'content-length': Buffer.byteLength(body), authorization: `Bearer ${bearer}` },
        })
        sent.on('error', () => { done() })
        sent.on('response', () => sent.destroy())
        sent.on('close', () => { done() })
        sent.end(body)
        // Late enough that the batch is on its way, early enough that most answers are not.
        sent.on('finish', () => setTimeout(() => sent.destroy(), Math.random() * 8))
      })
    },
    lastSeq: async () => counterState.parse(await get(platformPaths.counter(identity.counterId))).lastSeq,
    look: async (from) => lookupAnswer.parse(await get(`${commands}?from=${String(from)}`)),
    changes: async (after) => changesAnswer.parse(await get(platformPaths.changes + (after === undefined ? '' : `?after=${encodeURIComponent(after)}`))),
  }
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
