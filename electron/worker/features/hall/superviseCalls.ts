import { z } from 'zod'
import type { calls } from '#shared/contract/features/hall/calls.ts'
import { dayCount, forecastView } from '#shared/contract/features/hall/views.ts'
import { counterNamed } from '#shared/domain/hall/ticket.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Answers } from '../../core/caller.ts'
import type { Asking } from './askHall.ts'
import { hallNow } from './hallNow.ts'

type SuperviseCall =
  | 'hall.open'
  | 'hall.close'
  | 'hall.takeOver'
  | 'hall.service'
  | 'hall.assign'
  | 'hall.message'
  | 'hall.history'
  | 'hall.forecast'

const history = z.strictObject({ days: z.array(dayCount) })
const forecast = z.strictObject({ services: z.array(forecastView) })

/** What a supervisor does. Faults: hall.isOpen, hall.notOpen, hall.noMajority, hall.tookOver, ticket.service. */
export function superviseCalls({ answering, ask, command }: Asking): Pick<Answers<typeof calls>, SuperviseCall> {
  // The station tells the hall before it answers: it is as new as what was done.
  const view = (done: Result<unknown>) => (done.ok ? ok(hallNow(answering)) : done)
  const nothing = (done: Result<unknown>) => (done.ok ? ok({}) : done)
  return {
    'hall.open': async () => view(await ask({ call: 'open' }, z.unknown())),
    'hall.close': async ({ commandId }) => view(await command(commandId, { type: 'close' })),
    'hall.takeOver': async ({ forced }) => view(await ask({ call: 'takeOver', forced }, z.unknown())),
    'hall.service': async ({ commandId, service, open, opensAt }) =>
      nothing(
        await command(commandId, {
          type: 'service',
          service,
          open,
          ...(opensAt === undefined ? {} : { opensAt }),
        }),
      ),
    'hall.assign': async ({ commandId, counter, services }) =>
      nothing(await command(commandId, { type: 'assign', counter: counterNamed(counter), services })),
    'hall.message': async ({ commandId, to, text }, { who }) =>
      nothing(
        await command(commandId, {
          type: 'message',
          from: who.view.name.slice(0, 120),
          text,
          ...(to === undefined ? {} : { to: counterNamed(to) }),
        }),
      ),
    'hall.history': ({ from, to }) => ask({ call: 'history', from, to }, history),
    'hall.forecast': ({ day }) => ask({ call: 'forecast', day }, forecast),
  }
}
