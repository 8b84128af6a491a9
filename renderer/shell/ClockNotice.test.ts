import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { BudgetLine } from '#shared/contract/features/sync/calls.ts'
import { useSession } from '../core/stores/session.ts'
import { useSync } from '../core/stores/sync.ts'
import { mountIn } from '../core/testing/mountIn.ts'
import ClockNotice from './ClockNotice.vue'

enableAutoUnmount(afterEach)

const shown = async (kind: BudgetLine['kind'] | undefined, supervises: boolean) => {
  const { screen } = await mountIn(ClockNotice, 'typed')
  const session = useSession()
  if (session.session !== undefined)
    session.session = { ...session.session, roles: supervises ? ['supervisor'] : ['agent'] }
  const sync = useSync()
  const line = kind && { kind, used: 365 * 86_400_000, limit: 1, state: 'over' as const }
  sync.sync = { ...sync.sync, budget: { days: 7, usedMs: 0, lines: line === undefined ? [] : [line] } }
  await nextTick()
  return screen
}

it('says nothing while the clock is sound', async () => {
  expect((await shown(undefined, true)).find('[data-testid=clock-notice]').exists()).toBe(false)
  expect((await shown('backup', true)).find('[data-testid=clock-notice]').exists()).toBe(false)
})

it('a clock ahead may be confirmed by whoever is there', async () => {
  const ahead = await shown('clockAhead', false)
  expect(ahead.get('[data-testid=clock-notice]').text()).toContain('365')
  expect(ahead.findAll('button').length).toBeGreaterThan(0)
})

it('one behind is for a supervisor', async () => {
  const behind = await shown('clockBehind', false)
  expect(behind.findAll('button')).toHaveLength(0)
  expect(behind.text()).toContain('responsable')
})

it('one off by an hour too', async () => {
  expect((await shown('clockHour', true)).findAll('button').length).toBeGreaterThan(0)
})
