import { z } from 'zod'
import { signState } from '../domain/cardSignature.ts'
import { chainVerdict, checks, identity, identitySource } from '../domain/identity.ts'
import { accessMeans, groundedPurpose, purpose } from '../domain/purpose.ts'
import { procedure } from '../domain/procedure.ts'
import { requestDraft } from '../domain/request.ts'
import { wipedKind } from '../domain/retention.ts'
import { role } from '../domain/roles.ts'
import { language, localised } from '../domain/text.ts'
import { closingId, counterId, identityId, printJobId, receiptId, registerNumber, requestId } from '../ids.ts'
import { countedKind, personalRight, repairKind } from './acts.ts'
import { cardStrength, declared, emrtd } from './cardEvents.ts'
import { faultSchema } from './faultSchema.ts'
import { refusalCode, refusedField } from './platform.ts'

export const sessionView = z.strictObject({ login: z.string(), name: z.string(), roles: z.array(role), language, since: z.iso.datetime(),
  /** Without a touch for so long the window asks who is there. */
  idleMinutes: z.number().positive().optional(),
  /** Opened with the agent's card as well, and how it was proved. */
  card: cardStrength.optional() })
export type SessionView = z.infer<typeof sessionView>

/** What an agent's card needs to sign: `pinpad`, the PIN is typed on the reader; `tries` where the card tells them. */
export const cardPinView = signState.pick({ pinpad: true, tries: true })
export type CardPinView = z.infer<typeof cardPinView>

/** What the readers hold of agents' cards; before the login it names the account that a card is bound to, nothing else of it. */
export const agentCardView = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['none', 'reading', 'closed', 'unknown', 'failed']) }),
  z.strictObject({ state: z.literal('known'), login: z.string(), strength: cardStrength,
    /** Of a card that signs with its PIN, once the card was asked. */
    pin: cardPinView.optional() }),
])
export type AgentCardView = z.infer<typeof agentCardView>

/** One account known at this counter. */
export const accountView = z.strictObject({
  login: z.string(), name: z.string(), code: z.string(), roles: z.array(role), language,
  lastSignInAt: z.iso.datetime().optional(),
  wrongTries: z.int().nonnegative(),
  lockedUntil: z.iso.datetime().optional(),
  /** The account's own end, and until when it is believed without word from the platform. */
  validUntil: z.iso.datetime(),
  offlineUntil: z.iso.datetime().optional(),
  /** Its sign-in was ended here: the platform has to send a new verifier. */
  endedAt: z.iso.datetime().optional(),
  cardRequired: z.boolean(),
  card: z.strictObject({ strength: cardStrength, profile: z.string(), boundAt: z.iso.datetime(), boundBy: z.string() }).optional(),
})
export type AccountView = z.infer<typeof accountView>

export const appState = z.strictObject({
  /** `create`: first start without a keystore, an administrator chooses the passphrase; `unlock`: it is asked again. */
  phase: z.enum(['starting', 'create', 'unlock', 'ready', 'failed']),
  fault: faultSchema.optional(),
  version: z.string(),
  /** Chromium/Electron version and whether it is the closed-network stand-in. */
  runtime: z.strictObject({ electron: z.string(), standIn: z.boolean() }),
  training: z.boolean(),
  /** The register is an old copy, or lost acts: it is read, not written, until its series is closed and a new one opened. */
  quarantine: faultSchema.optional(),
  counter: counterId.optional(),
  office: localised.optional(),
  /** Zone of the office, by its IANA name or as an offset (`+01:00`) where a decree is newer than the tables: instants are shown in it. */
  zone: z.string().optional(),
  /** Logins shown on the login screen of the embedded default only. */
  demoLogins: z.array(z.strictObject({ login: z.string(), password: z.string(), role })),
})
export type AppState = z.infer<typeof appState>

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
  z.strictObject({ state: z.literal('reading'), reader: z.string(), step: z.enum(['identity', 'photo', 'proof']), done: z.int(), total: z.int() }),
  z.strictObject({ state: z.literal('done'), reader: z.string() }),
  z.strictObject({ state: z.literal('failed'), reader: z.string(), fault: faultSchema }),
])
export type CardView = z.infer<typeof cardView>

export const printJobView = z.strictObject({
  printJobId,
  /** Of a receipt; the paper of a closing names its closing instead. */
  receiptId: receiptId.optional(),
  closing: z.strictObject({ closingId, day: z.iso.date(), ordinal: z.int().positive() }).optional(),
  /** The number of the receipt, or the day that was closed. */
  number: z.string(),
  /** Of a corrected receipt: the n-th that replaces the first one under this number. */
  rank: z.int().positive().optional(),
  printer: z.string(),
  /** 0 is the original, n the DUPLICATA n. */
  copy: z.int().nonnegative(),
  state: z.enum(['queued', 'sent', 'printing', 'blocked', 'printed', 'failed', 'unknown']),
  reasons: z.array(z.string()),
  message: z.string(),
  queuedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
})
export type PrintJobView = z.infer<typeof printJobView>

