import { v4 } from 'uuid'
import { z } from 'zod'
import { utcOffsetMinutes, wallTime } from '#shared/domain/clock/officeTime.ts'
import type { Appointment } from '#shared/domain/hall/appointment.ts'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import { promise, saidOf } from '#shared/domain/hall/promise.ts'
import type { OfficeSeed } from '#shared/domain/office.ts'
import { readOffice } from '../../core/context.ts'
import { appointmentsBetween } from '../../core/rows/reference.ts'
import { askHall } from './askHall.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'

/** Between two looks, in milliseconds: somebody may book by telephone for the same morning. */
const lookEvery = 15_000
const [day, ahead, most] = [86_400_000, 90, 5_000] as const
const known = z.strictObject({ promises: z.array(promise) })

type PromiseCommand = Extract<HallCommand, { type: 'promise' }>

/** Brings the appointments that were made at the platform into the hall, from the counter whose station serves. */
export function bringPromises(answering: HandlerContext): void {
  const { parts, context, background } = answering
  const { ask, command } = askHall(answering)
  const bring = async (): Promise<void> => {
    const hall = parts.hall?.facts()?.hall
    if (hall?.role !== 'serving') return
    const now = context.clock.now().getTime()
    const [from, to] = [now - day, now + ahead * day].map((instant) => new Date(instant).toISOString())
    const rows = appointmentsBetween(context.store.db, from ?? '', to ?? '', most)
    if (rows.length === 0) return
    const heard = await ask({ call: 'promises' }, known)
    if (!heard.ok) return
    const said = new Map(heard.value.promises.map((one) => [one.reference, one.said]))
    const office = readOffice(context.store)
    for (const row of rows) {
      const at = hall.services.find(({ letter, procedure }) =>
        row.service === undefined ? procedure !== undefined && procedure === row.procedure : letter === row.service,
      )
      // A service that is not of this hall: the platform's list alone has it.
      if (at === undefined) continue
      const one = promiseOf(row, at.letter, office)
      const before = said.get(row.id)
      if (before === saidOf(one) || (before === undefined && one.state === 'cancelled')) continue
      // Where the hall does not take it now, the next look says it again.
      if (one.minutes >= 5 && one.minutes <= 480) await command(v4(), one)
    }
  }
  background.start('hall', bring, { every: lookEvery })
}

/** An appointment of the platform as the hall books it: nobody's name goes with it. */
function promiseOf({ id, from, to, mark, state }: Appointment, service: string, office: OfficeSeed): PromiseCommand {
  const begins = new Date(from)
  const offset = utcOffsetMinutes({ name: office.zone, changes: office.legalTime }, begins)
  return {
    type: 'promise',
    reference: id,
    service,
    ...wallTime(begins, offset),
    minutes: Math.round((Date.parse(to) - begins.getTime()) / 60_000),
    state,
    ...(mark === undefined ? {} : { person: { salt: id, mark } }),
  }
}
