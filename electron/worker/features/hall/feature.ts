import type { calls } from '#shared/contract/features/hall/calls.ts'
import type { BoardView, HallView } from '#shared/contract/features/hall/views.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'

const view: HallView = {
  role: 'none',
  open: false,
  epoch: 0,
  station: '',
  stations: [],
  counter: '1',
  recallLimit: 3,
  services: [],
  counters: [],
  waiting: [],
  parked: [],
  missed: [],
  messages: [],
  figures: { served: 0, missed: 0 },
  tail: [],
  doubts: [],
}
const board: BoardView = { role: 'none', epoch: 0, open: false, calls: [], services: [], paper: 'none' }
const none = () => err(faultOf('hall.notRunning'))

/** The queue of the office. A counter that is in no hall says so. */
export const hall: Feature<typeof calls> = {
  calls: () => ({
    'hall.view': () => ok(view),
    'hall.board': () => ok(board),
    'hall.signOn': none,
    'hall.signOff': none,
    'hall.away': none,
    'hall.next': none,
    'hall.ticket': none,
    'hall.issue': none,
    'hall.alarm': none,
    'kiosk.issue': none,
    'kiosk.checkIn': none,
    'kiosk.help': none,
    'hall.open': none,
    'hall.close': none,
    'hall.takeOver': none,
    'hall.service': none,
    'hall.assign': none,
    'hall.message': none,
    'hall.history': none,
    'appointments.list': none,
    'appointments.free': none,
    'appointments.book': none,
    'appointments.move': none,
    'appointments.cancel': none,
    'appointments.checkIn': none,
    'appointments.calendar': none,
  }),
}
