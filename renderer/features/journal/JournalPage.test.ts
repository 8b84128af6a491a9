import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import JournalPage from './JournalPage.vue'

enableAutoUnmount(afterEach)
const saved: string[] = []
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
  saved.length = 0
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(this: HTMLAnchorElement) {
    if (this.download === '') this.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    else saved.push(this.download)
  })
})
const lines = (of: { findAll: (selector: string) => unknown[] }): number =>
  of.findAll('[data-testid=journal-row]').length
const choice =
  (value: string) =>
  (one: HTMLElement): boolean =>
    one instanceof HTMLSelectElement && [...one.options].some((option) => option.value === value)
const named =
  (text: string) =>
  (one: HTMLElement): boolean =>
    one.textContent.includes(text)

describe('the journal by keyboard alone', () => {
  it('is filtered, read line by line, and taken away', async () => {
    const { screen } = await mountIn(JournalPage, 'supervisor')
    await vi.waitFor(() => {
      expect(lines(screen)).toBeGreaterThan(0)
    })
    const kinds = (): Set<string> => new Set(screen.findAll('.what').map((one) => one.text()))
    expect(kinds().size).toBeGreaterThan(1)
    keyboard.tabTo(choice('receipt.reprinted'))
    await keyboard.write('receipt.reprinted')
    await vi.waitFor(() => {
      expect([...kinds()]).toEqual(['Duplicata délivré'])
    })
    keyboard.tabTo((one) => one.getAttribute('role') === 'row')
    for (const key of ['ArrowDown', 'Home']) await keyboard.press(key)
    await vi.waitFor(() => {
      expect(screen.find('.entry-detail').text()).toContain('Perdu par l’usager')
    })
    keyboard.tabTo(named('Tout montrer'))
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(kinds().size).toBeGreaterThan(1)
    })

    keyboard.tabTo((one) => one.getAttribute('aria-haspopup') === 'menu')
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(document.activeElement?.getAttribute('data-testid')).toBe('menu-jsonl')
    })
    await keyboard.press('Enter')
    // The file is written where the system's dialog said; how far is shown, and it can be stopped.
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=journal-walk]').text()).toContain('Export')
    })
    keyboard.tabTo(named('Annuler'))
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=journal-walk]').exists()).toBe(false)
    })
    expect([screen.find('.ui-fault').exists(), saved]).toEqual([false, []])

    keyboard.tabTo((one) => one.getAttribute('aria-haspopup') === 'menu')
    await keyboard.press('Enter')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(saved).toEqual(['journal-RAB03-G2-1284.pdf'])
    })
  })

  it('is verified, and says what holds', async () => {
    const { screen } = await mountIn(JournalPage, 'supervisor')
    await vi.waitFor(() => {
      expect(lines(screen)).toBeGreaterThan(0)
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=journal-verdict]').text()).toContain('se vérifie en entier')
    })
  })

  it('names the line that was changed, and leads to it', async () => {
    const { screen } = await mountIn(JournalPage, 'supervisorFaults')
    await vi.waitFor(() => {
      expect(lines(screen)).toBeGreaterThan(0)
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(
        screen
          .find('[data-testid=journal-verdict]')
          .text()
          .replaceAll(/[\u2068\u2069]/g, ''),
      ).toContain('Ligne 872 : son contenu a été changé')
    })
    keyboard.tabTo(named('Montrer la ligne'))
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(
        screen
          .find('.entry')
          .text()
          .replaceAll(/[\u2068\u2069]/g, ''),
      ).toContain('Ligne 872')
    })
    expect(screen.find('[aria-selected=true]').text()).toContain('872')
  })
})
