import { z } from 'zod'
import { localised } from '../../../domain/text.ts'
import { counterId, registerNumber, sha256Hex } from '../../../ids.ts'
import { unusedReason } from '../../../domain/mail/ownReference.ts'
import { letterRegister, urgencies } from '../../../domain/mail/letter.ts'
import { registerCount } from './views.ts'

/** Where, when and by whom a paper of the mail office was made. */
export const office = {
  counter: counterId,
  /** UTC instant, and the minutes ahead of it that are in force at the office. */
  at: z.iso.datetime(),
  utcOffsetMinutes: z.int(),
  /** The code of who made it. */
  agent: z.string(),
  authority: z.array(localised).min(1),
  office: localised,
}

/** One line as the register of a day prints it. */
export const registerLine = z.strictObject({
  number: registerNumber,
  register: letterRegister,
  registeredAt: z.iso.datetime(),
  late: z.boolean(),
  /** Nothing of what it says is printed: party, reference and subject are empty. */
  confidential: z.boolean(),
  /** Sender of an arrival, addressees of a departure. */
  party: z.string(),
  reference: z.string(),
  /** What a departure answers, and the reference of whoever is written to; absent in registers of before. */
  answers: registerNumber.optional(),
  theirReference: z.string().optional(),
  subject: z.string(),
  service: z.string(),
  /** Why it was cancelled; empty where it stands. */
  cancelled: z.string(),
})
export type RegisterLine = z.infer<typeof registerLine>

export const registerPaper = z.strictObject({
  ...office,
  /** An ISO day, or a year. */
  period: z.string(),
  registers: z.array(registerCount),
  /** The lines of a day; a year has its days instead. */
  lines: z.array(registerLine),
  /** What was changed on that day of lines of earlier days. */
  changes: z.array(
    z.strictObject({
      number: registerNumber,
      what: z.enum(['cancelled', 'routed', 'scanAdded', 'acknowledged']),
      text: z.string(),
    }),
  ),
  /** References that were given in that time and that no departure bore when it was closed; absent before. */
  unused: z
    .array(
      z.strictObject({
        text: z.string(),
        service: z.string(),
        agent: z.string(),
        /** Where somebody said that it will not be used. */
        reason: unusedReason.optional(),
      }),
    )
    .optional(),
  days: z.array(z.strictObject({ day: z.iso.date(), count: z.int(), cancelled: z.int(), hash: z.string() })),
  /** Of what the closing states, which the link of the journal states too. */
  hash: sha256Hex,
  /** Of the closing before; empty for the first. */
  previous: z.string(),
})
export type RegisterPaper = z.infer<typeof registerPaper>

/** Letters that wait for an instruction of the chief, by the service that was thought of for them. */
export const folderPaper = z.strictObject({
  ...office,
  services: z.array(
    z.strictObject({
      service: localised.optional(),
      lines: z.array(
        z.strictObject({
          number: registerNumber,
          receivedOn: z.iso.date(),
          confidential: z.boolean(),
          party: z.string(),
          subject: z.string(),
          urgency: z.enum(urgencies),
        }),
      ),
    }),
  ),
})
export type FolderPaper = z.infer<typeof folderPaper>

/** What one service is reminded of. */
export const reminderPaper = z.strictObject({
  ...office,
  rank: z.int().positive(),
  service: localised,
  lines: z.array(
    z.strictObject({
      number: registerNumber,
      receivedOn: z.iso.date(),
      confidential: z.boolean(),
      party: z.string(),
      subject: z.string(),
      /** The last day for its answer, where it has one. */
      by: z.iso.date().optional(),
      /** Days since; 0 while it has not passed. */
      daysLate: z.int().nonnegative(),
      /** 1 for the first time that the service is reminded of it. */
      times: z.int().positive(),
    }),
  ),
})
export type ReminderPaper = z.infer<typeof reminderPaper>

/** The registered post of one day, as it is handed in at the counter of the post. */
export const postListPaper = z.strictObject({
  ...office,
  day: z.iso.date(),
  lines: z.array(
    z.strictObject({
      number: registerNumber,
      confidential: z.boolean(),
      party: z.string(),
      /** As it was typed or scanned; empty where it has none yet. */
      postalNumber: z.string(),
    }),
  ),
})
export type PostListPaper = z.infer<typeof postListPaper>

/** A slip of letters that go to one service. */
export const slipPaper = z.strictObject({
  ...office,
  rank: z.int().positive(),
  service: localised,
  lines: z.array(
    z.strictObject({
      number: registerNumber,
      confidential: z.boolean(),
      party: z.string(),
      subject: z.string(),
      pieces: z.int(),
    }),
  ),
})
export type SlipPaper = z.infer<typeof slipPaper>
