import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import DayPage from './DayPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const named =
  (text: string) =>
  (one: HTMLElement): boolean =>
    one.textContent.includes(text)
const dialog = (): string => document.querySelector('dialog[open]')?.textContent ?? ''

describe('the end of the day by keyboard alone', () => {
  it('shows what the day held, closes it after one question, and two people reopen it', async () => {
    const { screen, bridge } = await mountIn(DayPage, 'supervisor')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=day-numbers]').text()).toContain('000128')
    })
    expect(screen.text()).toContain('Prête à clôturer')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(dialog()).toContain('ne seront plus acceptés')
    })
    // The key that asked, still held down, is no answer.
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat: true, bubbles: true, cancelable: true }),
    )
    const status = await bridge.call('day.status', {})
    expect(status.ok && status.value.closing).toBeUndefined()
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Journal, ligne')
    })
    expect(dialog()).toBe('')
    expect(screen.find('[data-testid=day-close]').exists()).toBe(false)
    // A closed day asks nothing.
    await keyboard.press('Ctrl+Enter')
    expect(dialog()).toBe('')

    keyboard.tabTo(named('Rouvrir'))
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(document.activeElement?.tagName).toBe('TEXTAREA')
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(document.querySelectorAll('dialog[open] [aria-invalid=true]')).toHaveLength(3)
    })
    await keyboard.write('un dépôt tardif')
    keyboard.tabTo((one) => one instanceof HTMLInputElement && one.type !== 'password')
    await keyboard.write('agent')
    keyboard.tabTo((one) => one instanceof HTMLInputElement && one.type === 'password')
    await keyboard.write('demo')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(screen.text().replaceAll(/[\u2068\u2069]/g, '')).toContain(
        'Rouverte par CS-002 et AG-014 : un dépôt tardif',
      )
    })
    expect(dialog()).toBe('')
    expect(screen.find('[data-testid=day-close]').exists()).toBe(true)
  })

  it('does not close while an earlier day is open, says so, and leads there', async () => {
    const { screen } = await mountIn(DayPage, 'supervisorFaults')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('clôturez-la d’abord')
    })
    await keyboard.press('Ctrl+Enter')
    expect(dialog()).toBe('')
    expect(screen.get('[data-testid=day-close]').attributes('aria-disabled')).toBe('true')
    keyboard.tabTo(named('Voir cette journée'))
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Journal, ligne')
    })
    expect(screen.text()).not.toContain('clôturez-la d’abord')
  })
})
