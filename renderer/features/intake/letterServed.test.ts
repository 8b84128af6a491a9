import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import { mountOver } from '../../core/testing/mountIn.ts'
import CounterPage from './CounterPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
/** What takes a moment alone takes seconds beside a build. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })

it('opens with the sender of the letter in the fields, the focus in them, and the number above the request', async () => {
  const bridge = demoBridge('noReader')
  const found = await bridge.call('mail.search', { words: '', register: 'arrival', limit: 1 })
  const [letter] = found.ok ? found.value.lines : []
  if (letter === undefined) throw new Error('no letter')
  const { screen, router } = await mountOver(bridge, CounterPage, 'fr', () =>
    createRouter({
      history: createMemoryHistory(),
      routes: [
        ...['counter', 'devices'].map((name) => ({ name, path: `/${name}`, component: CounterPage })),
        { path: '/', redirect: { name: 'counter', query: { letter: letter.number } } },
      ],
    }),
  )
  await eventually(() => {
    expect(screen.find('[data-testid=letter-served]').text()).toContain(letter.number)
  })
  const typed = screen.findAll<HTMLInputElement>('form input').map(({ element }) => element.value)
  expect(typed).toContain(letter.sender.name)
  // Only typed: nobody is at the desk yet.
  const drafts = await bridge.call('draft.list', {})
  expect(drafts.ok && drafts.value.drafts).toEqual([])
  await eventually(() => {
    expect(document.activeElement?.closest('form')).not.toBeNull()
  })
  expect(router.currentRoute.value.query).toEqual({})
  await screen.get('[data-testid=letter-served] button').trigger('click')
  await eventually(() => {
    expect(screen.find('[data-testid=letter-served]').exists()).toBe(false)
  })
})
