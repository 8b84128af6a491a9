import type { Inside } from '../../core/feature.ts'
import HallFrame from './HallFrame.vue'

export const inside: Inside = { frame: HallFrame }
