import { faultOf } from '../../fault.ts'
import { err, ok, type Result } from '../../result.ts'
import type { HallCommand } from './command.ts'
import type { Decision, DecidingFacts } from './decision.ts'
import type { HallEvent } from './event.ts'
import type { Hall } from './hallState.ts'

type HouseCommand = Extract<
  HallCommand,
  { type: 'signOn' | 'signOff' | 'away' | 'assign' | 'service' | 'message' | 'alarm' }
>

/**
 * What a command makes of counters, services and messages. What is so already changes nothing. Faults: hall.notOpen,
 * hall.notSignedOn, ticket.service.
 */
export function decideHouse(hall: Hall, command: HouseCommand, { services }: DecidingFacts): Result<Decision> {
  // Who leaves, and who needs help, is heard whatever the day is.
  if (!hall.open && command.type !== 'signOff' && command.type !== 'alarm') return err(faultOf('hall.notOpen'))
  const known = 'counter' in command ? hall.counters.get(String(command.counter)) : undefined
  switch (command.type) {
    case 'signOn': {
      const { counter, agent } = command
      const unknown = command.services.find((service) => !services.includes(service))
      return unknown === undefined
        ? done({ type: 'signedOn', counter, agent, services: command.services })
        : err(faultOf('ticket.service', unknown, { service: unknown }))
    }
    case 'signOff':
      return known?.agent === undefined ? same : done({ type: 'signedOff', counter: command.counter })
    case 'away': {
      const { counter, away, back } = command
      if (known?.agent === undefined) return err(faultOf('hall.notSignedOn', String(counter)))
      if (away) return done({ type: 'away', counter, ...(back === undefined ? {} : { back }) })
      return known.away === undefined ? same : done({ type: 'cameBack', counter })
    }
    case 'assign': {
      const unknown = command.services.find((service) => !services.includes(service))
      return unknown === undefined
        ? done({ type: 'assigned', counter: command.counter, services: command.services })
        : err(faultOf('ticket.service', unknown, { service: unknown }))
    }
    case 'service': {
      const { service, open, opensAt } = command
      if (!services.includes(service)) return err(faultOf('ticket.service', service, { service }))
      if (open) return hall.closedServices.has(service) ? done({ type: 'serviceOpened', service }) : same
      return done({ type: 'serviceClosed', service, ...(opensAt === undefined ? {} : { opensAt }) })
    }
    case 'message': {
      const { from, to, text } = command
      return done({ type: 'message', from, text, ...(to === undefined ? {} : { to }) })
    }
    case 'alarm':
      return (known?.alarmSince !== undefined) === command.on
        ? same
        : done({ type: 'alarm', counter: command.counter, on: command.on })
  }
}

const done = (event: HallEvent): Result<Decision> => ok({ event })
const same: Result<Decision> = ok({ answer: {} })
