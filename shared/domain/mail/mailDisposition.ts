import { z } from 'zod'
import { officeCode } from '../../ids.ts'

/** What was decided elsewhere of a letter (imputation): to whom it goes, for what, by when. */
export const mailDisposition = z.strictObject({
  id: z.uuid(),
  office: officeCode,
  /** The number of the letter in its register. */
  number: z.string().min(1).max(60),
  to: z.string().min(1).max(200),
  instruction: z.string().max(2000),
  dueOn: z.iso.date().optional(),
  /** The code of who decided. */
  by: z.string().min(1).max(40),
  at: z.iso.datetime(),
})
export type MailDisposition = z.infer<typeof mailDisposition>
