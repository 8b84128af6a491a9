import { dirname } from 'node:path'
import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { HallRequest } from '#shared/contract/hallCalls.ts'
import { prepareOut } from '#electron/worker/files/target.ts'
import { askHall } from './askHall.ts'
import type { CommandContext, Said } from './command.ts'
import { readText } from './readInput.ts'

const texted = z.object({ text: z.string() })

/** Writes the text that the running station answers with. Faults: file.unwritable, file.noRoom, hall.notRunning. */
export async function written(
  context: CommandContext,
  request: HallRequest,
  facts: (answer: { readonly text: string }) => Record<string, unknown>,
): Promise<Result<Said>> {
  const { out } = context.options
  if (typeof out !== 'string' || out === '' || context.positionals.length > 0)
    return err(faultOf('call.invalid', '--out FILE'))
  const place = prepareOut(dirname(out))
  if (!place.ok) return place
  const answer = await askHall(context, request)
  if (!answer.ok) return answer
  const { text } = texted.parse(answer.value)
  const done = place.value.write(out, Buffer.from(text, 'utf8'))
  return done.ok ? ok({ json: { out, ...facts({ text }) }, text: out }) : done
}

/** `guichet hall log`: what a majority has. */
export const hallLog = (context: CommandContext): Promise<Result<Said>> =>
  written(context, { call: 'log' }, ({ text }) => ({ entries: text.split('\n').length - 2 }))

/** `guichet hall replay`: the day from its log alone. Faults: file.unreadable, hall.notLog. */
export async function hallReplay({ positionals }: CommandContext): Promise<Result<Said>> {
  const [path, more] = positionals
  if (path === undefined || more !== undefined) return err(faultOf('call.invalid', 'one file'))
  const text = await readText(path)
  if (!text.ok) return text
  const { readLog } = await import('#electron/hall/logFile.ts')
  const { eventsIn } = await import('#electron/hall/node/entry.ts')
  const read = readLog(text.value)
  if (!read.ok) return read
  const { hall, entries } = read.value
  const tickets = [...hall.tickets.values()].map(({ ticket, service, state, counter }) => ({
    ticket,
    service,
    state,
    ...(counter === undefined ? {} : { counter }),
  }))
  const { statisticsOf } = await import('#shared/domain/hall/statistics.ts')
  const statistics = statisticsOf(eventsIn(entries))
  return ok({
    json: { ...(hall.day === undefined ? {} : { day: hall.day }), entries: entries.length, tickets, statistics },
    text: tickets.map(({ ticket, service, state }) => `${ticket}  ${service}  ${state}`).join('\n'),
  })
}
