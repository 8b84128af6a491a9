import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'

enableAutoUnmount(afterEach)
/** What takes a moment alone takes seconds beside a build. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const dialog = (): string => document.querySelector('dialog[open]')?.textContent ?? ''
const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/gu, '')
const open = async (view: 'slips' | 'closing') => {
  const opened = await mountIn(MailPage, 'mail')
  await eventually(() => {
    expect(opened.screen.find('[data-testid=figure-arrival]').exists()).toBe(true)
  })
  keyboard.tabTo((one) => one.dataset.testid === `mail-tab-${view}`)
  await keyboard.press('Enter')
  return opened
}

describe('papers leave against a slip by keyboard alone', () => {
  it('takes what is chosen of one service, prints a slip, and hears who signed it', async () => {
    const { screen, bridge } = await open('slips')
    await eventually(() => {
      expect(document.activeElement?.getAttribute('role')).toBe('row')
    })
    expect(screen.get('[data-testid=slip-chosen]').text()).toBe('2 choisis')
    await keyboard.press(' ')
    expect(screen.get('[data-testid=slip-chosen]').text()).toBe('1 choisi')
    const before = await bridge.call('mail.slips', { open: true })
    await keyboard.press('F10')
    await eventually(() => {
      expect(screen.get('[data-testid=open-slips]').text()).toContain('Bordereau 414')
    })
    const after = await bridge.call('mail.slips', { open: true })
    const [slips, one] = [before.ok ? before.value.slips : [], after.ok ? after.value.slips[0] : undefined]
    expect(after.ok && after.value.slips).toHaveLength(slips.length + 1)
    expect(one?.letters).toHaveLength(1)
    const shown = await bridge.call('mail.show', { number: one?.letters[0] ?? '' })
    expect(shown.ok && shown.value.holder?.service).toBe(one?.service)

    keyboard.tabTo((element) => element.closest('[data-testid=open-slips]') !== null && element.role === 'row')
    await keyboard.press('Enter')
    await eventually(() => {
      expect(dialog()).toContain('Nom de qui a signé')
    })
    document.querySelector<HTMLElement>('[data-testid=slip-by]')?.focus()
    await keyboard.write('Khadija Alaoui')
    await keyboard.press('Ctrl+Enter')
    await eventually(async () => {
      const left = await bridge.call('mail.slips', { open: true })
      expect(left.ok && left.value.slips).toHaveLength(slips.length)
      expect(dialog()).toBe('')
    })
  })
})

describe('the registers of a day are closed by keyboard alone', () => {
  it('begins with the oldest open day, asks once, and lists the closing; today comes after it', async () => {
    const { screen, bridge } = await open('closing')
    await eventually(() => {
      expect(screen.find('[data-testid=mail-close]').exists()).toBe(true)
      expect(screen.find('[data-testid=register-table]').text()).toContain('Arrivées3')
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(dialog()).toContain('Cela ne se reprend pas')
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(dialog()).toBe('')
      expect(plain(screen.get('[data-testid=register-table]').text())).toContain('Arrivées21')
    })
    const made = await bridge.call('mail.closings', {})
    expect(made.ok && made.value.closings).toHaveLength(4)
    // The year goes on: nobody is offered to close it.
    expect(screen.find('[data-testid=mail-close-year]').exists()).toBe(false)
  })
})
