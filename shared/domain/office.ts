import { z } from 'zod'
import { ageRecipient, counterCode, officeCode } from '../ids.ts'
import { legalTimeChange } from './clock/officeTime.ts'
import { dataProtection } from './identity/purpose.ts'
import { mailOffice } from './mail/mailOffice.ts'
import { localised } from './text.ts'

/**
 * The seed of one office (`resources/seed/office.json`): where it stands, its letterhead, its zone and its calendars.
 */
export const officeSeed = z.strictObject({
  code: officeCode,
  counter: counterCode,
  /** The letterhead from the State down to the office. */
  authority: z.array(localised).min(1),
  name: localised,
  address: localised,
  /** Keys that acts carried by hand are sealed for: the platform, and an escrow in case its key is lost. */
  sealedTo: z.strictObject({ platform: ageRecipient, escrow: ageRecipient }).optional(),
  /**
   * The code with which a new register introduces itself: only the demonstration office has one, others are enrolled by
   * hand.
   */
  enrolmentCode: z.string().optional(),
  /** What citizens' data are looked at for here, and under what declaration. */
  personalData: dataProtection.optional(),
  /** How its mail registers are kept, where not as usual. */
  mail: mailOffice.optional(),
  /** IANA zone; legal time changes around Ramadan, so no fixed offset is ever stored. */
  zone: z.string(),
  /** Decreed changes of the legal time, oldest first: they win over the runtime's tables of the zone. */
  legalTime: z.array(legalTimeChange).default([]),
  /** Weekly days off, ISO 8601 (1 Monday … 7 Sunday). */
  weekend: z.array(z.int().min(1).max(7)),
  /** Names of the files under `resources/calendars`, without their suffix. */
  calendars: z.array(z.string()),
})
export type OfficeSeed = z.infer<typeof officeSeed>
