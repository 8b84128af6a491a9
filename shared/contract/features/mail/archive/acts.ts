import { z } from 'zod'
import { registerNumber, sha256Hex } from '../../../../ids.ts'
import { act } from '../../../act.ts'
import { listKind } from './views.ts'

const agent = z.string().min(1)
const about = { letterId: z.uuid(), number: registerNumber, agent }
const letters = z.array(z.object({ letterId: z.uuid(), number: registerNumber })).min(1)
const list = { listId: z.uuid(), rank: z.int().positive(), agent }

/** A letter was given a class of the plan. */
export const letterClassified = z.object({ ...about, class: z.string().min(1) })
/** Nothing may be done with a letter until it is released. */
export const letterHeld = z.object({ ...about, reason: z.string().min(3) })
export const letterReleased = z.object(about)
/** A list of letters whose time is over was made; `digest` is of its lines with the hashes of their files. */
export const archiveListed = z.object({ ...list, kind: listKind, letters, digest: sha256Hex })
/** The archive took a list, agreed to one, or one was withdrawn. */
export const archiveDecided = z.object({
  ...list,
  kind: listKind,
  what: z.enum(['received', 'approved', 'withdrawn']),
  reference: z.string().min(3),
  on: z.iso.date().optional(),
})
/** The letters of a list were destroyed: three codes, two of them different persons. */
export const lettersDestroyed = z.object({
  ...list,
  letters,
  digest: sha256Hex,
  proposedBy: agent,
  approvedBy: agent,
  agreement: z.string().min(3),
})

export const archiveActs = {
  letterClassified: act({
    type: 'ma.guichet.mail.classified.v1',
    data: letterClassified,
    journal: 'mail.classified',
    openDay: false,
    number: (data) => data.number,
    keeps: 'all',
  }),
  letterHeld: act({
    type: 'ma.guichet.mail.held.v1',
    data: letterHeld,
    journal: 'mail.held',
    openDay: false,
    number: (data) => data.number,
    keeps: ['letterId', 'number', 'agent'],
  }),
  letterReleased: act({
    type: 'ma.guichet.mail.released.v1',
    data: letterReleased,
    journal: 'mail.released',
    openDay: false,
    number: (data) => data.number,
    keeps: 'all',
  }),
  archiveListed: act({
    type: 'ma.guichet.mail.archiveListed.v1',
    data: archiveListed,
    journal: 'mail.archiveListed',
    openDay: false,
    keeps: 'all',
  }),
  archiveDecided: act({
    type: 'ma.guichet.mail.archiveDecided.v1',
    data: archiveDecided,
    journal: 'mail.archiveDecided',
    openDay: false,
    keeps: 'all',
  }),
  lettersDestroyed: act({
    type: 'ma.guichet.mail.destroyed.v1',
    data: lettersDestroyed,
    journal: 'mail.destroyed',
    openDay: false,
    keeps: 'all',
  }),
} as const
