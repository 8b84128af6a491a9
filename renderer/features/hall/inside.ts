import type { Inside } from '../../core/feature.ts'
import { textOf } from '../../core/i18n/useWords.ts'
import HallFrame from './HallFrame.vue'
import { hallWords } from './words.ts'

const t = textOf(hallWords)

export const inside: Inside = {
  pages: (name) => (name === 'hall' || name === 'appointments' ? t(`pages.${name}`) : undefined),
  frame: HallFrame,
}
