import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import HallPage from './HallPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: new Date('2026-11-30T10:42:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})
const plain = (text: string | undefined): string =>
  (text ?? '').replaceAll(/[\u2066-\u2069]/gu, '').replaceAll(/[\u00a0\u202f]/gu, ' ')
const dialog = (): string => plain(document.querySelector('dialog[open]')?.textContent ?? undefined)
const rowOf =
  (name: string) =>
  (one: HTMLElement): boolean =>
    one.getAttribute('role') === 'row' && one.textContent.startsWith(name)

async function hall(scenario: Parameters<typeof mountIn>[1]) {
  const mounted = await mountIn(HallPage, scenario)
  await vi.waitFor(() => {
    expect(mounted.screen.find('[data-testid=hall-facts], [data-testid=hall-begin]').exists()).toBe(true)
  })
  const view = async () => {
    const now = await mounted.bridge.call('hall.view', {})
    if (!now.ok) throw new Error(now.fault.code)
    return now.value
  }
  return { ...mounted, view, text: () => plain(mounted.screen.text()) }
}

describe('the hall of a supervisor, by keyboard alone', () => {
  it('says what is wrong, and keys 1 and 2 do what helps; an opened counter can be taken back', async () => {
    const { view, text } = await hall('hall')
    expect(text()).toContain('Légalisation : 27 min d’attente, seuil 20')
    expect(text()).toContain('Écran B ne répond plus')
    await keyboard.press('2')
    await vi.waitFor(async () => {
      expect((await view()).waiting.map(({ ticket }) => ticket)).toContain('C018')
    })
    // What the keys do has changed under the hand that is on its way: nothing is done.
    await keyboard.press('1')
    expect((await view()).counters.find(({ counter }) => counter === '9')).toMatchObject({ state: 'closed' })
    vi.advanceTimersByTime(1_000)
    await keyboard.press('1')
    await vi.waitFor(async () => {
      // Counter 7 has become free, and others wait for what it calls: one that is closed opens.
      expect((await view()).counters.find(({ counter }) => counter === '9')).toMatchObject({
        state: 'free',
        services: ['C'],
      })
    })
  })

  it('reassigns, writes to and closes the chosen counter', async () => {
    const { screen, view } = await hall('hall')
    keyboard.tabTo(rowOf('1'))
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await vi.waitFor(() => {
      expect(plain(screen.get('[data-testid=hall-chosen]').text())).toContain('Guichet 3')
    })
    await keyboard.press('r')
    await vi.waitFor(() => {
      expect(dialog()).toContain('Guichet 3 : services appelés')
    })
    keyboard.tabTo((one) => one instanceof HTMLInputElement && plain(one.closest('label')?.textContent).startsWith('D'))
    ;(document.activeElement as HTMLInputElement).click()
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(async () => {
      expect((await view()).counters.find(({ counter }) => counter === '3')?.services).toEqual(['C', 'D'])
    })
    keyboard.tabTo(rowOf('3'))
    await keyboard.press('e')
    await vi.waitFor(() => {
      expect(document.activeElement?.tagName).toBe('TEXTAREA')
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(dialog()).toContain('Écrivez d’abord')
    })
    await keyboard.write('Prenez aussi les taxes')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(async () => {
      expect((await view()).messages[0]).toMatchObject({ to: '3', text: 'Prenez aussi les taxes' })
    })
    keyboard.tabTo(rowOf('3'))
    await keyboard.press('f')
    await vi.waitFor(async () => {
      expect((await view()).counters.find(({ counter }) => counter === '3')?.state).toBe('closed')
    })
  })

  it('closes a service and opens it again, and lets who did not come wait again', async () => {
    const { screen, view } = await hall('hall')
    keyboard.tabTo(rowOf('A'))
    const isOpen = async () => (await view()).services.find(({ letter }) => letter === 'A')?.open
    await keyboard.press('f')
    await vi.waitFor(async () => {
      expect(await isOpen()).toBe(false)
    })
    await keyboard.press('f')
    await vi.waitFor(async () => {
      expect(await isOpen()).toBe(true)
    })
    await screen.get('[data-testid=hall-again-A031]').trigger('click')
    await vi.waitFor(async () => {
      expect((await view()).waiting.map(({ ticket }) => ticket)).toContain('A031')
    })
  })

  it('takes over by force only when somebody said that the other machines are off', async () => {
    const { view, text } = await hall('hallNoMajority')
    expect(text()).toContain('Aucun ticket ne peut être donné')
    await keyboard.press('Ctrl+h')
    await vi.waitFor(() => {
      expect(dialog()).toContain('les mêmes personnes')
    })
    await keyboard.press('Ctrl+Enter')
    expect(dialog()).toContain('Confirmez d’abord')
    ;(document.querySelector('dialog[open] input[type=checkbox]') as HTMLInputElement).click()
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(async () => {
      expect(await view()).toMatchObject({ role: 'serving', epoch: 8 })
    })
  })

  it('opens the day by one key, and ends it after one question', async () => {
    const { screen, view, text } = await hall('hallNotOpen')
    expect(screen.get('[data-testid=hall-begin]').attributes('data-stands')).toBe('notOpen')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=hall-facts]').exists()).toBe(true)
    })
    expect((await view()).open).toBe(true)
    await screen.get('[data-testid=hall-close]').trigger('click')
    await vi.waitFor(() => {
      expect(dialog()).toContain('Plus aucun ticket')
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(text()).toContain('La journée du hall est close')
    })
  })

  it.each([
    ['hallNone', 'dans aucun hall'],
    ['hallStarting', 'démarre'],
    ['hallClosed', '231'],
    ['hallIsland', 'continue seul'],
    ['hallCalm', 'Tout va bien'],
    ['hallAlarm', 'Guichet 6 : demande d’aide'],
  ] as const)('%s: says how it stands', async (scenario, words) => {
    const { text } = await hall(scenario)
    expect(text()).toContain(words)
  })

  it('an agent looks, and changes nothing', async () => {
    const { screen, text } = await hall('hallAgent')
    expect(text()).toContain('Légalisation')
    for (const one of ['hall-assign', 'hall-turn', 'hall-take-over', 'hall-close', 'hall-tell-all'])
      expect(screen.find(`[data-testid=${one}]`).exists()).toBe(false)
  })

  it('shows the days that were, in a drawing and in a table beside it', async () => {
    const { screen } = await hall('hall')
    await screen
      .findAll('[role=radio]')
      .find((one) => one.text().includes('Historique'))
      ?.trigger('click')
    await vi.waitFor(() => {
      expect(screen.findAll('[data-testid=hall-table] tbody tr').length).toBeGreaterThan(15)
    })
    expect(screen.findAll('rect.median').length).toBe(screen.findAll('[data-testid=hall-table] tbody tr').length)
    const forecast = () => screen.get('[data-testid=hall-forecast]')
    await vi.waitFor(() => {
      expect(forecast().findAll('tbody tr').length).toBe(8)
    })
    expect(forecast().text()).toContain('D’après 8 jours semblables')
    expect(forecast().text()).toMatch(/jusqu’ici : \W?1,4\W? par heure/u)
    // Nobody who works at a counter is in it.
    expect(screen.get('[data-testid=hall-history]').text()).not.toContain('Alaoui')
  })
})
