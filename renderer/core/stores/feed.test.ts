import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { demoBridge } from '../bridge/demo/index.ts'
import type { Bridge } from '../bridge/index.ts'
import { useApp } from './app.ts'
import { useCard } from './card.ts'
import { feedStores } from './feed.ts'
import { usePrint } from './print.ts'
import { useSession } from './session.ts'
import { useSync } from './sync.ts'

beforeEach(() => {
  setActivePinia(createPinia())
})

describe('the stores', () => {
  it('begin with what the worker says and follow its events', async () => {
    const bridge = demoBridge('typical')
    await feedStores(bridge)
    expect([useApp().state?.phase, useSession().session?.login, useCard().citizen?.identity.familyName]).toEqual([
      'ready',
      'agent',
      'Lambert',
    ])
    await bridge.call('identity.release', { identityId: useCard().citizen?.identityId ?? '' })
    await vi.waitFor(() => {
      expect(useCard().citizen).toBeUndefined()
    })
    await bridge.call('session.signOut', {})
    await vi.waitFor(() => {
      expect(useSession().signedIn).toBe(false)
    })
  })

  it('read the desk when somebody signs in', async () => {
    const bridge = demoBridge('login')
    await feedStores(bridge)
    expect(usePrint().printers).toEqual([])
    await bridge.call('session.signIn', { login: 'agent', password: 'demo' })
    await vi.waitFor(() => {
      expect(usePrint().printer?.isDefault).toBe(true)
    })
  })

  it('look at the printer again when a job moved', async () => {
    const bridge = demoBridge('typical')
    await feedStores(bridge)
    await bridge.call('printer.choose', { medium: 'a5', printer: 'HP-Bureau' })
    expect(usePrint().printer?.name).not.toBe('HP-Bureau')
    const [job] = usePrint().jobs
    if (job !== undefined) await bridge.call('print.resolve', { printJobId: job.printJobId, cameOut: true })
    await vi.waitFor(() => {
      expect(usePrint().printer?.state).toBe('unreachable')
    })
  })

  it('ask everything again when the worker was started anew', async () => {
    let restarted = (): void => {}
    const first = demoBridge('typical')
    const second = demoBridge('unlock')
    let now = first
    const bridge: Bridge = {
      call: (name, input) => now.call(name, input),
      on: (event, listener) => first.on(event, listener),
      onRestart: (listener) => {
        restarted = listener
      },
    }
    await feedStores(bridge)
    now = second
    restarted()
    await vi.waitFor(() => {
      expect(useApp().state?.phase).toBe('unlock')
    })
    expect(useSession().signedIn).toBe(false)
  })

  it.each([
    ['typical', 'ok'],
    ['offline', 'warn'],
    ['faults', 'danger'],
  ] as const)('%s: the budget is %s before it ends', async (scenario, tone) => {
    await feedStores(demoBridge(scenario))
    expect(useSync().budgetTone).toBe(tone)
  })

  it('name the papers that need somebody', async () => {
    await feedStores(demoBridge('faults'))
    expect(new Set(usePrint().troubled.map((job) => job.state))).toEqual(new Set(['blocked', 'failed', 'unknown']))
  })
})
