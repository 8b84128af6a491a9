import type { Inside } from '../../core/feature.ts'
import ComplementDialog from './ComplementDialog.vue'

export const inside: Inside = { frame: ComplementDialog }
