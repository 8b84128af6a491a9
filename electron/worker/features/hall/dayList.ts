import { z } from 'zod'
import { appointmentView } from '#shared/contract/features/hall/views.ts'
import { ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice } from '../../core/context.ts'
import type { Asking } from './askHall.ts'

const listed = z.strictObject({ appointments: z.array(appointmentView) })

/**
 * The appointments of a day as PDF, in the order of their time; the cancelled ones are not in it. It names nobody and is
 * not kept. Faults: those of `ask` and of `Press`.
 */
export async function dayList(
  { answering, ask }: Pick<Asking, 'answering' | 'ask'>,
  day: string,
): Promise<Result<{ pdf: Uint8Array<ArrayBuffer> }>> {
  const { parts, context, press } = answering
  const found = await ask({ call: 'bookings', day }, listed)
  if (!found.ok) return found
  const office = readOffice(context.store)
  const now = context.clock.now()
  const services = parts.hall?.facts()?.hall.services ?? []
  const nameOf = (letter: string) => services.find((one) => one.letter === letter)?.name ?? { fr: letter, ar: letter }
  const made = await press.make({
    kind: 'appointmentDay',
    facts: {
      day,
      at: now.toISOString(),
      utcOffsetMinutes: officeDay(office, now).utcOffsetMinutes,
      authority: office.authority,
      office: office.name,
      lines: found.value.appointments
        .filter(({ state }) => state !== 'cancelled')
        .sort((one, other) => one.time.localeCompare(other.time) || one.appointment.localeCompare(other.appointment))
        .map(({ time, appointment, service, minutes, ticket }) => ({
          ...{ time, appointment, service, minutes, name: nameOf(service) },
          ...(ticket === undefined ? {} : { ticket }),
        })),
    },
  })
  return made.ok ? ok({ pdf: new Uint8Array(made.value.pdf) }) : made
}
