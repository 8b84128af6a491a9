import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'
import { spanOf } from './figures.ts'

enableAutoUnmount(afterEach)
/** What takes a moment alone takes seconds beside a build. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

describe('spans', () => {
  it.each([
    ['month', '2026-11-30', '2026-11-01', '2026-11-30'],
    ['lastMonth', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['lastMonth', '2028-03-05', '2028-02-01', '2028-02-29'],
    ['lastMonth', '2026-01-02', '2025-12-01', '2025-12-31'],
    ['year', '2026-11-30', '2026-01-01', '2026-11-30'],
    ['lastYear', '2026-11-30', '2025-01-01', '2025-12-31'],
  ] as const)('%s on %s runs from %s to %s', (span, today, from, to) => {
    expect(spanOf(span, today)).toEqual({ from, to })
  })
})

it('figures of a time are reached, changed and left by keyboard alone; the table says what the bars show', async () => {
  const { screen } = await mountIn(MailPage, 'mail')
  const asText = (where: string): string =>
    screen
      .get(where)
      .text()
      .replaceAll(/[\u2066-\u2069]/gu, '')
  await eventually(() => {
    expect(screen.find('[data-testid=mail-tab-figures]').exists()).toBe(true)
  })
  keyboard.tabTo((one) => one.dataset.testid === 'mail-tab-figures')
  await keyboard.press('Enter')
  await eventually(() => {
    expect(asText('[data-testid=figures-facts]')).toMatch(/Arrivées\s*2.?426/u)
  })
  expect(asText('[data-testid=figures-facts]')).toMatch(/Délai médian\s*6 jours/u)
  const rows = screen.findAll('.month-table tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()))
  expect(rows).toHaveLength(11)
  expect(rows.at(-1)).toEqual(
    screen
      .findAll('.ui-bars .group')
      .at(-1)
      ?.findAll('b')
      .map((bar) => bar.text()),
  )

  keyboard.tabTo((one) => one.closest('[data-testid=figures-span]') !== null)
  await keyboard.press('ArrowLeft')
  await eventually(() => {
    expect(screen.findAll('.month-table tbody tr')).toHaveLength(1)
  })
  await keyboard.press('Escape')
  expect(screen.find('[data-testid=mail-search]').exists()).toBe(true)
})
