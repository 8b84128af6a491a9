import { faultOf } from '../../fault.ts'
import { err, ok, type Result } from '../../result.ts'
import type { HallCommand } from './command.ts'
import type { Decision, DecidingFacts } from './decision.ts'
import type { Hall } from './hallState.ts'
import { nextTicket } from './order.ts'

/**
 * One stroke: whoever is at the counter is done and who is next is called, in one entry, so that it is never a half.
 * Where nobody waits, what was at the counter is done and the answer names nobody. Who was called and is not here yet
 * is not done: a second stroke of a hasty finger ends no visit. Faults: ticket.notHere, ticket.service.
 */
export function decideNext(
  hall: Hall,
  { counter, service }: Extract<HallCommand, { type: 'next' }>,
  { station, services }: DecidingFacts,
): Result<Decision> {
  if (service !== undefined && !services.includes(service)) return err(faultOf('ticket.service', service, { service }))
  const atCounter = [...hall.tickets.values()].filter(
    (ticket) => ticket.state === 'called' && String(ticket.counter) === String(counter),
  )
  const expected = atCounter.find(({ hereAt }) => hereAt === undefined)
  if (expected !== undefined) return err(faultOf('ticket.notHere', expected.ticket, { ticket: expected.ticket }))
  const next = nextTicket(hall, counter, service)
  if (atCounter.length === 0 && next === undefined) return ok({ answer: { ticket: null } })
  return ok({
    event: {
      type: 'next',
      counter,
      via: station,
      ends: atCounter.map(({ ticket }) => ticket),
      ...(next === undefined ? {} : { calls: next.ticket }),
    },
  })
}
