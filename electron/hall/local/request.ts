import { z } from 'zod'
import { hallCommand } from '#shared/domain/hall/command.ts'

/** What a command of this machine asks of the running station of its data folder. */
export const localRequest = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('status') }),
  z.strictObject({ call: z.literal('open') }),
  z.strictObject({ call: z.literal('takeOver'), forced: z.boolean() }),
  // What stations say to each other by themselves, nobody says for them.
  z.strictObject({
    call: z.literal('command'),
    id: z.uuid(),
    command: hallCommand.refine(({ type }) => type !== 'tell' && type !== 'open'),
  }),
  z.strictObject({ call: z.literal('appointments'), day: z.iso.date().optional() }),
  z.strictObject({ call: z.literal('calendar') }),
  z.strictObject({ call: z.literal('log') }),
])
export type LocalRequest = z.infer<typeof localRequest>
