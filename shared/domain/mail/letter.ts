import { z } from 'zod'
import { registerNumber, type RegisterName } from '../../ids.ts'
import { line, name, prose, typedNumber } from '../../text/shapes.ts'

/** The registers of a mail office; each has one series per counter and year. */
export const letterRegisters = ['arrival', 'departure', 'internal'] as const
export const letterRegister = z.enum(letterRegisters)
export type LetterRegister = z.infer<typeof letterRegister>
/** Which series of numbers a letter takes its number in. */
export const seriesOf = {
  arrival: 'arrivals',
  departure: 'departures',
  internal: 'internal',
} as const satisfies Readonly<Record<LetterRegister, RegisterName>>

export const letterModes = ['post', 'registered', 'hand', 'email', 'fax', 'digital', 'carrier'] as const
export const urgencies = ['normal', 'urgent', 'veryUrgent'] as const
/** Rising: who may see a level may see those before it. */
export const confidentialities = ['none', 'restricted', 'confidential', 'secret'] as const
export type Confidentiality = (typeof confidentialities)[number]
/** 0 for what everybody in the office may see, up to 3. */
export const levelOf = (one: Confidentiality): number => confidentialities.indexOf(one)

/** Who wrote, or who is written to: one body, in the script of the letter or in both. */
export const correspondent = z.strictObject({ name: name(200).min(1), nameAr: name(200).min(1).optional() })
export type Correspondent = z.infer<typeof correspondent>

/** What lies with the letter, as it was counted. */
export const enclosure = z.strictObject({ label: line(200).min(1), count: z.int().min(1).max(9_999) })

/** Codes of services and of kinds are those of the office; what it does not list is taken as it is written. */
const code = line(80).min(1)

/** A letter as it is entered in its register. */
export const letterDraft = z.strictObject({
  register: letterRegister,
  /** The day on which it came, or was sent: its place in the register of the day. */
  receivedOn: z.iso.date(),
  mode: z.enum(letterModes),
  sender: correspondent,
  recipients: z.array(correspondent).max(50).default([]),
  /** The sender's own. */
  reference: typedNumber(120).min(1).optional(),
  /** That of whoever is written to, as the letter that is answered has it (V/Réf). */
  theirReference: typedNumber(120).min(1).optional(),
  letterDate: z.iso.date().optional(),
  /** The date as it stands on the letter where that is not of the Gregorian calendar. */
  letterDateWritten: line(60).min(1).optional(),
  subject: line(500).min(1),
  kind: code,
  language: z
    .string()
    .regex(/^[a-z]{2,5}([+-][a-z]{2,5})*$/u)
    .optional(),
  urgency: z.enum(urgencies).default('normal'),
  confidentiality: z.enum(confidentialities).default('none'),
  /** Registered as it came, unopened: what is known is what stands on the envelope. */
  sealed: z.boolean().default(false),
  enclosures: z.array(enclosure).max(50).default([]),
  service: code.optional(),
  /** The number of the letter of ours that it answers. */
  inReplyTo: registerNumber.optional(),
  /** The number of a registered item (UPU S10), as it is typed or scanned. */
  postalNumber: typedNumber(40).min(1).optional(),
  /**
   * Of what came by the national digital mail office (bureau d'ordre digital): the number there, beside ours, never instead.
   */
  digitalNumber: typedNumber(60).min(1).optional(),
  /** The label of ours that was stuck on it before it was entered. */
  label: typedNumber(60).min(1).optional(),
  note: prose(500).optional(),
  /** Its class of the plan, where that is not the class of its kind. */
  class: line(20).min(1).optional(),
})
export type LetterDraft = z.infer<typeof letterDraft>
/** As it is asked for, before what is not said is filled in. */
export type TypedLetter = z.input<typeof letterDraft>

/** To whom a letter goes inside the house (imputation). */
export const routing = z.strictObject({
  to: code,
  copies: z.array(code).max(30).default([]),
  /** The last day for what is asked. */
  by: z.iso.date().optional(),
  instruction: prose(500).optional(),
})
export type Routing = z.infer<typeof routing>

export const letterStates = ['registered', 'routed', 'handedOver', 'answered', 'cancelled'] as const
export const letterState = z.enum(letterStates)
export type LetterState = z.infer<typeof letterState>
