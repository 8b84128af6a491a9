import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MessageChannel } from 'node:worker_threads'
import type { Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { aReceipt } from '#tests/builders/receipt.ts'
import { openRemotePress } from './remotePress.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A press that answers by hand: what it was asked, and `answer` for the oldest question. */
function scriptedPress() {
  const asked: { id: number; call: string }[] = []
  let hear: (message: unknown) => void = () => undefined
  const wire: Wire = {
    post: (message) => {
      asked.push(message as { id: number; call: string })
    },
    onMessage: (listener) => {
      hear = listener
    },
  }
  const answer = (text: string): void => {
    const question = asked.shift()
    const template = question?.call === 'press.make' ? { template: '2026.1' } : {}
    hear({ kind: 'reply', id: question?.id, ok: true, value: { pdf: new TextEncoder().encode(text), ...template } })
  }
  return { wire, asked, answer }
}
const order = () => ({ kind: 'receipt', facts: aReceipt(), seal: 'S' }) as const
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const open = () => {
  const said: string[] = []
  const remote = openRemotePress(
    (word) => {
      said.push(word)
    },
    { paperMs: 1_000, nearMs: 500 },
  )
  return { ...remote, said }
}
const soon = () => vi.advanceTimersByTimeAsync(0)
const down = err(faultOf('press.down'))

it('asks for a press with the first paper and waits for it', async () => {
  const { press, attach, said } = open()
  const paper = press.make(order())
  await soon()
  expect(said).toEqual(['needed'])
  const { wire, answer } = scriptedPress()
  attach(wire)
  await soon()
  answer('one')
  const made = await paper
  expect(made.ok && text(made.value.pdf)).toBe('one')
})

it('asks for it some time after a login, once, and not when one runs already', async () => {
  const { press, attach, said } = open()
  press.near()
  press.near()
  expect(said).toEqual([])
  await vi.advanceTimersByTimeAsync(600)
  expect(said).toEqual(['needed'])
  attach(scriptedPress().wire)
  press.near()
  await vi.advanceTimersByTimeAsync(600)
  expect(said).toEqual(['needed'])
})

it('makes one paper at a time', async () => {
  const { press, attach } = open()
  const { wire, asked, answer } = scriptedPress()
  attach(wire)
  const [first, second] = [press.make(order()), press.duplicata(new Uint8Array(3), aMark)]
  await soon()
  expect(asked.map(({ call }) => call)).toEqual(['press.make'])
  answer('one')
  await first
  await soon()
  expect(asked.map(({ call }) => call)).toEqual(['press.duplicata'])
  answer('two')
  expect((await second).ok).toBe(true)
})

const aMark = { copy: 1, at: '2026-11-23T08:05:00.000Z', zone: 'UTC', by: 'A1', reason: 'r' }

it('a press that dies fails its paper and no other: the next waits for the press that follows', async () => {
  const { press, attach, detach, said } = open()
  attach(scriptedPress().wire)
  const [first, second] = [press.make(order()), press.make(order())]
  await soon()
  detach()
  expect(await first).toEqual(down)
  await soon()
  expect(said).toEqual(['needed'])
  const next = scriptedPress()
  attach(next.wire)
  await soon()
  next.answer('two')
  expect((await second).ok).toBe(true)
})

it('a paper that takes too long costs the press; what comes after is asked of the next one', async () => {
  const { press, attach, said } = open()
  const stuck = scriptedPress()
  attach(stuck.wire)
  const [first, second] = [press.make(order()), press.make(order())]
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await first).toEqual(down)
  await soon()
  expect(said).toEqual(['stuck', 'needed'])
  expect(stuck.asked).toHaveLength(1)
  const next = scriptedPress()
  attach(next.wire)
  await soon()
  next.answer('two')
  expect((await second).ok).toBe(true)
})

it('where no press ever comes a paper is told so in time, and nothing is ended', async () => {
  const { press, said } = open()
  const paper = press.make(order())
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await paper).toEqual(down)
  expect(said).toEqual(['needed'])
})

it('bytes that the wire cannot carry cost their paper only', async () => {
  vi.useRealTimers()
  const { press, attach } = open()
  const { port1, port2 } = new MessageChannel()
  attach({
    post: (message) => {
      port1.postMessage(message)
    },
    onMessage: () => undefined,
  })
  const facts = { ...aReceipt(), zone: (() => '') as unknown as string }
  await expect(press.make({ kind: 'receipt', facts, seal: 'S' })).rejects.toThrow()
  port1.close()
  port2.close()
})
