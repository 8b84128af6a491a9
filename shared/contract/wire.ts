import { z } from 'zod'
import { faultOf, type Fault } from '../fault.ts'
import { err, type Result } from '../result.ts'
import { faultSchema } from './faultSchema.ts'

/** A structured-clone channel: a DOM MessagePort, an Electron MessagePortMain, or a Node one, adapted. */
export interface Wire {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The other end is gone; absent where the channel does not tell. */
  onClose?(listener: () => void): void
}

export type Shape = Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>
type EventShape = Readonly<Record<string, z.ZodType>>
type InOf<S extends Shape, C extends keyof S> = z.input<S[C]['input']>
type ParsedOf<S extends Shape, C extends keyof S> = z.output<S[C]['input']>
type OutOf<S extends Shape, C extends keyof S> = z.output<S[C]['output']>

export type Handlers<S extends Shape> = {
  readonly [C in keyof S]: (
    input: ParsedOf<S, C>,
    signal: AbortSignal,
  ) => Promise<Result<OutOf<S, C>>> | Result<OutOf<S, C>>
}

const question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id: z.int(), call: z.string(), input: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id: z.int() }),
])
const envelope = z.union([
  z.strictObject({ kind: z.literal('reply'), id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ kind: z.literal('reply'), id: z.int(), ok: z.literal(false), fault: faultSchema }),
  z.strictObject({ kind: z.literal('event'), event: z.string(), payload: z.unknown() }),
])

const tornReply = z.object({ kind: z.literal('reply'), id: z.int() })

/** Answers one call whose input was parsed by its shape. */
export type Answer = (name: string, input: unknown, signal: AbortSignal) => Promise<Result<unknown>> | Result<unknown>

interface Served<E extends EventShape> {
  readonly emit: <N extends keyof E & string>(event: N, payload: z.output<E[N]>) => void
}

/** As `serveWith`, each call by its own handler. */
export function serve<S extends Shape, E extends EventShape>(
  wire: Wire,
  shape: S,
  handlers: Handlers<S>,
  onCrash: (call: string, cause: unknown) => void,
): Served<E> {
  return serveWith(
    wire,
    shape,
    (name, input, signal) =>
      (handlers[name] as (input: unknown, signal: AbortSignal) => Promise<Result<unknown>>)(input, signal),
    onCrash,
  )
}

/**
 * Answers calls on a wire. Each input is parsed before it is answered, and no exception crosses: what throws is told to
 * `onCrash` and answered as `internal`. When the other end goes, the signals of what still runs are aborted.
 */
export function serveWith<S extends Shape, E extends EventShape>(
  wire: Wire,
  shape: S,
  answer: Answer,
  onCrash: (call: string, cause: unknown) => void,
): Served<E> {
  const running = new Map<number, AbortController>()
  let closed = false
  const answerCall = async (id: number, name: string, input: unknown): Promise<void> => {
    const result = await run(name, input, id)
    if (closed) return
    const fail = (fault: Fault): void => {
      wire.post({ kind: 'reply', id, ok: false, fault })
    }
    if (!result.ok) {
      fail(result.fault)
      return
    }
    try {
      wire.post({ kind: 'reply', id, ok: true, value: result.value })
    } catch (cause) {
      // What cannot be cloned cannot be sent; whoever waits is told so.
      onCrash(name, cause)
      fail(faultOf('internal'))
    }
  }
  const run = async (name: string, input: unknown, id: number): Promise<Result<unknown>> => {
    const known = Object.hasOwn(shape, name) ? shape[name] : undefined
    if (known === undefined) return err(faultOf('call.unknown', name.slice(0, 80)))
    const parsed = known.input.safeParse(input)
    if (!parsed.success) return err(faultOf('call.invalid', whatIsWrong(parsed.error)))
    const controller = new AbortController()
    running.set(id, controller)
    try {
      return await answer(name, parsed.data, controller.signal)
    } catch (cause) {
      onCrash(name, cause)
      return err(faultOf('internal'))
    } finally {
      running.delete(id)
    }
  }
  wire.onMessage((message) => {
    const parsed = question.safeParse(message)
    if (!parsed.success) return
    if (parsed.data.kind === 'cancel') running.get(parsed.data.id)?.abort()
    else void answerCall(parsed.data.id, parsed.data.call, parsed.data.input)
  })
  wire.onClose?.(() => {
    closed = true
    for (const controller of running.values()) controller.abort()
  })
  return {
    emit: (event, payload) => {
      if (!closed) wire.post({ kind: 'event', event, payload })
    },
  }
}

/** The paths of what was refused, never the values: they may be personal. */
const whatIsWrong = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.code}`)
    .join('; ')

export interface Client<S extends Shape, E extends EventShape> {
  call<C extends keyof S & string>(name: C, input: InOf<S, C>, signal?: AbortSignal): Promise<Result<OutOf<S, C>>>
  on<N extends keyof E & string>(event: N, listener: (payload: z.output<E[N]>) => void): () => void
  /** Fails every waiting call with this fault; used when the other side died. */
  fail(fault: Fault): void
}

/** Asks calls on a wire and hears its events; replies and payloads are parsed too, since a wire is a boundary. */
export function connect<S extends Shape, E extends EventShape>(wire: Wire, shape: S, events: E): Client<S, E> {
  let last = 0
  const waiting = new Map<number, { name: string; settle: (result: Result<unknown>) => void }>()
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const settle = (id: number, result: Result<unknown>): void => {
    waiting.get(id)?.settle(result)
    waiting.delete(id)
  }
  wire.onMessage((message) => {
    const parsed = envelope.safeParse(message)
    if (!parsed.success) {
      // A reply that nobody can read still ends the wait for it.
      const torn = tornReply.safeParse(message)
      if (torn.success) settle(torn.data.id, err(faultOf('call.invalid', 'reply')))
      return
    }
    const said = parsed.data
    if (said.kind === 'event') {
      const payload = Object.hasOwn(events, said.event) ? events[said.event]?.safeParse(said.payload) : undefined
      if (payload?.success === true)
        for (const listener of listeners.get(said.event) ?? []) listener(payload.data as never)
      return
    }
    if (!said.ok) {
      settle(said.id, err(said.fault))
      return
    }
    const name = waiting.get(said.id)?.name
    const value = name === undefined ? undefined : shape[name]?.output.safeParse(said.value)
    if (value === undefined) return
    settle(
      said.id,
      value.success ? { ok: true, value: value.data } : err(faultOf('call.invalid', whatIsWrong(value.error))),
    )
  })
  return {
    call: (name, input, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve(err(faultOf('call.cancelled')))
          return
        }
        const id = (last += 1)
        const cancel = (): void => {
          wire.post({ kind: 'cancel', id })
        }
        waiting.set(id, {
          name,
          settle: (result) => {
            signal?.removeEventListener('abort', cancel)
            // The reply was parsed by the output schema of this very call, so its type is the promised one.
            resolve(result as Parameters<typeof resolve>[0])
          },
        })
        signal?.addEventListener('abort', cancel)
        wire.post({ kind: 'call', id, call: name, input })
      }),
    on: (event, listener) => {
      const heard = listeners.get(event) ?? new Set()
      listeners.set(event, heard)
      heard.add(listener)
      return () => {
        heard.delete(listener)
      }
    },
    fail: (fault) => {
      for (const id of [...waiting.keys()]) settle(id, err(fault))
    },
  }
}
