import type { In } from '#shared/contract/calls.ts'
import type { calls } from '#shared/contract/features/hall/calls.ts'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import { counterNamed } from '#shared/domain/hall/ticket.ts'
import { ok } from '#shared/result.ts'
import type { Answers } from '../../core/caller.ts'
import type { Asking } from './askHall.ts'

type CounterCall =
  'hall.signOn' | 'hall.signOff' | 'hall.away' | 'hall.next' | 'hall.ticket' | 'hall.issue' | 'hall.alarm'

/** What a counter does in the hall. Faults: those of `decide`; hall.noMajority, hall.noServer, hall.unanswered. */
export function counterCalls({ command, ofTicket, placed, counter }: Asking): Pick<Answers<typeof calls>, CounterCall> {
  const done = async (id: string, one: HallCommand) => {
    const answer = await command(id, one)
    return answer.ok ? ok({}) : answer
  }
  return {
    'hall.signOn': ({ commandId, services }, { who }) =>
      done(commandId, { type: 'signOn', counter, agent: who.view.name.slice(0, 120), services }),
    'hall.signOff': ({ commandId }) => done(commandId, { type: 'signOff', counter }),
    'hall.away': ({ commandId, away, back }) =>
      done(commandId, { type: 'away', counter, away, ...(back === undefined ? {} : { back }) }),
    'hall.next': ({ commandId, service }) =>
      ofTicket(commandId, { type: 'next', counter, ...(service === undefined ? {} : { service }) }),
    'hall.ticket': (input) => ofTicket(input.commandId, commandOf(input, counter)),
    'hall.issue': async ({ commandId, service, priority }) => {
      const issued = await placed(commandId, {
        type: 'issue',
        service,
        ...(priority === undefined ? {} : { priority }),
      })
      return issued.ok ? ok({ ticket: issued.value.ticket, printed: false }) : issued
    },
    'hall.alarm': ({ commandId, on }) => done(commandId, { type: 'alarm', counter, on }),
  }
}

/** What is done with a ticket happens at this counter: what another one has called is not ended from here. */
function commandOf({ ticket, act, service, counter: to }: In<'hall.ticket'>, counter: Asking['counter']): HallCommand {
  switch (act) {
    case 'takeBack':
      return { type: 'return', ticket, counter }
    case 'transfer':
      return {
        type: 'transfer',
        ticket,
        ...(service === undefined ? {} : { service }),
        ...(to === undefined ? {} : { counter: counterNamed(to) }),
      }
    default:
      return { type: act, ticket, counter }
  }
}
