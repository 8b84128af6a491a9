import { z } from 'zod'
import { pinBytes, signState } from '../../../domain/identity/cardSignature.ts'
import { citizenSignature } from '../../../domain/identity/citizenSignature.ts'
import {
  chainVerdict,
  checks,
  identity,
  identitySource,
  suggested,
  typedReason,
} from '../../../domain/identity/identity.ts'
import { groundedPurpose, purpose } from '../../../domain/identity/purpose.ts'
import { receiptFacts, sealClaims } from '../../../domain/receipt/receipt.ts'
import { requestDraft } from '../../../domain/request/request.ts'
import { typedDraft } from '../../../domain/request/typedDraft.ts'
import { typedIdentity } from '../../../domain/identity/typedIdentity.ts'
import { scanLimit } from '../../../domain/scan/classify.ts'
import { localised } from '../../../domain/text.ts'
import { commandId, identityId, printJobId, receiptId, registerNumber, requestId, sha256Hex } from '../../../ids.ts'
import { repairKind } from '../../act.ts'
import { bytes, call, none, typedRegisterNumber } from '../../call.ts'
import { cardAccess, declared, emrtd, trainingCard } from '../../cardEvents.ts'
import { faultSchema } from '../../faultSchema.ts'
import { line, prose } from '../../../text/shapes.ts'
import { printJobView } from '../papers/calls.ts'

export const depositView = z.strictObject({
  requestId,
  receiptId,
  number: registerNumber,
  printJobId: printJobId.optional(),
  depositedAt: z.iso.datetime(),
  procedure: localised,
  citizen: z.string(),
  complete: z.boolean(),
  lastDay: z.iso.date(),
  /** What an incomplete file lacks, as its newest receipt says. */
  missing: z.array(localised).exactOptional(),
  /** Its one complement was made (law 55-19). */
  complemented: z.literal(true).exactOptional(),
  /** The citizen signed it with his card: whether the issuer of his certificate was known. */
  signed: chainVerdict.exactOptional(),
  /** What a later act made of it; a cancelled deposit keeps its number. */
  standing: repairKind.optional(),
})
export type DepositView = z.infer<typeof depositView>

/** What the data of the citizen at the desk are looked at for, and what allows it. */
export const purposeView = groundedPurpose
export type PurposeView = z.infer<typeof purposeView>

/** One citizen at the desk. The photo is a data URL ready for an image element. */
export const identityView = z.strictObject({
  identityId,
  identity,
  source: identitySource,
  purpose: purposeView,
  checks,
  emrtd: emrtd.optional(),
  declared: declared.optional(),
  photo: z.string().optional(),
  readAt: z.iso.datetime(),
  /** The card has left the reader; the identity stays until the citizen is served or released. */
  cardPresent: z.boolean(),
  /** The card may sign for the citizen. */
  signs: z.literal(true).exactOptional(),
})
export type IdentityView = z.infer<typeof identityView>

/** What the counter screen shows of the reader and of the citizen. */
export const cardView = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['noService', 'noReader']), remote: z.literal(true).exactOptional() }),
  z.strictObject({ state: z.enum(['empty', 'removed']), reader: z.string(), simulated: z.boolean() }),
  z.strictObject({
    state: z.literal('reading'),
    reader: z.string(),
    step: z.enum(['identity', 'photo', 'proof']),
    done: z.int(),
    total: z.int(),
  }),
  z.strictObject({ state: z.literal('done'), reader: z.string() }),
  z.strictObject({ state: z.literal('failed'), reader: z.string(), fault: faultSchema }),
])
export type CardView = z.infer<typeof cardView>

/** Attachments above this are refused with a sentence, in bytes. */
export const attachmentLimit = 25 * 1024 * 1024

/** Something that a person has begun. */
export const draftView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['request']),
  savedAt: z.iso.datetime(),
  /** Of its sheet, where that is known. */
  title: localised.optional(),
  /** Pieces that are there. */
  received: z.int().nonnegative(),
  /** For whom it was begun, and whether he is who was asked for; absent while nobody is known. Empty: not to be shown. */
  citizen: z.string().optional(),
  own: z.boolean().optional(),
})
export type DraftView = z.infer<typeof draftView>

const draftId = z.uuid()

