import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'hall',
  order: 65,
  pages: [
    {
      name: 'hall',
      path: '/hall',
      icon: 'queue',
      words: 'frame.hall',
      needs: 'useHall',
      component: () => import('./HallPage.vue'),
    },
    {
      name: 'appointments',
      path: '/appointments',
      icon: 'appointment',
      words: 'frame.appointments',
      needs: 'useHall',
      component: () => import('./appointments/AppointmentsPage.vue'),
    },
  ],
  inside: async () => (await import('./inside.ts')).inside,
}
