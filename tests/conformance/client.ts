import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { calculateJwkThumbprint } from 'jose'
import type { CounterIdentity } from '#electron/worker/outbox/auth.ts'
import {
  batchAnswer,
  changesAnswer,
  codeAnswer,
  counterState,
  enrolmentAnswer,
  eventsBatchType,
  lookupAnswer,
  platformPaths,
  type BatchAnswer,
  type Command,
  type DeviceRecord,
  type EnrolmentAnswer,
} from '#shared/contract/platform.ts'
import { counterId, type CounterId } from '#shared/ids.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import { createDevice, type Device } from './device.ts'
import { hold } from './hold.ts'

export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: unknown
}

/** A counter of the kit: its own series, its own key, enrolled and approved. */
export interface KitCounter {
  readonly identity: CounterIdentity
  readonly device: Device
  /** The raw answer to a batch. */
  post(batch: readonly unknown[] | string): Promise<Answer>
  /** The results of a batch that must be taken. */
  take(batch: readonly Command[]): Promise<BatchAnswer>
  /** Sends a batch and hangs up without reading the answer. */
  hangUp(batch: readonly Command[]): Promise<void>
  lastSeq(): Promise<number>
  state(): Promise<ReturnType<typeof counterState.parse>>
  look(from: number): Promise<ReturnType<typeof lookupAnswer.parse>>
  changes(after?: string): Promise<ReturnType<typeof changesAnswer.parse>>
}

/** What the operator of the platform decides. */
export interface Operator {
  /** A one-time code for a counter. */
  code(counter: CounterId, seconds?: number): Promise<string>
  /** The raw answer to a decision. */
  decide(identity: CounterIdentity, state: 'approved' | 'revoked'): Promise<Answer>
  /** The raw answer to asking for a least version of the client, or for any. */
  least(version: string | null): Promise<Answer>
}

/** How the kit gets its counters in: by a code that enrols any number of them, or as the operator. */
export type Entrance =
  | { readonly code: string; readonly operator?: string | undefined }
  | { readonly code?: string | undefined; readonly operator: string }

/** One platform under test. */
export interface Kit {
  readonly url: string
  ask(
    method: 'GET' | 'POST',
    path: string,
    options?: { body?: string; type?: string; as?: Device; headers?: Readonly<Record<string, string>> },
  ): Promise<Answer>
  /** A counter that nobody used before, not yet enrolled. */
  newIdentity(): CounterIdentity
  /** A code that enrols this counter. */
  codeFor(identity: CounterIdentity): Promise<string>
  enrol(identity: CounterIdentity, code: string): Promise<Answer>
  /** Enrolled, and approved where that takes the operator. */
  admit(identity: CounterIdentity): Promise<EnrolmentAnswer>
  /** A new counter, enrolled and approved. */
  counter(): Promise<KitCounter>
  /** Absent: rules that need one are not examined. */
  readonly operator: Operator | undefined
}

const letters = (): string =>
  Array.from({ length: 4 }, () => String.fromCharCode(65 + Math.floor(Math.random() * 26))).join('')

