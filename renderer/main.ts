import './ui/base.css'
import { createPinia } from 'pinia'
import { computed, createApp } from 'vue'
import App from './app/App.vue'
import { createTheme, firstLanguage } from './app/preferences.ts'
import { createPages } from './app/router.ts'
import { createScans, scansKey } from './app/scans.ts'
import { createShortcuts, shortcutsKey } from './app/shortcuts.ts'
import { useApp } from './app/stores/app.ts'
import { feedStores } from './app/stores/feed.ts'
import { themeKey } from './app/theme.ts'
import { bridgeKey, connectBridge, type Bridge } from './bridge/index.ts'
import { createWords } from './i18n/index.ts'
import { zoneKey } from './i18n/useWords.ts'
import { createToasts, toastsKey } from './ui/toasts.ts'

const openDemo = async (): Promise<Bridge> => {
  const { demoBridge, scenarioOf } = await import('./bridge/demo/index.ts')
  return demoBridge(scenarioOf(new URLSearchParams(location.search)))
}

const theme = createTheme()
const words = createWords(firstLanguage())
const bridge = __DEMO__ && window.guichet === undefined ? await openDemo() : connectBridge()
const app = createApp(App)
app.use(createPinia())
app.use(words)
app.use(createPages())
app.provide(bridgeKey, bridge)
// Before the shortcuts, which must not hear the keys of a scanner.
app.provide(scansKey, createScans(bridge))
app.provide(shortcutsKey, createShortcuts())
app.provide(toastsKey, createToasts())
app.provide(themeKey, theme)
app.provide(
  zoneKey,
  computed(() => useApp().state?.zone),
)
// Not awaited: the first screen is drawn while the worker starts.
void feedStores(bridge)
app.mount('#app')
// The screens of every hour are read while the first name is typed.
requestIdleCallback(() => {
  void import('./app/TheShell.vue')
  void import('./features/counter/CounterPage.vue')
})