/** One citizen at the desk: card, draft, receipt. */
export const calls = {
  'card.state': call('signedIn', none, z.strictObject({ card: cardView, citizen: identityView.optional() })),
  /** What the citizen's card needs before it signs; the faults of a card that cannot. */
  'card.signState': call('serveCitizens', none, signState),
  /**
   * The citizen signs what the receipt will say. `pin`: ASCII digits, wiped at once; absent where the reader has keys
   * of its own.
   */
  'card.sign': call(
    'serveCitizens',
    z.strictObject({ identityId, draft: typedDraft, pin: pinBytes.optional() }),
    z.strictObject({ statement: sha256Hex, signer: z.string(), chain: chainVerdict }),
  ),
  /** `access` opens a chip that asked for it (`card.accessNeeded`). */
  'card.read': call(
    'serveCitizens',
    z.strictObject({ reader: z.string().optional(), access: cardAccess.optional() }),
    none,
  ),
  /** Training mode only; elsewhere `training.off`. */
  'training.insertCard': call('serveCitizens', z.strictObject({ card: trainingCard }), none),
  'training.removeCard': call('serveCitizens', none, none),
  'identity.type': call(
    'serveCitizens',
    z.strictObject({ identity: typedIdentity, reason: typedReason, note: prose(500).optional(), suggested }),
    identityView,
  ),
  /** What this citizen deposited here before, found by his document; an access of its own. */
  'citizen.deposits': call(
    'serveCitizens',
    z.strictObject({ identityId }),
    z.strictObject({ deposits: z.array(depositView) }),
  ),
  /** The deposit of a scanned number. */
  'deposit.find': call('serveCitizens', z.strictObject({ number: typedRegisterNumber }), depositView),
  /** Deposits of this counter by number or its end, day, document or whole name; whoever is found is in the log. */
  'deposit.search': call(
    'serveCitizens',
    z.strictObject({ words: line(200) }),
    z.strictObject({ deposits: z.array(depositView), more: z.boolean() }),
  ),
  /** Forgets this citizen; whoever came to the desk since stays. */
  'identity.release': call('serveCitizens', z.strictObject({ identityId }), none),
  /** The release was a slip: the same citizen again, unless somebody came since. */
  'identity.takeBack': call('serveCitizens', z.strictObject({ identityId }), identityView),
  /**
   * What the citizen's data are read for, from the closed list of the office; without one it only tells. A change
   * counts as a new access.
   */
  'identity.purpose': call(
    'serveCitizens',
    z.strictObject({ purpose: purpose.optional() }),
    z.strictObject({ chosen: purposeView, offered: z.array(purposeView) }),
  ),
  /** What the person at the counter has begun, newest first; `identityId`: the citizen at the desk, whose own are marked. */
  'draft.list': call(
    'serveCitizens',
    z.strictObject({ identityId: identityId.optional() }),
    z.strictObject({ drafts: z.array(draftView) }),
  ),
  /** One of them with the number of its version; nothing when it is there no more. */
  'draft.load': call(
    'serveCitizens',
    z.strictObject({ id: draftId }),
    z.strictObject({ draft: requestDraft.optional(), revision: z.int().nonnegative() }),
  ),
  /**
   * `revision`: of the version that this one was made from, 0 for a new draft; `writer`: the window. Over a newer version
   * of another window it answers `draft.changed`, and this version is kept under the id `kept` of that fault. `identityId`:
   * the citizen at the desk, whose draft it is from now on.
   */
  'draft.save': call(
    'serveCitizens',
    z.strictObject({
      id: draftId,
      draft: typedDraft,
      revision: z.int().nonnegative(),
      writer: z.uuid(),
      identityId: identityId.optional(),
    }),
    z.strictObject({ revision: z.int().positive() }),
  ),
  'draft.discard': call('serveCitizens', z.strictObject({ id: draftId }), none),
  'attachment.add': call(
    'serveCitizens',
    z.strictObject({ name: z.string().min(1).max(255), bytes }),
    z.strictObject({ sha256: sha256Hex, mime: z.string(), size: z.int() }),
  ),
  'attachment.scan': call(
    'serveCitizens',
    none,
    z.strictObject({ sha256: sha256Hex, mime: z.string(), size: z.int() }),
  ),
  'receipt.preview': call('serveCitizens', z.strictObject({ identityId, draft: typedDraft }), receiptFacts),
  /**
   * `commandId` is made by the caller: the same id twice gives the same receipt, never a second one. `signed`: the
   * statement that the citizen signed.
   */
  'receipt.issue': call(
    'serveCitizens',
    z.strictObject({
      commandId,
      identityId,
      draft: typedDraft,
      /** The draft that goes with the deposit. */
      draftId: draftId.optional(),
      signed: sha256Hex.optional(),
    }),
    depositView,
  ),
  'receipt.pdf': call(
    'readReceipts',
    z.strictObject({ receiptId }),
    z.strictObject({ pdf: bytes, sha256: sha256Hex, seal: z.string() }),
  ),
  /** What the citizen signed of a deposit, with its facts: all that somebody else needs to check it. */
  'receipt.signature': call(
    'readReceipts',
    z.strictObject({ number: typedRegisterNumber }),
    z.strictObject({ signature: citizenSignature, facts: receiptFacts }),
  ),
  /** A scanned seal: what it says if it is genuine, and the deposit if it is of this register. */
  'receipt.check': call(
    'signedIn',
    z.strictObject({ seal: z.string().max(scanLimit) }),
    z.strictObject({
      claims: sealClaims,
      deposit: depositView.optional(),
      /** The number was cancelled, or a corrected receipt took the place of this one. */
      superseded: z.boolean().optional(),
    }),
  ),
  'receipt.reprint': call('reprintReceipts', z.strictObject({ receiptId, reason: prose(300).min(3) }), printJobView),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = { card: z.strictObject({ card: cardView, citizen: identityView.optional() }) } as const
