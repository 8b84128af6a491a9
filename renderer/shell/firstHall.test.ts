import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HallView } from '#shared/contract/features/hall/views.ts'
import type { Result } from '#shared/result.ts'
import { demoBridge } from '../core/bridge/demo/index.ts'
import type { Bridge } from '../core/bridge/index.ts'
import { mountProgram } from './mountProgram.ts'

enableAutoUnmount(afterEach)
vi.setConfig({ testTimeout: 30_000 })
beforeEach(async () => {
  vi.stubGlobal('__DEMO__', false)
  // Whoever is led there is there at once.
  await import('../features/hall/HallPage.vue')
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

/** The program at its login, beside a hall of the given scene whose answers wait until they are let through. */
async function program(scene: 'hall' | 'hallNotOpen' | 'hallNone') {
  const hall = demoBridge(scene)
  let letThrough = (): void => {}
  const through = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  const call = (real: Bridge) =>
    ((name: 'hall.view', input: never) => {
      if (name !== 'hall.view') return real.call(name, input)
      return through.then((): Promise<Result<HallView>> => hall.call('hall.view', {}))
    }) as Bridge['call']
  const { bridge, router } = await mountProgram('login', (real) => ({ call: call(real) }))
  const at = () => router.currentRoute.value.name
  return {
    bridge,
    router,
    at,
    signIn: async (login: string, begins: string): Promise<void> => {
      await bridge.call('session.signIn', { login, password: 'demo' })
      await vi.waitFor(() => {
        expect(at()).toBe(begins)
      }, 20_000)
    },
    /** The hall answers now. */
    answer: async (): Promise<void> => {
      letThrough()
      await through
      await new Promise((resolve) => setTimeout(resolve))
      await vi.dynamicImportSettled()
    },
  }
}

describe('whoever runs the hall', () => {
  it('begins on it where it is open', async () => {
    const { signIn, answer, at } = await program('hall')
    await signIn('supervisor', 'home')
    await answer()
    await vi.waitFor(() => {
      expect(at()).toBe('hall')
    }, 10_000)
  })

  it.each(['hallNotOpen', 'hallNone'] as const)('begins at home: %s', async (scene) => {
    const { signIn, answer, at } = await program(scene)
    await signIn('supervisor', 'home')
    await answer()
    expect(at()).toBe('home')
  })

  it('stays where he went while it was asked, also where he came back from', async () => {
    const { signIn, answer, at, router } = await program('hall')
    await signIn('supervisor', 'home')
    await router.push({ name: 'day' })
    await router.push({ name: 'home' })
    await answer()
    expect(at()).toBe('home')
  })

  it('stays before a dialog that he opened', async () => {
    const { signIn, answer, at } = await program('hall')
    await signIn('supervisor', 'home')
    const dialog = document.createElement('dialog')
    dialog.setAttribute('open', '')
    document.body.append(dialog)
    await answer()
    expect(at()).toBe('home')
  })

  it('is led nowhere once he has signed out', async () => {
    const { signIn, answer, at, bridge } = await program('hall')
    await signIn('supervisor', 'home')
    await bridge.call('session.signOut', {})
    await vi.waitFor(() => {
      expect(at()).toBe('start')
    })
    await answer()
    expect(at()).toBe('start')
  })
})
