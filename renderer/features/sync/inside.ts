import type { Inside } from '../../core/feature.ts'
import QuarantineNotice from './QuarantineNotice.vue'
import SyncStrip from './SyncStrip.vue'

export const inside: Inside = { band: QuarantineNotice, strip: { order: 2, component: SyncStrip } }
