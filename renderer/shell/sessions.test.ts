import { enableAutoUnmount } from '@vue/test-utils'
import type { Pinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, nextTick } from 'vue'
import { useCard } from '../core/stores/card.ts'
import { usePrint } from '../core/stores/print.ts'
import { useShortcuts, type Shortcuts } from '../core/shortcuts.ts'
import { useToasts, type Toasts } from '../ui/toasts.ts'
import { mountProgram } from './mountProgram.ts'
import { allPages } from './pages.ts'

enableAutoUnmount(afterEach)
vi.setConfig({ testTimeout: 30_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

/** What a page gets from the frame around it. */
let inside: { readonly toasts: Toasts; readonly shortcuts: Shortcuts }
const probe = defineComponent({
  setup: () => {
    inside = { toasts: useToasts(), shortcuts: useShortcuts() }
    return () => null
  },
})

/** The whole program at its login. */
async function program() {
  const mounted = await mountProgram('login')
  mounted.router.addRoute({ name: 'probe', path: '/probe', component: probe })
  const { bridge, router } = mounted
  return {
    ...mounted,
    signIn: async (login: string): Promise<void> => {
      await bridge.call('session.signIn', { login, password: 'demo' })
      await vi.waitFor(() => {
        expect(document.querySelector('.the-rail [aria-current=page]')).not.toBeNull()
      }, 20_000)
    },
    signOut: async (): Promise<void> => {
      await bridge.call('session.signOut', {})
      await vi.waitFor(() => {
        expect([document.querySelector('.shell'), router.currentRoute.value.name]).toEqual([null, 'start'])
      })
    },
    type: async (hash: string): Promise<unknown> => {
      await router.push(hash).catch(() => undefined)
      await nextTick()
      return router.currentRoute.value.name
    },
  }
}
/** These tell how the counter stands, whoever is there. */
const ofCounter = ['app', 'session', 'card', 'print', 'sync']
/** What the page, dialogs and toasts show, and what stores hold of a person. */
const everything = ({ pinia }: { readonly pinia: Pinia }): readonly string[] => [
  ...[...document.querySelectorAll('main, nav, dialog, .ui-toast')].map((part) => part.textContent),
  ...[...document.querySelectorAll('input, textarea, select')].map((field) => (field as HTMLInputElement).value),
  ...Object.entries(pinia.state.value)
    .filter(([id]) => !ofCounter.includes(id))
    .map(([id, held]) => `${id} ${JSON.stringify(held)}`)
    .sort(),
]
const rail = (): readonly string[] =>
  [...document.querySelectorAll<HTMLElement>('.the-rail .entry')].map((one) => one.dataset['testid'] ?? '')
const lit = (): readonly (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('.the-rail [aria-current=page]')].map((one) => one.dataset['testid'])

describe('whoever signs in', () => {
  it.each([
    ['agent', 'counter'],
    ['clerk', 'mail'],
    ['supervisor', 'home'],
    ['admin', 'accounts'],
    ['auditor', 'journal'],
  ])('%s begins on %s, and no address leads where he may not be', async (login, first) => {
    const { router, signIn, type } = await program()
    await signIn(login)
    expect([router.currentRoute.value.name, lit()]).toEqual([first, [`nav-${first}`]])
    for (const { name, path } of allPages()) {
      const at = await type(path)
      expect(at).toBe(rail().includes(`nav-${name}`) ? name : first)
      expect(lit()).toEqual([`nav-${String(at)}`])
    }
  })

  it('never begins where the one before was', async () => {
    const { router, signIn, signOut, type } = await program()
    await signIn('supervisor')
    await type('/day')
    await signOut()
    await signIn('clerk')
    expect(router.currentRoute.value.name).toBe('mail')
    await signOut()
    expect(await type('/accounts')).toBe('start')
    await signIn('agent')
    expect(router.currentRoute.value.name).toBe('counter')
  })
})

it('is locked by its agent from any layout, and he is told that he did it', async () => {
  const { signIn, router } = await program()
  await signIn('agent')
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'م', code: 'KeyL', ctrlKey: true }))
  await vi.waitFor(() => {
    expect(document.querySelector('[data-testid=login-locked]')?.textContent).toContain('vous avez verrouillé le poste')
  })
  expect(router.currentRoute.value.name).toBe('start')
})

describe('what a person leaves open', () => {
  const mark = 'LEFTBEHIND'
  /** Types into every field, and opens what opens by a key of this screen: dialogs, sheets, lists. */
  const leaveOpen = async (): Promise<void> => {
    for (const field of document.querySelectorAll<HTMLInputElement>('main input:is([type=text], [type=search])')) {
      field.value = mark
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    for (const { run, words, everywhere } of [...inside.shortcuts.bound])
      if (words !== undefined && everywhere !== true) run()
    await vi.dynamicImportSettled()
    await nextTick()
  }

  it.each(['agent', 'supervisor', 'admin'])(
    '%s: the next one finds the window as if nobody had been there',
    async (login) => {
      const fresh = await program()
      await fresh.signIn('auditor')
      await vi.dynamicImportSettled()
      const expected = everything(fresh)
      document.body.innerHTML = ''

      const used = await program()
      await used.signIn(login)
      const seen = rail()
      await used.router.push('/probe')
      const { toasts } = inside
      for (const name of seen.map((one) => one.replace('nav-', ''))) {
        await used.router.push({ name })
        await vi.dynamicImportSettled()
        await leaveOpen()
      }
      toasts.say({ text: mark, undo: { label: mark, run: () => undefined } })
      await nextTick()
      expect(document.body.textContent).toContain(mark)
      await used.signOut()
      const { citizen, zone } = useCard()
      expect([document.querySelector('dialog[open]'), citizen, zone, usePrint().jobs]).toEqual([
        null,
        undefined,
        undefined,
        [],
      ])
      await used.signIn('auditor')
      // An answer that comes after its person has left.
      toasts.say({ text: mark })
      await vi.dynamicImportSettled()
      expect(everything(used)).toEqual(expected)
    },
    60_000,
  )
})