export const outboxState = z.enum(['pending', 'sending', 'applied', 'rejected', 'conflict'])
export const outboxItemView = z.strictObject({
  seq: z.int().positive(),
  id: z.uuid(),
  type: z.string(),
  number: registerNumber.optional(),
  createdAt: z.iso.datetime(),
  state: outboxState,
  attempts: z.int(),
  lastAttemptAt: z.iso.datetime().optional(),
  /** Why it was refused, and where in its data. */
  refusal: z.strictObject({ code: refusalCode, field: refusedField.optional() }).optional(),
  /** What the platform said, in its own words or as a fault of the link. */
  answer: z.string().optional(),
  fault: faultSchema.optional(),
  answeredAt: z.iso.datetime().optional(),
})
export type OutboxItemView = z.infer<typeof outboxItemView>

/** A later act that puts an earlier one right, and what the platform said of it. */
export const repairView = z.strictObject({
  id: z.uuid(),
  seq: z.int().positive(),
  kind: repairKind,
  reason: z.string(),
  /** Codes of who decided, and of the second person of cancellations and overrides. */
  agent: z.string(),
  witness: z.string().optional(),
  at: z.iso.datetime(),
  state: outboxState,
  /** Why it was refused in its turn. */
  code: refusalCode.optional(),
  answer: z.string().optional(),
  /** The corrected receipt that it made, when the paper had to say something else. */
  receiptId: receiptId.optional(),
})
export type RepairView = z.infer<typeof repairView>


/**
 * One thing that a counter working alone uses up. `alone`, `oldest`, `account`, `clock`, `backup`, `device` (not enrolled, or revoked), `reference`: milliseconds; `pending`: acts;
 * `disk`: bytes, where `limit` is what must stay free and `used` what is.
 */
export const budgetLine = z.strictObject({
  kind: z.enum(['alone', 'pending', 'oldest', 'disk', 'account', 'clock', 'backup', 'check', 'reference', 'device']),
  used: z.number(),
  limit: z.number(),
  state: z.enum(['fine', 'warn', 'over']),
})
export type BudgetLine = z.infer<typeof budgetLine>

/** What the feed brought: rows in use of each kind. `parked` rows are of a newer version: they are read after an upgrade. */
export const referenceView = z.strictObject({
  readAt: z.iso.datetime().optional(),
  procedures: z.int(), accounts: z.int(), calendars: z.int(), appointments: z.int(), dispositions: z.int(), parked: z.int(),
})
export type ReferenceView = z.infer<typeof referenceView>

/** Always in sight: what waits, since when, and how long the counter may go on alone. */
export const syncView = z.strictObject({
  link: z.enum(['unknown', 'online', 'offline', 'notConfigured']),
  /** Since when the link has been as it is. */
  since: z.iso.datetime().optional(),
  lastSyncAt: z.iso.datetime().optional(),
  nextAttemptAt: z.iso.datetime().optional(),
  fault: faultSchema.optional(),
  pending: z.int(),
  refused: z.int(),
  oldestPendingAt: z.iso.datetime().optional(),
  /** Files of acts that the platform does not hold yet. */
  filesPending: z.int().optional(),
  budget: z.strictObject({ days: z.number(), usedMs: z.number(), lines: z.array(budgetLine).optional() }),
})
export type SyncView = z.infer<typeof syncView>

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
  /** The citizen signed it with his card: whether the issuer of his certificate was known. */
  signed: chainVerdict.exactOptional(),
  /** What a later act made of it; a cancelled deposit keeps its number. */
  standing: repairKind.optional(),
})
export type DepositView = z.infer<typeof depositView>

/** One line of the correction desk: a refused act in its place of the series, why, and what was done about it. */
export const correctionView = z.strictObject({
  act: outboxItemView,
  /** Why, as a fault: it has a sentence in every language. `detail` holds the platform's own words. */
  why: faultSchema.optional(),
  /** Oldest first. Settled when one is applied; while one waits nothing more can be done. */
  repairs: z.array(repairView),
  deposit: depositView.optional(),
  /** What was filled in last: where a correction begins. */
  draft: requestDraft.optional(),
  /** The sheet of that draft, also when it is in use no more. */
  sheet: procedure.optional(),
  /** The citizen as the newest receipt says; the identifier is masked. */
  citizen: z.strictObject({ familyName: z.string(), givenNames: z.string(), nativeName: z.string().optional(), identifier: z.string().optional() }).optional(),
})
export type CorrectionView = z.infer<typeof correctionView>

export const dayView = z.strictObject({
  day: z.iso.date(),
  served: z.int(),
  incomplete: z.int(),
  deposits: z.array(depositView),
  /** Files of this counter whose last day is near, soonest first. */
  deadlines: z.array(depositView),
  draft: z.boolean(),
})
export type DayView = z.infer<typeof dayView>

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
export const wipeView = z.strictObject({ at: z.iso.datetime(), wiped: z.array(z.strictObject({ kind: wipedKind, count: z.int().positive() })) })
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
  held: z.array(z.strictObject({ kind: wipedKind, count: z.int().positive(), erasable: z.boolean(), until: z.iso.date().optional() })),
})
export type HeldFileView = z.infer<typeof heldFileView>
