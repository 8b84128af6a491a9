import { z } from 'zod'
import { officeCode } from '../../ids.ts'

/** A place in the day that a citizen reserved elsewhere: as much of him as the hall needs to call him (law 09-08). */
export const appointment = z.strictObject({
  id: z.uuid(),
  office: officeCode,
  /** UTC instants. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  citizen: z.strictObject({ name: z.string().min(1).max(200), maskedIdentifier: z.string().max(40).optional() }),
  /** The code of a sheet, where the citizen named one. */
  procedure: z.string().optional(),
  state: z.enum(['booked', 'cancelled']),
})
export type Appointment = z.infer<typeof appointment>
