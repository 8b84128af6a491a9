import './ui/base.css'
import { createApp } from 'vue'
import * as app from '#shared/contract/features/app/calls.ts'
import * as hall from '#shared/contract/features/hall/calls.ts'
import { connectDoor } from './core/bridge/door.ts'
import { speak } from './core/i18n/language.ts'
import BoardPage from './features/board/BoardPage.vue'

const openDemo = async () => {
  const { demoBridge, scenarioOf } = await import('./core/bridge/demo/index.ts')
  return demoBridge(scenarioOf(new URLSearchParams(location.search)))
}

const shapes = { calls: { ...app.calls, ...hall.calls }, events: { ...app.events, ...hall.events } }
const bridge = __DEMO__ ? await openDemo() : connectDoor<'board'>(shapes)
// Both scripts stand on a wall: the words of both are had before it is drawn.
await speak('ar')
await speak('fr')
createApp(BoardPage, { bridge }).mount('#app')
