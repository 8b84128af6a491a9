import { defineAsyncComponent } from 'vue'
import type { Feature } from '../../core/feature.ts'

export const app: Feature = {
  name: 'app',
  door: { at: 'register', component: defineAsyncComponent(() => import('./UnlockPage.vue')) },
}
