import { z } from 'zod'
import { appointmentView } from '#shared/contract/features/hall/views.ts'
import { hallCommand } from '#shared/domain/hall/command.ts'
import { personNumber } from '#shared/domain/hall/person.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { askHall, commandIdOf, doInHall, idOption } from './askHall.ts'
import type { Command, CommandContext, Said } from './command.ts'

/** `guichet appointment …`: appointments at the running station of the data folder. */
export const appointmentCommands: readonly Command[] = [
  {
    name: 'appointment book',
    summary: 'books a time of a service, in the legal time of the office',
    usage: '--service S --at YYYY-MM-DDTHH:MM [--document N] [--command-id ID]',
    options: { service: { type: 'string' }, at: { type: 'string' }, document: { type: 'string' }, ...idOption },
    run: book,
  },
  {
    name: 'appointment list',
    summary: 'the appointments of a day, or all that are kept; --out: the list of a day as PDF',
    usage: '[--date YYYY-MM-DD] [--out FILE]',
    options: { date: { type: 'string' }, out: { type: 'string' } },
    run: async (context) =>
      context.options['out'] === undefined
        ? list(context)
        : (await import('./appointmentPaper.ts')).dayOnPaper(context),
  },
  {
    name: 'appointment move',
    summary: 'to another time; its length stays',
    usage: 'ID --at YYYY-MM-DDTHH:MM [--command-id ID]',
    options: { at: { type: 'string' }, ...idOption },
    run: async (context) =>
      change(context, { type: 'move', appointment: context.positionals[0], ...whenOf(context) }, 1),
  },
  {
    name: 'appointment cancel',
    summary: 'gives its place back',
    usage: 'ID [--command-id ID]',
    options: idOption,
    run: async (context) => change(context, { type: 'cancel', appointment: context.positionals[0] }, 1),
  },
  {
    name: 'appointment check-in',
    summary: 'the citizen is here: a ticket that is called in the order of appointment time; --document: by his card',
    usage: 'ID|--document N [--priority urgent|elderly|disabled|pregnant] [--command-id ID]',
    options: { priority: { type: 'string' }, document: { type: 'string' }, ...idOption },
    run: checkIn,
  },
  {
    name: 'appointment export',
    summary: 'writes the appointments as iCalendar, in UTC',
    usage: '--out FILE',
    options: { out: { type: 'string' } },
    run: exportAll,
  },
]

/** The number of a person or a document as it was typed; nothing where none was. Fault: call.invalid. */
function documentOf({ options: { document } }: CommandContext): Result<string | undefined> {
  const read = personNumber.optional().safeParse(document)
  return read.success ? ok(read.data) : err(faultOf('call.invalid', '--document: at least four letters or digits'))
}

async function book(context: CommandContext): Promise<Result<Said>> {
  const [number, id] = [documentOf(context), commandIdOf(context)]
  if (!number.ok) return number
  if (!id.ok) return id
  const asked = { type: 'book', service: context.options['service'], ...whenOf(context) }
  if (number.value === undefined) return change(context, asked, 0)
  const person = await askHall(context, { call: 'mark', number: number.value, salt: id.value })
  if (!person.ok) return person
  const same = { ...context, options: { ...context.options, 'command-id': id.value } }
  return change(same, { ...asked, person: person.value }, 0)
}

async function checkIn(context: CommandContext): Promise<Result<Said>> {
  const number = documentOf(context)
  if (!number.ok) return number
  const { priority } = context.options
  const asked = { type: 'checkIn', ...(priority === undefined ? {} : { priority }) }
  if (number.value === undefined) return change(context, { ...asked, appointment: context.positionals[0] }, 1)
  const found = await askHall(context, { call: 'bookingsOf', numbers: [number.value] })
  if (!found.ok) return found
  const { appointments } = z.object({ appointments: z.array(appointmentView) }).parse(found.value)
  const one = appointments.find(({ state }) => state === 'booked') ?? appointments[0]
  return one === undefined
    ? err(faultOf('appointment.noneToday'))
    : change(context, { ...asked, appointment: one.appointment }, 0)
}

const whenOf = ({ options }: CommandContext): { day?: string; time?: string } => {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/.exec(String(options['at'])) ?? []
  return day === undefined || time === undefined ? {} : { day, time }
}

async function change(context: CommandContext, asked: Record<string, unknown>, words: number): Promise<Result<Said>> {
  const command = hallCommand.safeParse(asked)
  if (!command.success || context.positionals.length !== words)
    return err(faultOf('call.invalid', command.error?.issues.map(({ path }) => path.join('.')).join(', ') ?? 'words'))
  const answer = await doInHall(context, command.data)
  if (!answer.ok) return answer
  const { ticket, appointment } = answer.value
  if (ticket !== undefined) return ok({ json: { ticket }, text: ticket ?? '' })
  return ok({ json: { appointment }, text: appointment ?? '' })
}

const listed = z.object({
  appointments: z.array(z.object({ appointment: z.string(), service: z.string(), at: z.string(), state: z.string() })),
})

async function list(context: CommandContext): Promise<Result<Said>> {
  const day = z.iso.date().optional().safeParse(context.options['date'])
  if (!day.success || context.positionals.length > 0) return err(faultOf('call.invalid', '--date: YYYY-MM-DD'))
  const answer = await askHall(context, { call: 'appointments', ...(day.data === undefined ? {} : { day: day.data }) })
  if (!answer.ok) return answer
  const { appointments } = listed.parse(answer.value)
  return ok({
    json: { appointments },
    text: appointments
      .map(({ appointment, service, at, state }) => `${at}  ${service}  ${appointment}  ${state}`)
      .join('\n'),
  })
}

async function exportAll(context: CommandContext): Promise<Result<Said>> {
  const { written } = await import('./hallLog.ts')
  return written(context, { call: 'calendar' }, ({ text }) => ({ appointments: text.split('BEGIN:VEVENT').length - 1 }))
}
