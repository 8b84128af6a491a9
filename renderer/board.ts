import './ui/base.css'
import { createApp } from 'vue'
import * as app from '#shared/contract/features/app/calls.ts'
import * as hall from '#shared/contract/features/hall/calls.ts'
import { connectDoor } from './core/bridge/door.ts'
import BoardPage from './features/board/BoardPage.vue'

const shapes = { calls: { ...app.calls, ...hall.calls }, events: { ...app.events, ...hall.events } }
createApp(BoardPage, { bridge: connectDoor<'board'>(shapes) }).mount('#app')
