import { createPinia } from 'pinia'
import { createApp, h, nextTick, type App } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import { useReprint } from '../../core/reprint.ts'
import { createShortcuts, shortcutsKey } from '../../core/shortcuts.ts'
import { feedStores } from '../../core/stores/feed.ts'
import { bridgeKey, type Bridge } from '../../core/bridge/index.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import type { Scenario } from '../../core/bridge/demo/state.ts'
import { createToasts, toastsKey } from '../../ui/toasts.ts'
import CounterPage from './CounterPage.vue'

let app: App | undefined
afterEach(() => {
  app?.unmount()
})

let underWay = 0
/** Until every call is answered and drawn; an answer may ask the next one. */
const settle = async (): Promise<void> => {
  for (let quiet = 0; quiet < 3; quiet = underWay === 0 ? quiet + 1 : 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, 2)
    })
    await nextTick()
  }
}

/** The counter over the synthetic register, in a page of its own, with nothing but a keyboard. */
async function sitDown(scenario: Scenario) {
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  const register = demoBridge(scenario)
  const bridge: Bridge = {
    ...register,
    call: async (...asked) => {
      underWay += 1
      return register.call(...asked).finally(() => {
        underWay -= 1
      })
    },
  }
  const reprinted: unknown[] = []
  app = createApp({ render: () => h(CounterPage) })
  app.use(createPinia())
  app.use(
    createRouter({
      history: createMemoryHistory(),
      routes: ['home', 'devices'].map((name) => ({ name, path: `/${name}`, component: { render: () => null } })),
    }),
  )
  app.provide(bridgeKey, bridge)
  app.provide(shortcutsKey, createShortcuts())
  const toasts = createToasts()
  app.provide(toastsKey, toasts)
  app.runWithContext(() => {
    useReprint().$onAction(({ name, args }) => {
      if (name === 'ask') reprinted.push(args[0])
    })
  })
  await app.runWithContext(() => feedStores(bridge))
  app.mount(root)
  await settle()
  let keystrokes = 0
  /**
   * A key on whatever has the focus; where nobody takes it, the browser's own act follows: Space ticks, Enter presses.
   */
  const press = async (key: string, ctrl = false): Promise<void> => {
    keystrokes += 1
    const target = document.activeElement ?? document.body
    const event = new KeyboardEvent('keydown', {
      key: key === 'Space' ? ' ' : key,
      ctrlKey: ctrl,
      bubbles: true,
      cancelable: true,
    })
    const free = target.dispatchEvent(event)
    if (
      free &&
      target instanceof HTMLElement &&
      ((key === 'Space' && target.matches('input[type=checkbox]')) || (key === 'Enter' && target.matches('button')))
    )
      target.click()
    await settle()
  }
  const type = async (text: string): Promise<void> => {
    const target = document.activeElement as HTMLInputElement
    for (const letter of text) {
      keystrokes += 1
      target.value += letter
      target.dispatchEvent(new Event('input', { bubbles: true }))
    }
    await settle()
  }
  const by = (id: string): HTMLElement | null => root.querySelector(`[data-testid="${id}"]`)
  const undo = async (): Promise<void> => {
    toasts.shown.value.at(-1)?.undo?.run()
    await settle()
  }
  /** A counter at which nobody calls: F4 clears the desk and nothing else. */
  const withoutQueue = async (): Promise<void> => {
    await bridge.call('hall.signOff', { commandId: crypto.randomUUID() })
    await settle()
  }
  return { press, type, by, root, reprinted, undo, withoutQueue, count: () => keystrokes }
}

