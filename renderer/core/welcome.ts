import { shallowRef } from 'vue'
import { defineSessionStore } from './stores/sessionStore.ts'

/** Any screen asks for the sheet that gives a ticket to whoever stands there. */
export const useWelcome = defineSessionStore('welcome', () => ({ open: shallowRef(false) }))
