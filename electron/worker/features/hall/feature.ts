import type { calls } from '#shared/contract/features/hall/calls.ts'
import { ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { appointmentCalls } from './appointmentCalls.ts'
import { askHall } from './askHall.ts'
import { counterCalls } from './counterCalls.ts'
import { givingTickets } from './giveTicket.ts'
import { kioskCalls } from './kioskCalls.ts'
import { boardNow, hallNow } from './hallNow.ts'
import { superviseCalls } from './superviseCalls.ts'
import { watchHall } from './watchHall.ts'

/** The queue of the office. A counter that is in no hall says so. */
export const hall: Feature<typeof calls> = {
  calls: (answering) => {
    const asking = givingTickets(askHall(answering))
    const { tickets } = answering.parts.devices
    return {
      'hall.view': () => ok(hallNow(answering)),
      'hall.board': async () => {
        // Whoever looks first shall not read that there is no printer.
        if (tickets?.seen() === undefined) await tickets?.status()
        return ok(boardNow(answering))
      },
      ...counterCalls(asking),
      ...kioskCalls(asking),
      ...superviseCalls(asking),
      ...appointmentCalls(asking),
    }
  },
  background: watchHall,
}
