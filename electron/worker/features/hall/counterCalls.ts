import type { In } from '#shared/contract/calls.ts'
import type { calls } from '#shared/contract/features/hall/calls.ts'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import { counterNamed } from '#shared/domain/hall/ticket.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Answers } from '../../core/caller.ts'
import type { Giving } from './giveTicket.ts'
import { letFileGo, takeFile } from './ticketFile.ts'

type CounterCall =
  | 'hall.signOn'
  | 'hall.signOff'
  | 'hall.away'
  | 'hall.next'
  | 'hall.ticket'
  | 'hall.takeFile'
  | 'hall.issue'
  | 'hall.alarm'

/** What a counter does in the hall. Faults: those of `decide`; hall.noMajority, hall.noServer, hall.unanswered. */
export function counterCalls(giving: Giving): Pick<Answers<typeof calls>, CounterCall> {
  const { command, ofTicket, give, counter } = giving
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
    'hall.ticket': async (input, { who }) => {
      const elsewhere = input.act !== 'transfer' && input.counter !== undefined && input.counter !== String(counter)
      if (elsewhere && !allows(who.view.roles, 'runHall')) return err(faultOf('session.forbidden'))
      const { act, ticket, draftId } = input
      const file =
        act === 'transfer' && draftId !== undefined ? { commandId: input.commandId, ticket, id: draftId } : undefined
      const goes = file === undefined ? ok({}) : await letFileGo(giving, who, file)
      return goes.ok ? ofTicket(input.commandId, commandOf(input, counter)) : goes
    },
    'hall.takeFile': ({ ticket }, { who }) => takeFile(giving, who, ticket),
    'hall.issue': async ({ commandId, service, priority, aloud }) => {
      const issue: HallCommand = { type: 'issue', service, ...(priority === undefined ? {} : { priority }) }
      const issued = await give(commandId, issue, aloud)
      return issued.ok ? ok({ ticket: issued.value.ticket, printed: issued.value.printed }) : issued
    },
    'hall.alarm': ({ commandId, on }) => done(commandId, { type: 'alarm', counter, on }),
  }
}

/**
 * What is done with a ticket happens at this counter; at another one only by who runs the hall. What another counter has
 * called is not ended from here.
 */
function commandOf({ ticket, act, service, counter: to }: In<'hall.ticket'>, counter: Giving['counter']): HallCommand {
  const at = to === undefined ? counter : counterNamed(to)
  switch (act) {
    case 'takeBack':
      return { type: 'return', ticket, counter: at }
    case 'transfer':
      return {
        type: 'transfer',
        ticket,
        ...(service === undefined ? {} : { service }),
        ...(to === undefined ? {} : { counter: at }),
      }
    default:
      return { type: act, ticket, counter: at }
  }
}
