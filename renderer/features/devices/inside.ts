import type { Inside } from '../../core/feature.ts'
import DevicesStrip from './DevicesStrip.vue'

export const inside: Inside = { strip: { order: 1, component: DevicesStrip } }
