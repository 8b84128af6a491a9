import { paperTemplate, phrase, phrases } from '../papers/template.ts'
import { z } from 'zod'
import { separatorLevel } from './separator.ts'

/** The wording of what the mail office prints for itself (`mailSheets.json`): separators, labels, the stamp. */
export const mailSheets = paperTemplate({
  separator: z.strictObject(phrases('title', 'use', 'again', 'service', 'sheet')),
  levels: z.record(separatorLevel, phrase()),
  label: z.strictObject(phrases('title')),
  stamp: z.strictObject(phrases('title', 'arrivals', 'departures', 'internal')),
})
export type MailSheets = z.infer<typeof mailSheets>