export function createKit(url: string, entrance: Entrance): Kit {
  const base = url.replace(/\/+$/, '')
  const ask: Kit['ask'] = async (method, path, { body, type = 'application/json', as, headers = {} } = {}) => {
    const init = {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body }),
    }
    const response = await (as === undefined ? fetch(base + path, init) : as.fetch(path, init))
    const text = await response.text()
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: parseOrText(text) }
  }
  const operator = entrance.operator === undefined ? undefined : operatorOf(ask, entrance.operator)
  const kit: Kit = {
    url: base,
    ask,
    operator,
    newIdentity: () =>
      anIdentity(counterId.parse(`CK${letters()}${String(1000 + Math.floor(Math.random() * 9000))}-K1`)),
    codeFor: async ({ counterId: counter }) => entrance.code ?? (await operator?.code(counter)) ?? '',
    enrol: async (identity, code) => {
      const body = JSON.stringify({ counterId: identity.counterId, code, publicKey: identity.publicKey })
      const response = await createDevice(base, identity).fetch(
        platformPaths.enrolments,
        { method: 'POST', headers: { 'content-type': 'application/json' }, body },
        'key',
      )
      return {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        body: parseOrText(await response.text()),
      }
    },
    admit: async (identity) => {
      const enrolled = await kit.enrol(identity, await kit.codeFor(identity))
      hold(enrolled.status, 200, 'enrolment')
      const answer = enrolmentAnswer.parse(enrolled.body)
      if (answer.state === 'approved' || operator === undefined) return answer
      hold((await operator.decide(identity, 'approved')).status, 200, 'approval')
      return { ...answer, state: 'approved' }
    },
    counter: async () => {
      const identity = kit.newIdentity()
      hold((await kit.admit(identity)).state, 'approved', 'enrolment')
      return counterOf(kit, base, identity)
    },
  }
  return kit
}

function operatorOf(ask: Kit['ask'], token: string): Operator {
  const headers = { authorization: `Bearer ${token}` }
  return {
    code: async (counter, seconds = 3600) => {
      const made = await ask('POST', platformPaths.codes, {
        body: JSON.stringify({ counterId: counter, seconds }),
        headers,
      })
      hold(made.status, 201, 'a one-time code')
      return codeAnswer.parse(made.body).code
    },
    least: async (version) =>
      ask('POST', platformPaths.leastVersion, { body: JSON.stringify({ least: version }), headers }),
    decide: async ({ counterId: counter, publicKey }, state: DeviceRecord['state']) =>
      ask('POST', platformPaths.device(counter, await calculateJwkThumbprint(publicKey)), {
        body: JSON.stringify({ state }),
        headers,
      }),
  }
}

/** A counter by its key, enrolled before. */
export function counterOf(kit: Kit, base: string, identity: CounterIdentity): KitCounter {
  const device = createDevice(base, identity)
  const commands = platformPaths.commands(identity.counterId)
  const post: KitCounter['post'] = async (batch) =>
    kit.ask('POST', commands, {
      body: typeof batch === 'string' ? batch : JSON.stringify(batch),
      type: eventsBatchType,
      as: device,
    })
  const get = async (path: string): Promise<unknown> => {
    const answer = await kit.ask('GET', path, { as: device })
    hold(answer.status, 200, `GET ${path}`)
    return answer.body
  }
  const state = async (): Promise<ReturnType<typeof counterState.parse>> =>
    counterState.parse(await get(platformPaths.counter(identity.counterId)))
  return {
    identity,
    device,
    post,
    take: async (batch) => {
      const answer = await post(batch)
      hold(answer.status, 200, 'batch')
      return batchAnswer.parse(answer.body)
    },
    hangUp: async (batch) => {
      const proved = await device.headers('POST', commands)
      const body = JSON.stringify(batch)
      await new Promise<void>((done) => {
        const target = new URL(base + commands)
        const sent = (target.protocol === 'https:' ? secureRequest : request)(target, {
          method: 'POST',
          headers: { 'content-type': eventsBatchType, 'content-length': Buffer.byteLength(body), ...proved },
        })
        sent.on('error', () => {
          done()
        })
        sent.on('response', () => sent.destroy())
        sent.on('close', () => {
          done()
        })
        sent.end(body)
        // Late enough that the batch is on its way, early enough that most answers are not.
        sent.on('finish', () => setTimeout(() => sent.destroy(), Math.random() * 8))
      })
    },
    lastSeq: async () => (await state()).lastSeq,
    state,
    look: async (from) => lookupAnswer.parse(await get(`${commands}?from=${String(from)}`)),
    changes: async (after) =>
      changesAnswer.parse(
        await get(platformPaths.changes + (after === undefined ? '' : `?after=${encodeURIComponent(after)}`)),
      ),
  }
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
