import { z } from 'zod'
import { letterDraft, letterRegister, routing } from '../../../domain/mail/letter.ts'
import { registerNumber, sha256Hex } from '../../../ids.ts'
import { act, attachmentsOf } from '../../act.ts'
import { archiveActs } from './archive/acts.ts'
import { registerCount } from './views.ts'

const about = { letterId: z.uuid(), number: registerNumber, agent: z.string().min(1) }

/** A letter was entered in its register; `content` is the digest of the line, which its link of the journal states too. */
export const letterRegistered = z.object({
  ...about,
  register: letterRegister,
  receivedOn: z.iso.date(),
  letter: letterDraft,
  content: sha256Hex,
  attachments: z.array(z.object({ sha256: sha256Hex, mime: z.string(), size: z.int().positive() })),
})
export type LetterRegistered = z.infer<typeof letterRegistered>

/** A line was cancelled in sight: number and line stay. */
export const letterCancelled = z.object({ ...about, reason: z.string().min(3) })
/** A letter was routed: to whom, with copies to whom, by when. */
export const letterRouted = z.object({ ...about, routing })
/** Papers went to a service by a slip, or came back. */
export const lettersHandedOver = z.object({
  slipId: z.uuid(),
  rank: z.int().positive(),
  service: z.string().min(1),
  letters: z.array(z.object({ letterId: z.uuid(), number: registerNumber })).min(1),
  agent: z.string().min(1),
})
export const slipReceived = z.object({ slipId: z.uuid(), by: z.string().min(1), agent: z.string().min(1) })
/** A service was reminded of letters whose answer it owes. */
export const serviceReminded = z.object({
  reminderId: z.uuid(),
  rank: z.int().positive(),
  service: z.string().min(1),
  letters: z.array(z.object({ letterId: z.uuid(), number: registerNumber })).min(1),
  agent: z.string().min(1),
})
/** A scan was added to a letter that was registered before: the reply that was signed came back. */
export const letterScanAdded = z.object({
  ...about,
  attachments: z.array(z.object({ sha256: sha256Hex, mime: z.string(), size: z.int().positive() })).length(1),
})
/** The acknowledgement of a departure came back, with its scan where there is one; `on`: the day that stands on it. */
export const letterAcknowledged = z.object({
  ...about,
  on: z.iso.date(),
  attachments: z.array(z.object({ sha256: sha256Hex, mime: z.string(), size: z.int().positive() })).max(1),
})
export const letterTakenBack = z.object({ ...about, from: z.string().min(1) })
/** The registers of a day or of a year were closed. */
export const mailClosed = z.object({
  closingId: z.uuid(),
  /** An ISO day, or a year. */
  period: z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/),
  registers: z.array(registerCount),
  hash: sha256Hex,
  agent: z.string().min(1),
})

/** A letter is kept by its register as long as archives are (law 69-99); the sent copy loses who wrote what. */
const registered = {
  data: letterRegistered,
  openDay: false,
  number: (data: LetterRegistered) => data.number,
  files: attachmentsOf,
  keeps: ['letterId', 'number', 'agent', 'register', 'receivedOn', 'content'],
} as const

export const acts = {
  ...archiveActs,
  arrivalRegistered: act({
    ...registered,
    type: 'ma.guichet.mail.arrival.v1',
    journal: 'mail.arrival',
    takes: 'arrivals',
  }),
  departureRegistered: act({
    ...registered,
    type: 'ma.guichet.mail.departure.v1',
    journal: 'mail.departure',
    takes: 'departures',
  }),
  internalRegistered: act({
    ...registered,
    type: 'ma.guichet.mail.internal.v1',
    journal: 'mail.internal',
    takes: 'internal',
  }),
  letterCancelled: act({
    type: 'ma.guichet.mail.cancelled.v1',
    data: letterCancelled,
    journal: 'mail.cancelled',
    openDay: false,
    number: (data) => data.number,
    keeps: ['letterId', 'number', 'agent'],
  }),
  letterRouted: act({
    type: 'ma.guichet.mail.routed.v1',
    data: letterRouted,
    journal: 'mail.routed',
    openDay: false,
    number: (data) => data.number,
    keeps: ['letterId', 'number', 'agent'],
  }),
  lettersHandedOver: act({
    type: 'ma.guichet.mail.handedOver.v1',
    data: lettersHandedOver,
    journal: 'mail.handedOver',
    openDay: false,
    keeps: 'all',
  }),
  slipReceived: act({
    type: 'ma.guichet.mail.slipReceived.v1',
    data: slipReceived,
    journal: 'mail.slipReceived',
    openDay: false,
    keeps: ['slipId', 'agent'],
  }),
  letterTakenBack: act({
    type: 'ma.guichet.mail.takenBack.v1',
    data: letterTakenBack,
    journal: 'mail.takenBack',
    openDay: false,
    number: (data) => data.number,
    keeps: 'all',
  }),
  letterScanAdded: act({
    type: 'ma.guichet.mail.scanAdded.v1',
    data: letterScanAdded,
    journal: 'mail.scanAdded',
    openDay: false,
    number: (data) => data.number,
    files: attachmentsOf,
    keeps: ['letterId', 'number', 'agent'],
  }),
  letterAcknowledged: act({
    type: 'ma.guichet.mail.acknowledged.v1',
    data: letterAcknowledged,
    journal: 'mail.acknowledged',
    openDay: false,
    number: (data) => data.number,
    files: attachmentsOf,
    keeps: ['letterId', 'number', 'agent', 'on'],
  }),
  serviceReminded: act({
    type: 'ma.guichet.mail.reminded.v1',
    data: serviceReminded,
    journal: 'mail.reminded',
    openDay: false,
    keeps: 'all',
  }),
  mailClosed: act({
    type: 'ma.guichet.mail.closed.v1',
    data: mailClosed,
    journal: 'mail.closed',
    openDay: false,
    keeps: 'all',
  }),
} as const
