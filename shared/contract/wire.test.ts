import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { faultOf } from '../fault.ts'
import { err, ok } from '../result.ts'
import { connect, serve, type Handlers, type Wire } from './wire.ts'

const shape = {
  double: { input: z.strictObject({ n: z.int() }), output: z.strictObject({ n: z.int() }) },
  wait: { input: z.strictObject({}), output: z.strictObject({}) },
} as const
const events = { tick: z.strictObject({ n: z.int() }) } as const

/** Two ends that hand each other structured clones, as a MessagePort does. */
function pair(): readonly [Wire, Wire] {
  const heard: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []]
  const end = (mine: 0 | 1, other: 0 | 1): Wire => ({
    post: (message) => {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => {
        for (const listener of heard[other]) listener(copy)
      })
    },
    onMessage: (listener) => {
      heard[mine].push(listener)
    },
  })
  return [end(0, 1), end(1, 0)]
}

const handlers: Handlers<typeof shape> = {
  double: ({ n }) => ok({ n: n * 2 }),
  wait: (_input, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        resolve(err(faultOf('call.cancelled')))
      })
    }),
}

function joined(part: Partial<Handlers<typeof shape>> = {}, onCrash = vi.fn()) {
  const [here, there] = pair()
  const served = serve<typeof shape, typeof events>(there, shape, { ...handlers, ...part }, onCrash)
  return { client: connect(here, shape, events), served, here, onCrash }
}

describe('a wire', () => {
  test('carries a call and its answer', async () => {
    expect(await joined().client.call('double', { n: 21 })).toEqual(ok({ n: 42 }))
  })

  test('refuses an input of another shape before the handler sees it, without repeating the value', async () => {
    const double = vi.fn(handlers.double)
    const { client } = joined({ double })
    const answer = await client.call('double', { n: 'Fatima' } as never)
    expect(answer).toEqual(err(faultOf('call.invalid', 'n: invalid_type')))
    expect(double).not.toHaveBeenCalled()
  })

  test('refuses an unknown call, also one named like a member of every object', async () => {
    const { client } = joined()
    expect(await client.call('toString' as never, {} as never)).toEqual(err(faultOf('call.unknown', 'toString')))
  })

  test('answers a handler that throws as an internal fault and tells the cause to this side only', async () => {
    const { client, onCrash } = joined({
      double: () => {
        throw new Error('secret')
      },
    })
    expect(await client.call('double', { n: 1 })).toEqual(err(faultOf('internal')))
    expect(onCrash).toHaveBeenCalledWith('double', expect.objectContaining({ message: 'secret' }))
  })

  test('refuses an answer of another shape', async () => {
    const { client } = joined({ double: () => ok({ n: 'no' }) as never })
    expect(await client.call('double', { n: 1 })).toMatchObject({ ok: false, fault: { code: 'call.invalid' } })
  })

  test('cancels a running call', async () => {
    const { client } = joined()
    const controller = new AbortController()
    const answer = client.call('wait', {}, controller.signal)
    controller.abort()
    expect(await answer).toEqual(err(faultOf('call.cancelled')))
  })

  test('fails what waits when the other side dies', async () => {
    const { client } = joined()
    const answer = client.call('wait', {})
    client.fail(faultOf('devices.down'))
    expect(await answer).toEqual(err(faultOf('devices.down')))
  })

  test('hands events to their listeners until they stop listening, and drops one of another shape', async () => {
    const { client, served } = joined()
    const heard: number[] = []
    const stop = client.on('tick', ({ n }) => {
      heard.push(n)
    })
    served.emit('tick', { n: 1 })
    served.emit('tick', { n: 'x' } as never)
    served.emit('tick', { n: 2 })
    await client.call('double', { n: 0 })
    stop()
    served.emit('tick', { n: 3 })
    await client.call('double', { n: 0 })
    expect(heard).toEqual([1, 2])
  })

  test('survives any message from the other side', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (junk) => {
        const { client, here } = joined()
        try {
          here.post(junk)
        } catch {
          return
        }
        expect(await client.call('double', { n: 2 })).toEqual(ok({ n: 4 }))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a wire that ends', () => {
  test('a signal that is aborted already asks nothing', async () => {
    const wait = vi.fn(handlers.wait)
    const { client } = joined({ wait })
    expect(await client.call('wait', {}, AbortSignal.abort())).toEqual(err(faultOf('call.cancelled')))
    await client.call('double', { n: 1 })
    expect(wait).not.toHaveBeenCalled()
  })

  test('a signal that outlives its call keeps nothing of it', async () => {
    const { client } = joined()
    const signal = new AbortController().signal
    const removed = vi.spyOn(signal, 'removeEventListener')
    await client.call('double', { n: 1 }, signal)
    expect(removed).toHaveBeenCalledWith('abort', expect.anything())
  })

  test('a reply that nobody can read ends the wait for it', async () => {
    let say: (message: unknown) => void = () => undefined
    const client = connect(
      {
        post: () => {
          say({ kind: 'reply', id: 1, ok: 'perhaps' })
        },
        onMessage: (listener) => {
          say = listener
        },
      },
      shape,
      events,
    )
    expect(await client.call('double', { n: 1 })).toEqual(err(faultOf('call.invalid', 'reply')))
  })

  test('what cannot be sent is answered as internal', async () => {
    const { client, onCrash } = joined({ wait: () => ok({ f: () => undefined }) as never })
    expect(await client.call('wait', {})).toMatchObject({ ok: false, fault: { code: 'internal' } })
    expect(onCrash).toHaveBeenCalledWith('wait', expect.anything())
  })

  test('the other end goes: what runs is told, and nothing more is sent', async () => {
    let close = (): void => undefined
    const posted: unknown[] = []
    let ask: (message: unknown) => void = () => undefined
    let seen: AbortSignal | undefined
    const served = serve<typeof shape, typeof events>(
      {
        post: (message) => {
          posted.push(message)
        },
        onMessage: (listener) => {
          ask = listener
        },
        onClose: (listener) => {
          close = listener
        },
      },
      shape,
      {
        ...handlers,
        wait: (input, signal) => {
          seen = signal
          return handlers.wait(input, signal)
        },
      },
      () => undefined,
    )
    ask({ kind: 'call', id: 1, call: 'wait', input: {} })
    close()
    served.emit('tick', { n: 1 })
    await Promise.resolve()
    expect(seen?.aborted).toBe(true)
    expect(posted).toEqual([])
  })
})
