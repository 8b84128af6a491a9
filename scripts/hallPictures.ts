import type { Picture } from './picture.ts'

/** The hall, its appointments, what hangs on its wall and what stands at its door. */
export const hallPictures: readonly Picture[] = [
  { name: 'board', demo: 'hall', path: '/', page: 'board' },
  { name: 'board-calm', demo: 'hallCalm', path: '/', page: 'board' },
  { name: 'board-not-open', demo: 'hallNotOpen', path: '/', page: 'board' },
  { name: 'board-closed', demo: 'hallClosed', path: '/', page: 'board' },
  { name: 'kiosk', demo: 'hall', path: '/', page: 'kiosk' },
  { name: 'kiosk-larger', demo: 'hall', path: '/', page: 'kiosk', touches: ['kiosk-larger'] },
  { name: 'kiosk-contrast', demo: 'hall', path: '/', page: 'kiosk', touches: ['kiosk-contrast', 'kiosk-priority'] },
  { name: 'kiosk-lower', demo: 'hall', path: '/', page: 'kiosk', touches: ['kiosk-lower'] },
  { name: 'kiosk-number', demo: 'hall', path: '/', page: 'kiosk', touches: ['kiosk-appointment'], keys: ['type:02'] },
  {
    name: 'kiosk-unknown',
    demo: 'hall',
    path: '/',
    page: 'kiosk',
    touches: ['kiosk-appointment'],
    keys: ['type:9', 'Enter'],
  },
  { name: 'kiosk-given', demo: 'hall', path: '/', page: 'kiosk', touches: ['kiosk-service-C'] },
  { name: 'kiosk-aloud', demo: 'hallAloud', path: '/', page: 'kiosk', touches: ['kiosk-service-A'] },
  { name: 'kiosk-paper-out', demo: 'hallPaperOut', path: '/', page: 'kiosk', touches: ['kiosk-help'] },
  { name: 'kiosk-not-open', demo: 'hallNotOpen', path: '/', page: 'kiosk' },
]
