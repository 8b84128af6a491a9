import type { z } from 'zod'
import { calls } from '#shared/contract/calls.ts'
import { deviceCalls, deviceEvents } from '#shared/contract/deviceCalls.ts'
import { events } from '#shared/contract/events.ts'
import { fromDevices, fromWorker, toDevices, toWorker } from '#shared/contract/hosts.ts'
import { schemaTarget } from '../schemaTarget.ts'

const ends = (
  name: string,
  { input, output }: { readonly input: z.ZodType; readonly output: z.ZodType },
): readonly [string, z.ZodType][] => [
  [`${name} asked`, input],
  [`${name} answered`, output],
]
const both = Object.fromEntries(
  [...Object.entries(calls), ...Object.entries(deviceCalls)].flatMap(([name, call]) => ends(name, call)),
)

/** Every parser of the wires between the processes. */
export const messages = schemaTarget(
  'every parser of calls, replies, events and host messages, with all that a structured clone can carry',
  { ...both, ...events, ...deviceEvents, toWorker, fromWorker, toDevices, fromDevices },
  'clone',
)
