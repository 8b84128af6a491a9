import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { bridgeKey, type Bridge } from '../../core/bridge/index.ts'
import { usePersonalData } from './store.ts'

const sent: { readonly commandId: string }[] = []
const [one, other] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
beforeEach(() => {
  sent.length = 0
  const pinia = createPinia()
  createApp({})
    .use(pinia)
    .provide(bridgeKey, {
      // Whatever is asked, the answer is lost.
      call: (_name: string, input: { readonly commandId: string }) => {
        sent.push(input)
        return Promise.resolve(err(faultOf('call.cancelled')))
      },
      on: () => () => undefined,
      onRestart: vi.fn(),
    } as unknown as Bridge)
  setActivePinia(pinia)
})
const ids = (): (string | undefined)[] => sent.map(({ commandId }) => commandId)

describe('an answer to a person that was lost', () => {
  it('is asked for again as the same copy, in whatever order the files were chosen', async () => {
    const { copy } = usePersonalData()
    await copy([one, other])
    await copy([other, one])
    expect(ids()[1]).toBe(ids()[0])
    await copy([one])
    expect(ids()[2]).not.toBe(ids()[0])
  })

  it('is asked for again as the same erasure; another right is another one', async () => {
    const { erase } = usePersonalData()
    const order = { files: [one], right: 'erasure', reason: 'demande écrite' } as const
    for (const right of ['erasure', 'erasure', 'opposition'] as const)
      await erase({ ...order, right, files: [one], second: { login: 'agent', password: 'demo' } })
    expect(ids()[1]).toBe(ids()[0])
    expect(ids()[2]).not.toBe(ids()[0])
  })
})
