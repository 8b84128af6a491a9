import type { Feature } from '../../core/feature.ts'
import LoginPage from './LoginPage.vue'

export const feature: Feature = {
  name: 'session',
  order: 20,
  // Not read when it is needed: the login is drawn before anything else.
  door: { at: 'login', component: LoginPage },
  inside: async () => (await import('./inside.ts')).inside,
}
