import type { Pinia } from 'pinia'
import type { Router } from 'vue-router'
import { demoBridge } from '../core/bridge/demo/index.ts'
import type { Scenario } from '../core/bridge/demo/state.ts'
import { mountOver } from '../core/testing/mountIn.ts'
import App from './App.vue'
import { followSession } from './followSession.ts'
import { loadInsides } from './pages.ts'
import { createPages } from './router.ts'

const realPages = (pinia: Pinia): Router => {
  const router = createPages()
  followSession(router, pinia)
  return router
}

/** The whole program with its own pages over a synthetic register; for tests. */
export async function mountProgram(scenario: Scenario): ReturnType<typeof mountOver> {
  location.hash = ''
  await loadInsides()
  return mountOver(demoBridge(scenario), App, 'fr', realPages)
}
