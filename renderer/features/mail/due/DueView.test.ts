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
    expect(opened.screen.find('[data-testid=mail-tab-due]').exists()).toBe(true)
  })
  await opened.screen.get('[data-testid=mail-tab-due]').trigger('click')
  return opened
}
type Screen = Awaited<ReturnType<typeof open>>['screen']
const rowsOf = (screen: Screen, list: string): string[] =>
  screen
    .findAll(`[data-testid=${list}] [role=row][aria-selected]`)
    .map((row) => row.text().replaceAll(/[\u2066-\u2069]/gu, ''))

it('shows the latest service first, walks to its letters by the arrows, and one of them in its register by Enter', async () => {
  const { screen } = await open()
  await eventually(() => {
    expect(rowsOf(screen, 'due-services')[0]).toMatch(/Tous les services\s*3/u)
    expect(rowsOf(screen, 'due-services')[1]).toMatch(/Urbanisme\s*2/u)
    expect(rowsOf(screen, 'due-lines')).toHaveLength(3)
  })
  await keyboard.press('ArrowDown')
  await eventually(() => {
    expect(rowsOf(screen, 'due-lines')).toHaveLength(2)
  })
  expect(rowsOf(screen, 'due-lines').map((row) => /(\d+) j de retard/u.exec(row)?.[1])).toEqual(['3', '2'])
  await keyboard.press('Enter')
  await eventually(() => {
    expect(document.activeElement?.closest('[data-testid=due-lines]')).not.toBeNull()
  })
  await keyboard.press('Enter')
  await eventually(() => {
    expect(screen.get('[data-testid=letter-pane]').text()).toContain('تجديد رُخْصَةِ البِناء')
  })
})

it('reminds the services of what is late by one key, and leaves out what they were reminded of today', async () => {
  const { screen, bridge } = await open()
  await eventually(() => {
    expect(screen.get('[data-testid=due-chosen]').text()).toBe('3 à relancer')
  })
  await keyboard.press('F10')
  await eventually(() => {
    expect(rowsOf(screen, 'due-lines').map((row) => /\d+ relance/u.exec(row)?.[0])).toEqual([
      '1 relance',
      '1 relance',
      '1 relance',
    ])
    expect(screen.get('[data-testid=due-chosen]').text()).toBe('0 à relancer')
  })
  await keyboard.press('F10')
  await keyboard.press('ArrowDown')
  await eventually(() => {
    expect(rowsOf(screen, 'due-lines')).toHaveLength(2)
  })
  // One of them again, taken on by hand, and only noted.
  await keyboard.press('Enter')
  await keyboard.press(' ')
  expect(screen.get('[data-testid=due-chosen]').text()).toBe('1 à relancer')
  await screen.get('[data-testid=due-note]').trigger('click')
  await eventually(() => {
    expect(rowsOf(screen, 'due-lines')[0]).toContain('2 relances')
  })
  const late = await bridge.call('mail.search', { due: 'late' })
  expect(late.ok && late.value.lines.map(({ reminded }) => reminded?.times).sort()).toEqual([1, 1, 2])
})

it('has a basket for each nearness of the last day, and Esc goes back to the registers', async () => {
  const { screen, bridge } = await open()
  await eventually(() => {
    expect(rowsOf(screen, 'due-lines')).toHaveLength(3)
  })
  const radio = (at: number) => screen.findAll('[data-testid=due-basket] [role=radio]')[at]
  await radio(1)?.trigger('click')
  await eventually(() => {
    expect(screen.text()).toContain('Rien dans ce panier')
  })
  await radio(3)?.trigger('click')
  const all = await bridge.call('mail.search', { due: 'waiting' })
  await eventually(() => {
    expect(rowsOf(screen, 'due-lines')).toHaveLength(all.ok ? all.value.total : 0)
  })
  await keyboard.press('Escape')
  await eventually(() => {
    expect(screen.find('[data-testid=mail-search]').exists()).toBe(true)
  })
})

it.each(['mailEmpty', 'mailFault'] as const)('says what it is when there is nothing to show: %s', async (scene) => {
  const { screen } = await open(scene)
  await eventually(() => {
    if (scene === 'mailFault') expect(screen.find('[data-code=internal]').exists()).toBe(true)
    else expect(screen.text()).toContain('Aucune réponse n’est due')
  })
})
