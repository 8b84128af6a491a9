import { defineAsyncComponent } from 'vue'
import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'app',
  order: 10,
  door: { at: 'register', component: defineAsyncComponent(() => import('./UnlockPage.vue')) },
}
