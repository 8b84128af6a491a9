import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'complement',
  order: 45,
  acts: async () => (await import('./words.ts')).complementActs,
  inside: async () => (await import('./inside.ts')).inside,
}
