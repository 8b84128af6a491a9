import { z } from 'zod'
import { localised } from '../text.ts'

/** `estimated`: a lunar date before the moon was seen; `exceptional`: a day granted by the Head of Government. */
export const holidayStatus = z.enum(['confirmed', 'estimated', 'exceptional'])

/**
 * Non-working days of one year, as an administrator keeps them. Law is data: each day has its source.
 */
export const calendar = z.strictObject({
  year: z.int(),
  title: localised,
  source: z.string(),
  days: z.array(z.strictObject({ date: z.iso.date(), label: localised, status: holidayStatus, source: z.string() })),
})
export type Calendar = z.infer<typeof calendar>
