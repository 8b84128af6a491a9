import { v4 } from 'uuid'
import { calls as shapes, type calls } from '#shared/contract/features/hall/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Answers, Caller } from '../../core/caller.ts'
import type { Giving } from './giveTicket.ts'

type KioskCall = Extract<keyof typeof calls, `kiosk.${string}`>

/** In both languages of the house: it is read by whoever is near. */
const helpWanted = 'Une personne demande de l’aide à la borne · شخص يطلب المساعدة عند الجهاز التفاعلي'
/** Whoever touches it again and again is heard once a minute. */
const helpEvery = 60_000

/**
 * What citizens do at a kiosk: only through its door. Faults: session.forbidden, ticket.noPaper, ticket.serviceClosed,
 * appointment.*, hall.*.
 */
export function kioskCalls({
  answering: { context },
  ask,
  give,
  command,
}: Giving): Pick<Answers<typeof calls>, KioskCall> {
  const forbidden = err(faultOf('session.forbidden'))
  const noneToday = err(faultOf('appointment.noneToday'))
  const isKiosk = ({ door }: Caller): boolean => door === 'kiosk'
  const checkIn = async (id: string, appointment: string, priority: boolean) => {
    const issued = await give(id, {
      type: 'checkIn',
      appointment,
      ...(priority ? { priority: 'declared' } : {}),
    })
    if (!issued.ok) return issued
    const { ticket, printed } = issued.value
    return ok({ ticket: ticket.ticket, time: ticket.appointment?.time ?? '', printed })
  }
  let helped = -Infinity
  return {
    'kiosk.issue': async ({ commandId, service, priority }, caller) => {
      if (!isKiosk(caller)) return forbidden
      const issued = await give(commandId, {
        type: 'issue',
        service,
        ...(priority ? { priority: 'declared' } : {}),
      })
      if (!issued.ok) return issued
      const { ticket, before, minutes, printed } = issued.value
      return ok({ ticket: ticket.ticket, before, ...(minutes === undefined ? {} : { minutes }), printed })
    },
    'kiosk.checkIn': async ({ commandId, appointment, priority }, caller) =>
      isKiosk(caller) ? checkIn(commandId, appointment.trim().toUpperCase(), priority) : forbidden,
    'kiosk.checkInByCard': async ({ commandId, numbers, priority }, caller) => {
      if (!isKiosk(caller)) return forbidden
      const found = await ask({ call: 'bookingsOf', numbers }, shapes['appointments.ofCitizen'].output)
      if (!found.ok) return found
      const { appointments } = found.value
      // One that is checked in already says so; a card asked again gets the same ticket.
      const one = appointments.find(({ state }) => state === 'booked') ?? appointments[0]
      return one === undefined ? noneToday : checkIn(commandId, one.appointment, priority)
    },
    'kiosk.help': async (_, caller) => {
      if (!isKiosk(caller)) return forbidden
      const now = context.clock.now().getTime()
      if (now - helped < helpEvery) return ok({})
      const told = await command(v4(), { type: 'message', from: 'Borne · الجهاز', text: helpWanted })
      if (told.ok) helped = now
      return told.ok ? ok({}) : told
    },
  }
}
