import './ui/base.css'
import { createApp } from 'vue'
import * as app from '#shared/contract/features/app/calls.ts'
import * as hall from '#shared/contract/features/hall/calls.ts'
import { connectDoor } from './core/bridge/door.ts'
import { firstLanguage, speak } from './core/i18n/language.ts'
import { listenToWedges } from './core/wedgeKeys.ts'
import KioskPage from './features/kiosk/KioskPage.vue'
import { lockKeys } from './features/kiosk/lockKeys.ts'

const openDemo = async () => {
  const { demoBridge, scenarioOf } = await import('./core/bridge/demo/index.ts')
  return demoBridge(scenarioOf(new URLSearchParams(location.search)))
}

const shapes = { calls: { ...app.calls, ...hall.calls }, events: { ...app.events, ...hall.events } }
const bridge = __DEMO__ ? await openDemo() : connectDoor<'kiosk'>(shapes)
await speak(firstLanguage())
/** Who hears what the reader below the screen read: the page that is there. */
const scanned = new Set<(text: string) => void>()
// Before the lock, which lets no other key through.
listenToWedges(window, (text) => {
  for (const hear of scanned) hear(text)
})
lockKeys(window)
createApp(KioskPage, { bridge, scanned }).mount('#app')
