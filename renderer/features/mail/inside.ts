import type { Inside } from '../../core/feature.ts'
import MailScan from './MailScan.vue'
import { useMailEntries } from './useMailEntries.ts'

export const inside: Inside = { frame: MailScan, palette: useMailEntries }
