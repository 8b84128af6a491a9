import { v4 } from 'uuid'
import { hallAnswer, type HallAnswer, type HallCommand } from '#shared/domain/hall/command.ts'
import { hallCounter, type HallCounter } from '#shared/domain/hall/ticket.ts'
import { faultOf } from '#shared/fault.ts'
import { commandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { HallRequest } from '#shared/contract/hallCalls.ts'
import type { CommandContext } from './command.ts'

/** For a command that may be asked again after a fault: the same id is done once. */
export const idOption = { 'command-id': { type: 'string' } } as const

/** The id of a command; a new one when none is given. Fault: call.invalid. */
export function commandIdOf({ options }: CommandContext): Result<string> {
  const id = commandId.safeParse(options['command-id'] ?? v4())
  return id.success ? ok(id.data) : err(faultOf('call.invalid', '--command-id: a UUID'))
}

/** A counter as it is typed: a number, or its code. Fault: call.invalid. */
export function counterOf({ options: { counter } }: CommandContext): Result<HallCounter | undefined> {
  if (counter === undefined) return ok(undefined)
  const read = hallCounter.safeParse(/^\d+$/.test(String(counter)) ? Number(counter) : counter)
  return read.success ? ok(read.data) : err(faultOf('call.invalid', '--counter: a number, or a code as G2'))
}

/** Asks the station that runs for the data folder. Fault: hall.notRunning, and those of the question. */
export async function askHall(context: CommandContext, request: HallRequest): Promise<Result<unknown>> {
  const { askStation } = await import('#electron/hall/local/localClient.ts')
  return askStation(context.dataDir, request)
}

/** Has a command done. Faults: those of `decide`; hall.noMajority, hall.noServer, hall.unanswered, hall.island. */
export async function doInHall(context: CommandContext, command: HallCommand): Promise<Result<HallAnswer>> {
  const id = commandIdOf(context)
  if (!id.ok) return id
  const answer = await askHall(context, { call: 'command', id: id.value, command })
  if (!answer.ok) return answer
  const read = hallAnswer.safeParse(answer.value)
  return read.success ? ok(read.data) : err(faultOf('internal', 'answer'))
}
