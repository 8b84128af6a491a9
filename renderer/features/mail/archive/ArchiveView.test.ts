import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Scenario } from '../../../core/bridge/demo/state.ts'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'

enableAutoUnmount(afterEach)
/** What takes a moment alone takes seconds beside a build. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const open = async (scenario: Scenario = 'mail') => {
  const opened = await mountIn(MailPage, scenario)
  await eventually(() => {
    expect(opened.screen.find('[data-testid=mail-tab-closing]').exists()).toBe(true)
  })
  await opened.screen.get('[data-testid=mail-tab-closing]').trigger('click')
  await eventually(() => {
    expect(opened.screen.find('[data-testid=mail-archive]').exists()).toBe(true)
  })
  await opened.screen.get('[data-testid=mail-archive]').trigger('click')
  return opened
}
type Screen = Awaited<ReturnType<typeof open>>['screen']
const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/gu, '')
const rowsOf = (screen: Screen, list: string): string[] =>
  screen.findAll(`[data-testid=${list}] [role=row][aria-selected]`).map((row) => plain(row.text()))
const dialog = (): string => plain(document.querySelector('dialog[open]')?.textContent ?? '')

it('shows the classes with something to do first, and puts what is over on a list by one key; what is held stays', async () => {
  const { screen, bridge } = await open()
  await eventually(() => {
    expect(rowsOf(screen, 'archive-classes')[0]).toMatch(/A1.*5 \+ 5 ans, puis versement/u)
    expect(rowsOf(screen, 'archive-lines')).toHaveLength(1)
  })
  // From the circulars to the letters, to the invoices, whose third one is held.
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await eventually(() => {
    expect(rowsOf(screen, 'archive-lines')).toHaveLength(3)
  })
  expect(rowsOf(screen, 'archive-lines')[2]).toContain('Retenu : Litige')
  expect(screen.get('[data-testid=archive-chosen]').text()).toBe('2 choisis')
  await keyboard.press('Enter')
  await keyboard.press(' ')
  expect(screen.get('[data-testid=archive-chosen]').text()).toBe('1 choisi')
  await keyboard.press('F10')
  await eventually(() => {
    expect(screen.get('[data-testid=archive-list]').text()).toContain('E-2')
  })
  const archive = await bridge.call('mail.archive', {})
  expect(archive.ok && archive.value.lists[0]).toMatchObject({ kind: 'elimination', rank: 2, state: 'proposed' })
  expect(archive.ok && archive.value.lists[0]?.letters).toHaveLength(1)
})

it('approves a list of somebody else with reference and day, then destroys it after a question', async () => {
  const { screen, bridge } = await open('mailChief')
  await eventually(() => {
    expect(screen.find('[data-testid=archive-part]').exists()).toBe(true)
  })
  await screen.findAll('[data-testid=archive-part] [role=radio]')[1]?.trigger('click')
  await eventually(() => {
    expect(screen.get('[data-testid=archive-list]').text()).toContain('E-1')
  })
  await screen.get('[data-testid=archive-approve]').trigger('click')
  await eventually(() => {
    expect(dialog()).toContain('Rien n’est encore éliminé')
  })
  await keyboard.press('Ctrl+Enter')
  expect(dialog()).toContain('Trois lettres au moins')
  document.querySelector<HTMLElement>('[data-testid=decision-text]')?.focus()
  await keyboard.write('AM/2026/114')
  document.querySelector<HTMLElement>('[data-testid=decision-day]')?.focus()
  await keyboard.write('01/11/2026')
  await keyboard.press('Ctrl+Enter')
  await eventually(() => {
    expect(dialog()).toBe('')
    expect(plain(screen.get('[data-testid=archive-list]').text())).toContain('Accord d’Archives du Maroc : AM/2026/114')
  })
  await screen.get('[data-testid=archive-destroy]').trigger('click')
  await eventually(() => {
    expect(dialog()).toContain('Cela ne se reprend pas')
  })
  await keyboard.press('Ctrl+Enter')
  await eventually(async () => {
    const archive = await bridge.call('mail.archive', {})
    expect(archive.ok && archive.value.lists[0]?.state).toBe('destroyed')
    expect(screen.find('[data-testid=archive-destroy]').exists()).toBe(false)
  })
})

it('a letter without a class gets one, another one is held with its reason', async () => {
  const { screen, bridge } = await open()
  await eventually(() => {
    expect(rowsOf(screen, 'archive-lines')).toHaveLength(1)
  })
  await keyboard.press('End')
  await eventually(() => {
    expect(rowsOf(screen, 'archive-lines')[0]).toContain('Enquête')
  })
  expect(screen.find('[data-testid=archive-make-transfer]').exists()).toBe(false)
  await screen.get('[data-testid=archive-keep]').trigger('click')
  await eventually(() => {
    expect(document.querySelector('dialog[open] [data-testid=keep-class]')).not.toBeNull()
  })
  const select = document.querySelector<HTMLSelectElement>('[data-testid=keep-class]')
  if (select === null) throw new Error('no select')
  select.value = 'C1'
  select.dispatchEvent(new Event('change'))
  await eventually(() => {
    document.querySelector<HTMLElement>('[data-testid=keep-classify]')?.click()
    expect(dialog()).toBe('')
  })
  const archive = await bridge.call('mail.archive', { class: 'C1' })
  expect(archive.ok && [archive.value.unclassed, archive.value.lines.length]).toEqual([0, 4])
})

it.each(['mailEmpty', 'mailFault'] as const)('says what it is when there is nothing to show: %s', async (scene) => {
  const { screen } = await open(scene)
  await eventually(() => {
    if (scene === 'mailFault') expect(screen.find('[data-code=internal]').exists()).toBe(true)
    else expect(screen.text()).toContain('Rien d’échu dans cette classe')
  })
  if (scene === 'mailEmpty') {
    await keyboard.press('Escape')
    await eventually(() => {
      expect(screen.find('[data-testid=mail-archive]').exists()).toBe(true)
    })
  }
})
