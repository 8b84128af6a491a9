import { z } from 'zod'
import { call, none } from '../../call.ts'
import { depositView, draftView } from '../intake/calls.ts'

export const dayView = z.strictObject({
  day: z.iso.date(),
  served: z.int(),
  incomplete: z.int(),
  deposits: z.array(depositView),
  /** Files of this counter whose last day is near, soonest first. */
  deadlines: z.array(depositView),
  /** What this person has begun, newest first. */
  drafts: z.array(draftView),
})
export type DayView = z.infer<typeof dayView>

/** The day of a counter at a glance. */
export const calls = {
  'home.day': call('signedIn', none, dayView),
} as const

export const events = {} as const
