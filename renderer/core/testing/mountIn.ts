import { DOMWrapper, mount } from '@vue/test-utils'
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { h, ref, type Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Language } from '#shared/domain/text.ts'
import { demoBridge } from '../bridge/demo/index.ts'
import type { Scenario } from '../bridge/demo/state.ts'
import { bridgeKey, type Bridge } from '../bridge/index.ts'
import { speak } from '../i18n/language.ts'
import { createToasts, toastsKey } from '../../ui/toasts.ts'
import { createScans, scansKey } from '../scans.ts'
import { createShortcuts, shortcutsKey } from '../shortcuts.ts'
import { feedStores } from '../stores/feed.ts'
import { features } from '../../features.ts'
import { actWordsKey } from '../actWords.ts'
import { themeKey } from '../theme.ts'

/** Mounts a screen as the application would, over a synthetic register; for tests. */
export const mountIn = (
  screen: Component,
  scenario: Scenario,
  language: Language = 'fr',
): ReturnType<typeof mountOver> => mountOver(demoBridge(scenario), screen, language)

/** Pages with nothing on them, for a screen that leads to them. */
const emptyPages = (): Router =>
  createRouter({
    history: createMemoryHistory(),
    routes: features
      .flatMap(({ pages = [] }) => pages)
      .map(({ name, path }) => ({ name, path, component: { render: () => h('i') } })),
  })

/** Mounts a screen as the application would, over any register. */
export async function mountOver(
  bridge: Bridge,
  screen: Component,
  language: Language = 'fr',
  pages: (pinia: Pinia) => Router = emptyPages,
): Promise<{ screen: DOMWrapper<HTMLElement>; bridge: Bridge; router: Router; pinia: Pinia }> {
  const pinia = createPinia()
  setActivePinia(pinia)
  await speak(language)
  await feedStores(bridge)
  const router = pages(pinia)
  await router.push('/')
  mount(screen, {
    attachTo: document.body,
    global: {
      plugins: [pinia, router],
      provide: {
        [bridgeKey as symbol]: bridge,
        [toastsKey as symbol]: createToasts(),
        [scansKey as symbol]: createScans(bridge, { addEventListener: () => undefined, document }),
        [shortcutsKey as symbol]: createShortcuts(),
        [themeKey as symbol]: ref('light'),
        [actWordsKey as symbol]: features.flatMap(({ acts }) => acts ?? []),
      },
    },
  })
  return { screen: new DOMWrapper(document.body), bridge, router, pinia }
}
