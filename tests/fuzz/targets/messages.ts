import type { z } from 'zod'
import { calls } from '#shared/contract/calls.ts'
import { deviceCalls, deviceEvents } from '#shared/contract/deviceCalls.ts'
import { events } from '#shared/contract/events.ts'
import { hallCalls, hallEvents } from '#shared/contract/hallCalls.ts'
import { fromDevices, fromWorker, toDevices, toHall, toPress, toWorker } from '#shared/contract/hosts.ts'
import { pressCalls } from '#shared/contract/pressCalls.ts'
import { schemaTarget } from '../schemaTarget.ts'

const ends = (
  name: string,
  { input, output }: { readonly input: z.ZodType; readonly output: z.ZodType },
): readonly [string, z.ZodType][] => [
  [`${name} asked`, input],
  [`${name} answered`, output],
]
const both = Object.fromEntries(
  [calls, deviceCalls, pressCalls, hallCalls]
    .flatMap((table) => Object.entries(table))
    .flatMap(([name, call]) => ends(name, call)),
)

/** Every parser of the wires between the processes. */
export const messages = schemaTarget(
  'every parser of calls, replies, events and host messages, with all that a structured clone can carry',
  { ...both, ...events, ...deviceEvents, ...hallEvents, toWorker, fromWorker, toDevices, fromDevices, toPress, toHall },
  'clone',
)
