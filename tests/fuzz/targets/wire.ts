import { calls, type Call, type Calls } from '#shared/contract/calls.ts'
import { events, type Events } from '#shared/contract/events.ts'
import { connect, serve, type Handlers, type Wire } from '#shared/contract/wire.ts'
import type { Draw } from '../draw.ts'
import { stray } from '../generate.ts'
import { mutateValue } from '../mutate.ts'
import { askParser, messageOf } from '../schemaTarget.ts'
import { must, type Target } from '../target.ts'

const names = Object.keys(calls) as Call[] // the contract's own names
const eventNames = Object.keys(events) as (keyof Events)[] // likewise

/** A wire whose other end is this case. */
const loose = () => {
  const said: unknown[] = []
  let hear: (message: unknown) => void = () => undefined
  const wire: Wire = {
    post: (message) => {
      said.push(message)
    },
    onMessage: (listener) => {
      hear = listener
    },
  }
  return {
    wire,
    said,
    hear: (message: unknown) => {
      hear(message)
    },
  }
}

/**
 * What a renderer that went mad could post to the worker: no handler sees what its parser did not let through, and each
 * call is answered.
 */
export const asked: Target = {
  about: 'questions on the wire: handlers see parsed input alone, nothing crashes, each call is answered once',
  open: () => {
    let reached = false
    const seen = (name: Call) => (input: unknown) => {
      reached = true
      const again = calls[name].input.safeParse(input)
      must(again.success && stray(calls[name].input, input) === undefined, `${name} saw what was not parsed`)
      return { ok: false, fault: { code: 'internal' } }
    }
    // Each name of the contract has its handler.
    const handlers = Object.fromEntries(names.map((name) => [name, seen(name)])) as unknown as Handlers<Calls>
    const { wire, said, hear } = loose()
    let crash: unknown
    serve<Calls, Events>(wire, calls, handlers, (_, cause) => {
      crash = cause
    })
    return {
      one: async (draw) => {
        const name = draw.pick(names)
        said.length = 0
        reached = false
        crash = undefined
        const message = {
          kind: draw.chance(0.95) ? 'call' : 'cancel',
          id: draw.below(9),
          call: draw.chance(0.95) ? name : draw.pick(['__proto__', 'toString', 'x']),
          input: messageOf(draw, calls[name].input, 'clone'),
        }
        hear(draw.chance(0.2) ? mutateValue(draw, message, 'clone') : message)
        await Promise.resolve()
        await Promise.resolve()
        if (crash !== undefined) throw new Error('a handler crashed', { cause: crash })
        must(said.length <= 1, 'answered more than once')
        return reached
      },
    }
  },
}

/** What a worker that went mad could post to the window: nothing reaches a caller or a listener unparsed. */
export const answered: Target = {
  about:
    'replies and events on the wire: what reaches the window is parsed, a caller never hangs on a reply of its own',
  open: () => {
    const { wire, hear } = loose()
    const client = connect<Calls, Events>(wire, calls, events)
    let heard = 0
    for (const name of eventNames)
      client.on(name, (payload) => {
        heard += askParser(events[name], payload) ? 1 : 0
      })
    let id = 0
    const reply = (draw: Draw, name: Call): unknown =>
      draw.chance(0.8)
        ? { kind: 'reply', id, ok: true, value: messageOf(draw, calls[name].output, 'clone') }
        : { kind: 'reply', id, ok: false, fault: mutateValue(draw, { code: 'internal' }, 'clone') }
    return {
      one: async (draw) => {
        const name = draw.pick(names)
        const event = draw.pick(eventNames)
        const before = heard
        // The wire is the case's own: what is asked is never looked at.
        const asking = client.call(name, {})
        id += 1
        hear({ kind: 'event', event, payload: messageOf(draw, events[event], 'clone') })
        const message = reply(draw, name)
        hear(draw.chance(0.2) ? mutateValue(draw, message, 'clone') : message)
        client.fail({ code: 'internal' })
        const got = await asking
        if (got.ok) askParser(calls[name].output, got.value)
        return got.ok || heard > before
      },
    }
  },
}
