import { z } from 'zod'
import { officeCode } from '../../ids.ts'
import { personMark } from './person.ts'
import { serviceLetter } from './ticket.ts'

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
  /** The letter of the hall's service; without it the service whose sheet is `procedure`. */
  service: serviceLetter.optional(),
  /**
   * By which his card finds it: HMAC-SHA-256 of `<id>/<number>`, in lower-case hex, under the key of the office's hall
   * (`hall/person-key`); the number of the person in capitals and digits alone.
   */
  mark: personMark.shape.mark.optional(),
  state: z.enum(['booked', 'cancelled']),
})
export type Appointment = z.infer<typeof appointment>
