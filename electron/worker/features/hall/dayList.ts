import { z } from 'zod'
import { dayListLines } from '#shared/contract/features/hall/dayList.ts'
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
  const made = await press.make({
    kind: 'appointmentDay',
    facts: {
      day,
      at: now.toISOString(),
      utcOffsetMinutes: officeDay(office, now).utcOffsetMinutes,
      authority: office.authority,
      office: office.name,
      lines: dayListLines(found.value.appointments, (letter) => services.find((one) => one.letter === letter)?.name),
    },
  })
  return made.ok ? ok({ pdf: new Uint8Array(made.value.pdf) }) : made
}
