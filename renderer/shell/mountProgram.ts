import type { Pinia } from 'pinia'
import type { Router } from 'vue-router'
import { demoBridge } from '../core/bridge/demo/index.ts'
import type { Bridge } from '../core/bridge/index.ts'
import type { Scenario } from '../core/bridge/demo/state.ts'
import { mountOver } from '../core/testing/mountIn.ts'
import App from './App.vue'
import { followSession } from './followSession.ts'
import { loadInsides } from './pages.ts'
import { createPages } from './router.ts'

const realPages =
  (bridge: Bridge) =>
  (pinia: Pinia): Router => {
    const router = createPages()
    followSession(router, pinia, bridge)
    return router
  }

/** The whole program with its own pages over a synthetic register, some of whose answers may be others; for tests. */
export async function mountProgram(
  scenario: Scenario,
  over: (bridge: Bridge) => Partial<Bridge> = () => ({}),
): ReturnType<typeof mountOver> {
  location.hash = ''
  await loadInsides()
  const real = demoBridge(scenario)
  const bridge = { ...real, ...over(real) }
  return mountOver(bridge, App, 'fr', realPages(bridge))
}
