import type { calls } from '#shared/contract/features/home/calls.ts'
import { ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { viewDay } from './viewDay.ts'

/** The day of a counter at a glance. */
export const home: Feature<typeof calls> = {
  calls: ({ context }) => ({ 'home.day': (_, { who }) => ok(viewDay(context, who)) }),
}
