import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Scenario } from '../../core/bridge/demo/state.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import { useSession } from '../../core/stores/session.ts'
import { mountOver } from '../../core/testing/mountIn.ts'
import { useHall } from './hall.ts'
import HallFrame from './HallFrame.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

const pages = () =>
  createRouter({
    history: createMemoryHistory(),
    routes: ['home', 'hall', 'day'].map((name) => ({
      name,
      path: name === 'home' ? '/' : `/${name}`,
      component: { render: () => h('i') },
    })),
  })

/** Where somebody is, once the hall was heard, who signed in just now and went on to a page meanwhile. */
async function arrives(scenario: Scenario, entered = true, goes?: string): Promise<unknown> {
  const { router, pinia } = await mountOver(demoBridge(scenario), HallFrame, 'fr', pages)
  useSession(pinia).entered = entered
  if (goes !== undefined) await router.push({ name: goes })
  await vi.waitFor(() => {
    expect(useHall(pinia).view).toBeDefined()
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  return router.currentRoute.value.name
}

it('who runs a hall begins there', async () => {
  expect(await arrives('hall')).toBe('hall')
})

it.each([
  ['an agent', 'hallAgent', true, undefined, 'home'],
  ['a supervisor whose counter is in no hall', 'hallNone', true, undefined, 'home'],
  ['a window that is read again', 'hall', false, undefined, 'home'],
  ['who went on meanwhile', 'hall', true, 'day', 'day'],
] as const)('%s stays where he is', async (_, scenario, entered, goes, stays) => {
  expect(await arrives(scenario, entered, goes)).toBe(stays)
})
