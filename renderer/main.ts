import './ui/base.css'
import { createPinia } from 'pinia'
import { computed, createApp } from 'vue'
import App from './shell/App.vue'
import { actWordsKey } from './core/actWords.ts'
import { createTheme } from './core/preferences.ts'
import { allPages, loadInsides } from './shell/pages.ts'
import { features } from './features.ts'
import { followSession } from './shell/followSession.ts'
import { createPages } from './shell/router.ts'
import { createScans, scansKey } from './core/scans.ts'
import { createShortcuts, shortcutsKey } from './core/shortcuts.ts'
import { useApp } from './core/stores/app.ts'
import { feedStores } from './core/stores/feed.ts'
import { themeKey } from './core/theme.ts'
import { bridgeKey, connectBridge, type Bridge } from './core/bridge/index.ts'
import { currentLanguage, turnPage } from './core/i18n/language.ts'
import { zoneKey } from './core/i18n/useWords.ts'
import { createToasts, toastsKey } from './ui/toasts.ts'

const openDemo = async (): Promise<Bridge> => {
  const { demoBridge, scenarioOf } = await import('./core/bridge/demo/index.ts')
  return demoBridge(scenarioOf(new URLSearchParams(location.search)))
}

const theme = createTheme()
turnPage(currentLanguage.value)
const bridge = __DEMO__ && window.guichet === undefined ? await openDemo() : connectBridge()
const app = createApp(App)
const pinia = createPinia()
const router = createPages()
app.use(pinia)
app.use(router)
followSession(router, pinia, bridge)
app.provide(bridgeKey, bridge)
// Before the shortcuts, which must not hear the keys of a scanner.
app.provide(scansKey, createScans(bridge))
app.provide(shortcutsKey, createShortcuts())
app.provide(toastsKey, createToasts())
app.provide(themeKey, theme)
app.provide(
  actWordsKey,
  features.flatMap(({ acts }) => acts ?? []),
)
app.provide(
  zoneKey,
  computed(() => useApp().state?.zone),
)
// Not awaited: the first screen is drawn while the worker starts.
void feedStores(bridge)
app.mount('#app')
// The screens of every hour are read while the first name is typed.
requestIdleCallback(() => {
  void import('./shell/TheShell.vue')
  void loadInsides()
  for (const page of allPages()) if (page.early === true) void page.component()
})
