import type * as Pcsc from 'pcsc-mini'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { connectCard } from './connection.ts'
import type { Monitor } from './monitor.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/**
 * What the driver calls in the library, each held until it is let go; like the library it refuses a second call to a
 * card by throwing.
 */
function library() {
  const asked: string[] = []
  const waiting = new Map<string, (how: 'ends' | 'fails') => void>()
  const sent: Uint8Array[] = []
  let busy: string | undefined
  const call = <T>(name: string, value: T): Promise<T> => {
    if (busy !== undefined) throw Object.assign(new Error(`busy with ${busy}`), { code: 'CardIsBusy' })
    busy = name
    asked.push(name)
    return new Promise((resolve, reject) => {
      waiting.set(name, (how) => {
        waiting.delete(name)
        busy = undefined
        if (how === 'ends') resolve(value)
        else reject(Object.assign(new Error(name), { code: 'CommError' }))
      })
    })
  }
  const card = {
    transaction: () => call('transaction', { end: () => call('end', undefined) }),
    state: () => call('state', { atr: Uint8Array.of(0x3b) }),
    transmit: (bytes: Uint8Array) => {
      sent.push(bytes)
      return call('transmit', Uint8Array.of(0x90, 0x00))
    },
    disconnect: () => call('disconnect', undefined),
  }
  const renewed = vi.fn()
  const monitor = {
    reader: () => ({ connect: () => call('connect', card) }),
    leaves: () => Promise.resolve(false),
    heldElsewhere: () => undefined,
    renew: renewed,
    stop: () => Promise.resolve(),
  }
  const settle = () => vi.advanceTimersByTimeAsync(0)
  const ends = async (name: string, how: 'ends' | 'fails' = 'ends'): Promise<void> => {
    waiting.get(name)?.(how)
    await settle()
  }
  // Of library and monitor only what is asked for here.
  const connecting = connectCard(
    { CardMode: {}, CardDisposition: {} } as unknown as typeof Pcsc,
    monitor as unknown as Monitor,
    'A',
    300,
  )
  return { asked, ends, settle, sent, renewed, connecting }
}
const limit = 5_000

it('a card that comes after it was given up is let go again', async () => {
  const { asked, ends, connecting } = library()
  await vi.advanceTimersByTimeAsync(limit)
  expect(await connecting).toMatchObject({ ok: false, fault: { code: 'card.timeout' } })
  await ends('connect')
  expect(asked).toEqual(['connect', 'disconnect'])
})

it('a card that another program holds is let go once the driver has it, not while it waits', async () => {
  const { asked, ends, connecting } = library()
  await ends('connect')
  await vi.advanceTimersByTimeAsync(limit)
  expect(await connecting).toMatchObject({ ok: false, fault: { code: 'card.busy' } })
  expect(asked).toEqual(['connect', 'transaction'])
  for (const name of ['transaction', 'state', 'end']) await ends(name)
  expect(asked).toEqual(['connect', 'transaction', 'state', 'end', 'disconnect'])
})

it('a command is kept whole while the driver has it, and wiped then; a card that never answers is let go after it did', async () => {
  const { asked, ends, sent, connecting } = library()
  for (const name of ['connect', 'transaction', 'state']) await ends(name)
  const connection = await connecting
  if (!connection.ok) throw new Error('not connected')
  const command = Uint8Array.of(0x00, 0x20, 0x00, 0x01)
  const answer = connection.value.transmit(command)
  command.fill(0)
  await vi.advanceTimersByTimeAsync(300)
  expect(await answer).toMatchObject({ fault: { code: 'card.mute' } })
  expect(await connection.value.transmit(command)).toMatchObject({ fault: { code: 'card.mute' } })
  await connection.value.close()
  expect([asked.at(-1), ...(sent[0] ?? [])]).toEqual(['transmit', 0x00, 0x20, 0x00, 0x01])
  await ends('transmit')
  expect([...(sent[0] ?? [])]).toEqual([0, 0, 0, 0])
  await ends('end')
  expect(asked.slice(-2)).toEqual(['end', 'disconnect'])
})

it('a connection that cannot be ended is left to the old client', async () => {
  const { ends, connecting, renewed } = library()
  for (const name of ['connect', 'transaction', 'state']) await ends(name)
  const connection = await connecting
  const closing = connection.ok ? connection.value.close() : undefined
  await ends('end', 'fails')
  await ends('disconnect', 'fails')
  await closing
  expect(renewed).toHaveBeenCalledOnce()
})
