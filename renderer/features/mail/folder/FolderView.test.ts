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
    expect(opened.screen.find('[data-testid=mail-tab-folder]').exists()).toBe(true)
  })
  await opened.screen.get('[data-testid=mail-tab-folder]').trigger('click')
  return opened
}
type Screen = Awaited<ReturnType<typeof open>>['screen']
const number = (screen: Screen): string => screen.find('[data-testid=folder-number]').text()
const title = (screen: Screen): string => screen.get('.waits h2').text()
const dialog = (): string => document.querySelector('dialog[open]')?.textContent ?? ''

it('shows the first letter that waits with its page, routes it by keyboard alone, and is at the next one', async () => {
  const { screen, bridge } = await open()
  const found = await bridge.call('mail.search', { register: 'arrival', state: 'registered' })
  const waiting = found.ok ? found.value.lines.map((line) => line.number).toReversed() : []
  await eventually(() => {
    expect(number(screen)).toBe(waiting[0])
    expect(screen.find('[data-testid=folder-picture]').exists()).toBe(true)
    expect(title(screen)).toBe('7 à imputer')
  })
  await keyboard.press('F10')
  await eventually(() => {
    expect(dialog()).toContain('Imputer')
  })
  document.querySelector<HTMLElement>('[data-testid=route-to]')?.focus()
  await keyboard.write('technique')
  await keyboard.press('Enter')
  await keyboard.press('Ctrl+Enter')
  await eventually(() => {
    expect(dialog()).toBe('')
    expect(number(screen)).toBe(waiting[1])
    expect(title(screen)).toBe('6 à imputer')
  })
  const routed = await bridge.call('mail.show', { number: waiting[0] ?? '' })
  expect(routed.ok && routed.value.service).toBe('TECH')
  await keyboard.press('F4')
  await eventually(() => {
    expect(number(screen)).toBe(waiting[2])
  })
})

it('goes on to what still waits after the last one, and leaves a letter in its place when its dialog is left', async () => {
  const { screen } = await open()
  await eventually(() => {
    expect(number(screen)).not.toBe('')
  })
  const first = number(screen)
  await keyboard.press('F10')
  await eventually(() => {
    expect(dialog()).toContain('Imputer')
  })
  const leave = [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) =>
    one.textContent.includes('Annuler'),
  )
  leave?.click()
  await eventually(() => {
    expect(dialog()).toBe('')
  })
  expect([number(screen), title(screen)]).toEqual([first, '7 à imputer'])
  for (let n = 0; n < 7; n += 1) {
    const before = number(screen)
    await keyboard.press('F4')
    await eventually(() => {
      expect(number(screen)).not.toBe(before)
    })
  }
  expect(number(screen)).toBe(first)
})

it('comes out on paper by one key', async () => {
  const saved = vi.fn(() => 'blob:folder')
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: saved, revokeObjectURL: () => undefined }))
  const { screen } = await open()
  await eventually(() => {
    expect(screen.find('[data-testid=folder-paper]').exists()).toBe(true)
  })
  await keyboard.press('Ctrl+P')
  await eventually(() => {
    expect(saved).toHaveBeenCalledOnce()
  })
})

it.each(['mailEmpty', 'mailFault'] as const)('says what it is when there is nothing to show: %s', async (scene) => {
  const { screen } = await open(scene)
  await eventually(() => {
    if (scene === 'mailFault') expect(screen.find('[data-code=internal]').exists()).toBe(true)
    else expect(screen.text()).toContain('La chemise est vide')
  })
})
