import { dirname } from 'node:path'
import { z } from 'zod'
import seed from '../../resources/seed/office.json' with { type: 'json' }
import { readRoster } from '#electron/hall/office/readStation.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { prepareOut, targetFault } from '#electron/worker/files/target.ts'
import { dayListLines } from '#shared/contract/features/hall/dayList.ts'
import { appointmentView } from '#shared/contract/features/hall/views.ts'
import { utcOffsetMinutes } from '#shared/domain/clock/officeTime.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { askHall } from './askHall.ts'
import type { CommandContext, Said } from './command.ts'
import { resourcesDir } from './resourcesDir.ts'

const named = z.object({ station: z.string() })
const listed = z.strictObject({ appointments: z.array(appointmentView) })

/**
 * `guichet appointment list --date D --out FILE`: the list of a day as PDF, as the screen prints it. A station knows no
 * office by name: its own stands there. Faults: call.invalid, hall.roster, those of the question, the press and the file.
 */
export async function dayOnPaper(context: CommandContext): Promise<Result<Said>> {
  const { date, out } = context.options
  const day = z.iso.date().safeParse(date)
  if (!day.success || context.positionals.length > 0) return err(faultOf('call.invalid', '--date: YYYY-MM-DD'))
  if (typeof out !== 'string' || out === '') return err(faultOf('call.invalid', '--out FILE.pdf'))
  const odd = targetFault(out)
  if (odd !== undefined) return err(odd)
  const roster = await readRoster(context.dataDir)
  if (!roster.ok) return roster
  const running = await askHall(context, { call: 'status' })
  if (!running.ok) return running
  const answer = await askHall(context, { call: 'bookings', day: day.data })
  if (!answer.ok) return answer
  const { station } = named.parse(running.value)
  const now = new Date()
  const lines = dayListLines(listed.parse(answer.value).appointments, (letter) => roster.value.serviceNames?.[letter])
  const made = await pressHere({ resourcesDir }).make({
    kind: 'appointmentDay',
    facts: {
      day: day.data,
      at: now.toISOString(),
      utcOffsetMinutes: utcOffsetMinutes({ name: roster.value.zone, changes: [] }, now),
      authority: seed.authority.slice(0, 1),
      office: { fr: station, ar: station },
      lines,
    },
  })
  if (!made.ok) return made
  const place = prepareOut(dirname(out))
  if (!place.ok) return place
  const written = place.value.write(out, made.value.pdf)
  return written.ok ? ok({ json: { out, appointments: lines.length }, text: out }) : written
}
