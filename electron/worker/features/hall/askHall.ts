import { z } from 'zod'
import type { HallRequest } from '#shared/contract/hallCalls.ts'
import {
  appointmentView,
  ticketView,
  type AppointmentView,
  type TicketView,
} from '#shared/contract/features/hall/views.ts'
import { hallAnswer, type HallAnswer, type HallCommand } from '#shared/domain/hall/command.ts'
import { counterNamed, type HallCounter } from '#shared/domain/hall/ticket.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'
import { counterNameOf } from './hallNow.ts'

/** A ticket in its line. */
export interface Placed {
  readonly ticket: TicketView
  /** How many are called before it, and how many minutes that takes, where it was measured. */
  readonly before: number
  readonly minutes?: number
}

/** The hall, asked by this counter. Each answer is parsed: it comes from another process. */
export interface Asking {
  readonly answering: HandlerContext
  /** This counter, as the log of the hall has it. */
  readonly counter: HallCounter
  readonly ask: <T>(request: HallRequest, shape: z.ZodType<T>) => Promise<Result<T>>
  /** Has a command done, once for its id. */
  readonly command: (id: string, command: HallCommand) => Promise<Result<HallAnswer>>
  /** The same, and the ticket it was done to: null where it was nobody. */
  readonly ofTicket: (id: string, command: HallCommand) => Promise<Result<{ ticket: TicketView | null }>>
  readonly placed: (id: string, command: HallCommand) => Promise<Result<Placed>>
  readonly ofAppointment: (id: string, command: HallCommand) => Promise<Result<{ appointment: AppointmentView }>>
}

const placedShape = z.strictObject({
  ticket: ticketView,
  before: z.int().nonnegative(),
  minutes: z.int().nonnegative().exactOptional(),
})

/** Faults: hall.notRunning (no hall, or its station is not heard), and those of what is asked. */
export function askHall(answering: HandlerContext): Asking {
  const { parts, context } = answering
  const ask = async <T>(request: HallRequest, shape: z.ZodType<T>): Promise<Result<T>> => {
    const answer = parts.hall === undefined ? err(faultOf('hall.notRunning')) : await parts.hall.ask(request)
    if (!answer.ok) return answer
    const read = shape.safeParse(answer.value)
    return read.success ? ok(read.data) : err(faultOf('internal', `answer of ${request.call}`))
  }
  const command: Asking['command'] = (id, done) => ask({ call: 'command', id, command: done }, hallAnswer)
  const placed: Asking['placed'] = async (id, done) => {
    const answer = await command(id, done)
    if (!answer.ok) return answer
    const { ticket } = answer.value
    return typeof ticket === 'string'
      ? ask({ call: 'ticket', ticket }, placedShape)
      : err(faultOf('internal', 'no ticket'))
  }
  return {
    answering,
    counter: counterNamed(counterNameOf(context.counter)),
    ask,
    command,
    placed,
    ofTicket: async (id, done) => {
      const answer = await command(id, done)
      if (!answer.ok) return answer
      const { ticket } = answer.value
      if (typeof ticket !== 'string') return ok({ ticket: null })
      const seen = await ask({ call: 'ticket', ticket }, placedShape)
      return seen.ok ? ok({ ticket: seen.value.ticket }) : seen
    },
    ofAppointment: async (id, done) => {
      const answer = await command(id, done)
      if (!answer.ok) return answer
      const booking = await ask({ call: 'booking', appointment: answer.value.appointment ?? '' }, appointmentView)
      return booking.ok ? ok({ appointment: booking.value }) : booking
    },
  }
}
