import type { Feature } from '../../core/feature.ts'
import { useCard } from '../../core/stores/card.ts'
import { usePrint } from '../../core/stores/print.ts'

/** What is broken at this counter: papers that need somebody, and a reader that cannot read. */
const troubles = (): number => {
  const { state } = useCard().card
  return usePrint().troubled.length + (state === 'failed' || state === 'noService' ? 1 : 0)
}

export const feature: Feature = {
  name: 'devices',
  order: 120,
  pages: [
    {
      name: 'devices',
      path: '/devices',
      icon: 'devices',
      words: 'frame.devices',
      needs: 'choosePrinter',
      component: () => import('./DevicesPage.vue'),
      waits: () => ({ n: troubles(), urgent: true }),
    },
  ],
  inside: async () => (await import('./inside.ts')).inside,
}
