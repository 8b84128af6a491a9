import { describe, expect, it, vi } from 'vitest'
import type { Events } from '#shared/contract/events.ts'
import { calls, type Calls } from '#shared/contract/calls.ts'
import { serve, type Handlers } from '#shared/contract/wire.ts'
import { ok } from '#shared/result.ts'
import { connectBridge } from './index.ts'
import { demoAnswers } from './demo/index.ts'
import { demoState } from './demo/state.ts'

/** A page that hands over ports as the preload does, and a worker behind each. */
function desk() {
  const listeners: ((event: object) => void)[] = []
  const said: unknown[] = []
  const page = {
    location: { origin: 'app://guichet' },
    postMessage: (message: unknown) => {
      said.push(message)
    },
    addEventListener: (_: string, listener: (event: object) => void) => {
      listeners.push(listener)
    },
  }
  const hand = (over: object = {}, overrides: Partial<Handlers<Calls>> = {}) => {
    const { port1, port2 } = new MessageChannel()
    const handlers = { ...demoAnswers(demoState('typical', new Date()), () => {}), ...overrides }
    const server = serve<Calls, Events>(
      {
        post: (message) => {
          port2.postMessage(message)
        },
        onMessage: (heard) => {
          port2.onmessage = (event) => {
            heard(event.data)
          }
        },
      },
      calls,
      handlers,
      () => {},
    )
    for (const listener of listeners)
      listener({ source: page, origin: 'app://guichet', data: 'guichet:port', ports: [port1], ...over })
    return server
  }
  // Only what connectBridge touches of a window.
  return { page: page as unknown as Window, hand, said }
}

describe('the bridge', () => {
  it('takes the port of the preload and nobody else’s, and asks then what was asked before', async () => {
    const { page, hand, said } = desk()
    const arrived = vi.fn()
    const bridge = connectBridge(page)
    // Only now the preload hands over the port: one that came before anybody listened would be lost.
    expect(said).toEqual(['guichet:listening'])
    const asked = bridge.call('sync.status', {})
    void asked.then(arrived)
    hand({ source: {} })
    hand({ origin: 'https://elsewhere.example' })
    hand({ data: 'something else' })
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
    expect(arrived).not.toHaveBeenCalled()
    hand()
    expect(await asked).toMatchObject({ ok: true, value: { link: 'online' } })
  })

  it('outlives the worker: waiting calls fail, listeners and calls go on with the new one', async () => {
    const { page, hand } = desk()
    const bridge = connectBridge(page)
    hand({}, { 'outbox.drain': () => new Promise(() => {}) })
    const restarted = vi.fn()
    const heard = vi.fn()
    bridge.onRestart(restarted)
    bridge.on('outbox', heard)
    const stuck = bridge.call('outbox.drain', {})
    const second = hand(
      {},
      {
        'home.day': () => ok({ day: '2026-11-21', served: 7, incomplete: 0, deposits: [], deadlines: [], drafts: [] }),
      },
    )
    expect(await stuck).toMatchObject({ ok: false, fault: { code: 'internal' } })
    expect(restarted).toHaveBeenCalledOnce()
    expect(await bridge.call('home.day', {})).toMatchObject({ ok: true, value: { served: 7 } })
    second.emit('outbox', { pending: 3 })
    await vi.waitFor(() => {
      expect(heard).toHaveBeenCalledWith({ pending: 3 })
    })
  })
})

it('the demonstration answers every call of the contract', async () => {
  const unanswered = await Promise.all(
    Object.entries(demoAnswers(demoState('typical', new Date()), () => {})).map(async ([name, answer]) => {
      try {
        const said = await (answer as (input: object, context: object) => unknown)({}, {})
        return JSON.stringify(said).includes('call.unknown') ? [name] : []
      } catch {
        return []
      }
    }),
  )
  expect(unanswered.flat()).toEqual([])
})