describe('the counter by keyboard alone', () => {
  it('deposits a request and is ready for the next citizen', async () => {
    const { press, type, by, count } = await sitDown('typical')
    expect(document.activeElement).toBe(by('procedure-search'))
    await type('permis')
    await press('Enter')
    expect(by('piece-demande')?.contains(document.activeElement)).toBe(true)
    await press('Space')
    await press('ArrowDown')
    await press('Space')
    expect(by('completeness')?.textContent).toContain('Dossier complet.')
    await press('Enter', true)
    expect(by('receipt-number')?.textContent).toMatch(/^\d{4}\/RAB03-G2\/\d{6}$/)
    expect(document.activeElement).toBe(by('next-citizen'))
    await press('F8')
    await press('Enter')
    expect(by('receipt-number')).toBeNull()
    expect(document.activeElement).toBe(by('procedure-search'))
    expect(count()).toBe(13)
  })

  it('does not go on to the next citizen when the confirmation is pressed twice', async () => {
    const { press, by } = await sitDown('incomplete')
    await press('Enter', true)
    await press('Enter', true)
    expect(by('receipt-number')).not.toBeNull()
  })

  it('asks once where nothing was received, and a reason where the card is not genuine', async () => {
    const bare = await sitDown('typical')
    await bare.type('permis')
    await bare.press('Enter')
    await bare.press('Enter', true)
    expect(bare.by('receipt-number')).toBeNull()
    await bare.press('Enter', true)
    expect(bare.by('receipt-number')).not.toBeNull()
    app?.unmount()

    const { press, type, by } = await sitDown('tampered')
    await press('Enter', true)
    expect(document.activeElement).toBe(document.querySelector('[data-testid="doubt-reason"]'))
    await press('Enter', true)
    expect(by('receipt-number')).toBeNull()
    await type('comparé avec la personne')
    await press('Enter', true)
    expect(by('receipt-number')).not.toBeNull()
  })

  it('takes pieces one after the other, says of one that it has no object, and ends on the act itself', async () => {
    const { press, type, by, count } = await sitDown('typical')
    await type('naissance')
    await press('Enter')
    const before = count()
    expect(by('piece-mandat')?.dataset['state']).toBe('notApplicable')
    expect(by('piece-demande')?.contains(document.activeElement)).toBe(true)
    await press('Enter')
    expect(by('piece-demande')?.dataset['state']).toBe('received')
    expect(document.activeElement).toBe(by('confirm'))
    await press('Enter')
    expect(by('receipt-number')).not.toBeNull()
    expect(count() - before).toBe(2)
  })

  it('gives back everything that one key has cleared: the person, also half typed, and the request', async () => {
    const { press, type, by, undo, withoutQueue } = await sitDown('incomplete')
    await withoutQueue()
    const name = by('citizen-name')?.textContent
    await press('F4')
    expect(by('citizen-name')).toBeNull()
    await undo()
    expect(by('citizen-name')?.textContent).toBe(name)
    expect(by('piece-demande')?.dataset['state']).toBe('received')
    await press('F4')
    by('type-identity')?.click()
    await settle()
    await type('Idrissi')
    await press('Escape')
    expect(document.activeElement).toBe(by('type-identity'))
    by('type-identity')?.click()
    await settle()
    expect((by('typed-family-name') as HTMLInputElement).value).toBe('Idrissi')
    await press('F4')
    await undo()
    expect((by('typed-family-name') as HTMLInputElement).value).toBe('Idrissi')
  })

  it('prints again what was just deposited', async () => {
    const { press, by, reprinted } = await sitDown('incomplete')
    await press('Enter', true)
    await press('F8')
    expect(by('receipt-number')).not.toBeNull()
    expect(reprinted).toHaveLength(1)
    expect(reprinted[0]).toBeDefined()
  })

  it('asks for what is missing instead of staying mute', async () => {
    const { press, root, by } = await sitDown('cardFailed')
    by('waiting-draft')?.click()
    await settle()
    await press('Enter', true)
    expect(root.querySelector('form')?.contains(document.activeElement)).toBe(true)
    await press('Escape')
    expect(root.querySelector('form')).toBeNull()
  })

  it('takes an identity by hand, with its reason, and names what is missing', async () => {
    const { press, type, by, root } = await sitDown('noReader')
    by('type-identity')?.click()
    await settle()
    await type('Idrissi')
    root.querySelector('form')?.requestSubmit()
    await settle()
    expect(document.activeElement).toBe(by('typed-given-names'))
    await type('Omar')
    const reason = by('typed-reason') as HTMLSelectElement
    reason.value = 'noCard'
    reason.dispatchEvent(new Event('change'))
    root.querySelector('form')?.requestSubmit()
    await settle()
    expect(by('citizen-name')?.textContent).toMatch(/Idrissi.*Omar/)
    expect(by('citizen-verdicts')?.textContent).toContain('Saisie à la main')
    expect(document.activeElement).toBe(by('procedure-search'))
    await press('F4')
    expect(by('citizen-name')).toBeNull()
  })

  it('reads the simulated card with the key of a real one', async () => {
    const { press, by } = await sitDown('insert')
    await press('F2')
    await expect.poll(() => by('citizen-name')?.textContent, { timeout: 10_000 }).toMatch(/\S/)
  })

  it('lets the citizen sign before the deposit', async () => {
    const { press, type, by } = await sitDown('pieces')
    const inDialog = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${id}"]`)
    const sign = async (pin: string): Promise<void> => {
      await type(pin)
      // A page without a browser does not send a form on Enter.
      inDialog('sign')?.click()
      await settle()
    }
    await press('s')
    expect(document.activeElement).toBe(inDialog('sign-pin'))
    expect(document.activeElement?.getAttribute('type')).toBe('password')
    await sign('9999')
    expect((inDialog('sign-pin') as HTMLInputElement).value).toBe('')
    expect(by('signed')).toBeNull()
    await sign('1234')
    expect(inDialog('sign-pin')).toBeNull()
    expect(by('signed')?.dataset['chain']).toBe('trusted')
    await press('Enter', true)
    expect(by('signed')?.dataset['chain']).toBe('trusted')
    expect(by('receipt-number')).not.toBeNull()
  })
})
