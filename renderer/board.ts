import './ui/base.css'
import { createApp } from 'vue'
import { calls, events } from '#shared/contract/features/app/calls.ts'
import { connectDoor } from './core/bridge/door.ts'
import BoardPage from './features/board/BoardPage.vue'

createApp(BoardPage, { bridge: connectDoor<'board'>({ calls, events }) }).mount('#app')
