import type { Inside } from '../../core/feature.ts'
import { useWelcomeEntry } from './welcome/useWelcomeEntry.ts'
import WelcomeFrame from './welcome/WelcomeFrame.vue'

export const inside: Inside = { frame: WelcomeFrame, palette: useWelcomeEntry }
