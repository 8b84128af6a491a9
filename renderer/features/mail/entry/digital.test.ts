import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
const at = (): string | null => document.activeElement?.getAttribute('data-testid') ?? null

it('what waits at the digital mail office is told, opens filled in by one key, and ends as it is registered', async () => {
  const { screen, bridge } = await mountIn(MailPage, 'mailDigital')
  const waiting = () => screen.get('[data-testid=wait-digital]').text()
  await eventually(() => {
    expect(waiting()).toContain('3')
  })
  expect(screen.get('[data-testid=digital-stopped]').text()).toContain('bureau d’ordre digital')
  await keyboard.press('Ctrl+U')
  await eventually(() => {
    expect(at()).toBe('entry-subject')
  })
  const value = (id: string) => screen.get<HTMLInputElement>(`[data-testid=${id}]`).element.value
  expect(value('entry-party')).toBe('Association Al Amal (spécimen)')
  expect(screen.get('.entry-files').text()).toContain('courrier.pdf')
  // Whoever registers it has looked at it.
  const saved = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:a')
  screen.get<HTMLElement>('[data-testid=entry-file]').element.click()
  await eventually(() => {
    expect(saved).toHaveBeenCalledOnce()
  })
  await keyboard.press('Ctrl+Enter')
  await eventually(async () => {
    const left = await bridge.call('mail.digital', { limit: 10 })
    expect(left.ok && left.value.items.map(({ number }) => number)).toEqual(['BOD-2026/0012346', 'BOD-2026/0012347'])
  })
  const found = await bridge.call('mail.search', { words: 'Al Amal' })
  const number = found.ok ? found.value.lines[0]?.number : undefined
  const line = number === undefined ? undefined : await bridge.call('mail.show', { number })
  expect(line?.ok === true && line.value).toMatchObject({
    letter: { mode: 'digital', digitalNumber: 'BOD-2026/0012345', note: '12, rue des Spécimens, Rabat' },
    files: [{ name: 'courrier.pdf' }],
  })
  // The paper letter that comes next is one again.
  await eventually(() => {
    expect(value('entry-party')).toBe('')
  })
  expect(screen.find('[data-testid=entry-digital]').exists()).toBe(false)
  await keyboard.press('Ctrl+U')
  await eventually(() => {
    expect(value('entry-party')).toBe('مقاولة نموذجية')
  })
})

it('an office that is not connected has no figure of it, and the key fills nothing in', async () => {
  const { screen } = await mountIn(MailPage, 'mail')
  await eventually(() => {
    expect(screen.find('[data-testid=figure-arrival]').exists()).toBe(true)
  })
  expect(screen.find('[data-testid=wait-digital]').exists()).toBe(false)
  expect(screen.find('[data-testid=digital-stopped]').exists()).toBe(false)
  await keyboard.press('Ctrl+U')
  await keyboard.press('F9')
  await eventually(() => {
    expect(at()).toBe('entry-party')
  })
  expect(screen.get<HTMLInputElement>('[data-testid=entry-party]').element.value).toBe('')
})
