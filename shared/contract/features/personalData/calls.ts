import { z } from 'zod'
import { accessMeans, purpose } from '../../../domain/identity/purpose.ts'
import { wipedKind } from '../../../domain/retention.ts'
import { localised } from '../../../domain/text.ts'
import { commandId, registerNumber, requestId } from '../../../ids.ts'
import { countedKind, personalRight } from './acts.ts'
import { bytes, call, files, none, proof, repair, typedRegisterNumber } from '../../call.ts'
import { line, name, typedNumber } from '../../../text/shapes.ts'
import { outboxState } from '../sync/calls.ts'

/** Data of one kind on this counter: how many, under which term in days, and when the next of them end. */
export const retentionView = z.strictObject({
  kind: wipedKind,
  days: z.int().positive(),
  /** The platform set this term. */
  set: z.boolean(),
  held: z.int().nonnegative(),
  next: z.strictObject({ at: z.iso.datetime(), count: z.int().positive() }).optional(),
})
export type RetentionView = z.infer<typeof retentionView>

/** What was wiped at once: kinds and numbers, never whom. */
export const wipeView = z.strictObject({
  at: z.iso.datetime(),
  wiped: z.array(z.strictObject({ kind: wipedKind, count: z.int().positive() })),
})
export type WipeView = z.infer<typeof wipeView>

/** One line of the access log: who saw personal data, when, for what, by what means; not whose. */
export const accessView = z.strictObject({
  seq: z.int().positive(),
  at: z.iso.datetime(),
  /** The code of the agent. */
  actor: z.string(),
  means: accessMeans,
  purpose,
  /** The law or decision, by its short name. */
  basis: z.string(),
  reader: z.string().optional(),
  document: z.string().optional(),
  number: registerNumber.optional(),
})
export type AccessView = z.infer<typeof accessView>

/** A request of a person, and how it was answered. */
export const personalRequestView = z.strictObject({
  /** The id of the answering act. */
  id: z.uuid(),
  at: z.iso.datetime(),
  right: personalRight,
  files: z.int().positive(),
  agent: z.string(),
  witness: z.string().optional(),
  erased: z.array(countedKind),
  kept: z.array(countedKind.extend({ until: z.iso.date().optional() })),
  state: outboxState,
})
export type PersonalRequestView = z.infer<typeof personalRequestView>

/** A file of the person who was looked for: what of it is held, and what of that the law lets go now. */
export const heldFileView = z.strictObject({
  requestId,
  number: registerNumber,
  depositedAt: z.iso.datetime(),
  procedure: localised,
  citizen: z.string(),
  held: z.array(
    z.strictObject({
      kind: wipedKind,
      count: z.int().positive(),
      erasable: z.boolean(),
      until: z.iso.date().optional(),
    }),
  ),
})
export type HeldFileView = z.infer<typeof heldFileView>

/** What is held of people, who saw it, and what a person may ask. */
export const calls = {
  /** How long each kind of personal data stays, what ends next, and what the last wiping took. */
  'personalData.retention': call(
    'seePersonalData',
    none,
    z.strictObject({ kinds: z.array(retentionView), last: wipeView.optional() }),
  ),
  /** The access log, newest first; `before` is the number of a line already shown. */
  'personalData.accesses': call(
    'seePersonalData',
    z.strictObject({
      before: z.int().positive().optional(),
      purpose: purpose.optional(),
      actor: line(80).optional(),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.strictObject({ accesses: z.array(accessView), more: z.boolean() }),
  ),
  'personalData.requests': call('seePersonalData', none, z.strictObject({ requests: z.array(personalRequestView) })),
  /** All that is held on a person: by document number, register number, or both names; looking is an access too. */
  'personalData.find': call(
    'answerPeople',
    z.strictObject({
      document: typedNumber(80).min(3).optional(),
      number: typedRegisterNumber.optional(),
      name: z.strictObject({ familyName: name(200).min(1), givenNames: name(200) }).optional(),
    }),
    z.strictObject({ files: z.array(heldFileView) }),
  ),
  /** A copy for the person, to read and for a machine. The same `commandId` twice is one request. */
  'personalData.export': call(
    'answerPeople',
    z.strictObject({ commandId, files }),
    z.strictObject({ name: z.string(), pdf: bytes, json: bytes, request: personalRequestView }),
  ),
  /** Wipes what the law lets go and says what stays and why, on paper for the person. Four eyes. */
  'personalData.erase': call(
    'answerPeople',
    z.strictObject({
      commandId,
      files,
      right: personalRight.exclude(['access']),
      reason: repair.reason,
      second: proof,
    }),
    z.strictObject({ name: z.string(), pdf: bytes, request: personalRequestView }),
  ),
} as const

export const events = {} as const
