import { z } from 'zod'
import { identity, typedReason } from '../domain/identity.ts'
import { procedure } from '../domain/procedure.ts'
import { receiptFacts, sealClaims } from '../domain/receipt.ts'
import { scanLimit } from '../domain/scan/classify.ts'
import { requestDraft } from '../domain/request.ts'
import type { Permission } from '../domain/roles.ts'
import { language } from '../domain/text.ts'
import { commandId, identityId, printJobId, receiptId, sha256Hex } from '../ids.ts'
import { printerInfo } from '../ports/printer.ts'
import { cardAccess, readerInfo, trainingCard } from './cardEvents.ts'
import { appState, cardView, correctionView, dayView, depositView, identityView, outboxItemView, printJobView, sessionView, syncView } from './views.ts'

/** Who may call: anyone at the login screen, anyone signed in, or a holder of one permission. */
export type Access = 'public' | 'signedIn' | Permission

const none = z.strictObject({})
const bytes = z.instanceof(Uint8Array)
const credentials = z.strictObject({ login: z.string().min(1).max(80), password: z.string().min(1).max(512) })
const repair = { commandId, act: z.uuid(), reason: z.string().trim().min(3).max(300) }
/** Attachments above this are refused with a sentence, in bytes. */
export const attachmentLimit = 25 * 1024 * 1024

const call = <I extends z.ZodType, O extends z.ZodType, A extends Access>(access: A, input: I, output: O) => ({ access, input, output }) as const

/** The only place where a call between renderer and worker is named and given a shape; both ends parse. */
export const calls = {
  'app.state': call('public', none, appState),
  'register.unlock': call('public', z.strictObject({ passphrase: z.string().min(8).max(512) }), none),
  'session.signIn': call('public', credentials, sessionView),
  'session.current': call('public', none, z.strictObject({ session: sessionView.optional() })),
  'session.signOut': call('signedIn', none, none),
  /** Nobody was there for a while: as a sign-out, under its own name in the journal. The draft is in the register. */
  'session.lock': call('signedIn', none, none),
  'session.language': call('signedIn', z.strictObject({ language }), none),

  'home.day': call('signedIn', none, dayView),

  'card.state': call('signedIn', none, z.strictObject({ card: cardView, citizen: identityView.optional() })),
  /** `access` opens a chip that asked for it (`card.accessNeeded`). */
  'card.read': call('serveCitizens', z.strictObject({ reader: z.string().optional(), access: cardAccess.optional() }), none),
  /** Training mode only; elsewhere `training.off`. */
  'training.insertCard': call('serveCitizens', z.strictObject({ card: trainingCard }), none),
  'training.removeCard': call('serveCitizens', none, none),
  'identity.type': call('serveCitizens', z.strictObject({ identity, reason: typedReason, note: z.string().max(500).optional() }), identityView),
  'identity.release': call('serveCitizens', none, none),

  'catalogue.list': call('signedIn', none, z.strictObject({ procedures: z.array(procedure) })),

  'draft.load': call('serveCitizens', none, z.strictObject({ draft: requestDraft.optional() })),
  'draft.save': call('serveCitizens', z.strictObject({ draft: requestDraft }), none),
  'draft.discard': call('serveCitizens', none, none),

  'attachment.add': call('serveCitizens', z.strictObject({ name: z.string().min(1).max(255), bytes }), z.strictObject({ sha256: sha256Hex, mime: z.string(), size: z.int() })),
  'attachment.scan': call('serveCitizens', none, z.strictObject({ sha256: sha256Hex, mime: z.string(), size: z.int() })),

  'receipt.preview': call('serveCitizens', z.strictObject({ identityId, draft: requestDraft }), receiptFacts),
  /** `commandId` is made by the caller: the same id twice gives the same receipt, never a second one. */
  'receipt.issue': call('serveCitizens', z.strictObject({ commandId, identityId, draft: requestDraft }), depositView),
  'receipt.pdf': call('signedIn', z.strictObject({ receiptId }), z.strictObject({ pdf: bytes, sha256: sha256Hex, seal: z.string() })),
  /** A scanned seal: what it says if it is genuine, and the deposit if it is of this register. */
  'receipt.check': call('signedIn', z.strictObject({ seal: z.string().max(scanLimit) }), z.strictObject({ claims: sealClaims, deposit: depositView.optional() })),
  'receipt.reprint': call('reprintReceipts', z.strictObject({ receiptId, reason: z.string().min(3).max(300) }), printJobView),

  'print.list': call('signedIn', none, z.strictObject({ jobs: z.array(printJobView) })),
  /** The agent looked at the printer: did paper come out? */
  'print.resolve': call('serveCitizens', z.strictObject({ printJobId, cameOut: z.boolean() }), printJobView),
  'printer.list': call('signedIn', none, z.strictObject({ printers: z.array(printerInfo), chosen: z.string().optional() })),
  'printer.choose': call('choosePrinter', z.strictObject({ printer: z.string() }), none),

  'reader.list': call('signedIn', none, z.strictObject({ readers: z.array(readerInfo) })),
  /** Scanners answer slowly: SANE asks every backend. */
  'scanner.list': call('signedIn', none, z.strictObject({ scanners: z.array(z.strictObject({ name: z.string(), description: z.string() })) })),

  'outbox.list': call('seeSync', none, z.strictObject({ items: z.array(outboxItemView) })),
  'outbox.drain': call('seeSync', none, syncView),
  /** Everything that waits, sealed in one file, for a site without a line; the acts go on waiting until the answers are taken in. */
  'outbox.export': call('seeSync', none, z.strictObject({ name: z.string(), bytes, acts: z.int(), files: z.int() })),
  'outbox.importAnswers': call('seeSync', z.strictObject({ bytes }), z.strictObject({
    applied: z.int(), duplicate: z.int(), rejected: z.int(), conflict: z.int(), files: z.int(),
  })),
  'sync.status': call('signedIn', none, syncView),

  /** Closes the series of a register in quarantine and opens the next one, in the name of who decides. */
  'series.renew': call('superviseCounter', z.strictObject({ reason: z.string().trim().min(3).max(300) }), z.strictObject({ series: z.int().positive() })),

  /** The whole journal as JSON Lines, with the public keys of its anchors. */
  'journal.export': call('auditJournal', none, z.strictObject({ name: z.string(), bytes, links: z.int(), head: sha256Hex })),

  /** Refused acts in their places of the series, which no later act has put right. */
  'correction.list': call('serveCitizens', none, z.strictObject({ corrections: z.array(correctionView) })),
  /** `commandId` is made by the caller, as for a deposit; `act` is the id of the refused one. */
  'correction.correct': call('serveCitizens', z.strictObject({ ...repair, draft: requestDraft, identity: identity.optional() }), correctionView),
  'correction.cancel': call('superviseCounter', z.strictObject({ ...repair, second: credentials }), correctionView),
  'correction.override': call('superviseCounter', z.strictObject({ ...repair, second: credentials }), correctionView),
} as const

export type Calls = typeof calls
export type Call = keyof Calls
export type In<C extends Call> = z.input<Calls[C]['input']>
export type Out<C extends Call> = z.output<Calls[C]['output']>
