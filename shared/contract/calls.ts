import { z } from 'zod'
import { examination, heldSigner, signerFileLimit } from '../domain/identity/countrySigner.ts'
import { pinBytes, signState } from '../domain/identity/cardSignature.ts'
import { chainVerdict, identity, suggested, typedReason } from '../domain/identity/identity.ts'
import { procedure } from '../domain/request/procedure.ts'
import { purpose } from '../domain/identity/purpose.ts'
import { receiptFacts, sealClaims } from '../domain/receipt/receipt.ts'
import { scanLimit } from '../domain/scan/classify.ts'
import { requestDraft } from '../domain/request/request.ts'
import type { Permission } from '../domain/roles.ts'
import { language } from '../domain/text.ts'
import { commandId, identityId, printJobId, receiptId, registerNumber, requestId, sha256Hex } from '../ids.ts'
import { scanReader } from '../ports/hidSource.ts'
import { printerInfo } from '../ports/printer.ts'
import { deviceView, typedCode } from './device.ts'
import { personalRight } from './acts.ts'
import { dayStatus, journalEntry, journalFilter, journalProofs, journalVerdict } from './closing.ts'
import { faultSchema } from './faultSchema.ts'
import { cardAccess, readerInfo, readerRole, trainingCard } from './cardEvents.ts'
import { appState } from './appState.ts'
import { correctionView, dayView, depositView } from './depositView.ts'
import { cardView, identityView, purposeView } from './deskView.ts'
import { accessView, heldFileView, personalRequestView, retentionView, wipeView } from './personalDataView.ts'
import { printJobView } from './printView.ts'
import { accountView, agentCardView, cardPinView, sessionView } from './sessionView.ts'
import { outboxItemView, referenceView, syncView } from './syncView.ts'

/** Who may call: anyone at the login screen, anyone signed in, or a holder of one permission. */
export type Access = 'public' | 'signedIn' | Permission

const none = z.strictObject({})
const bytes = z.instanceof(Uint8Array)
const login = z.string().min(1).max(80)
const credentials = z.strictObject({ login, password: z.string().min(1).max(512) })
/**
 * With the PIN of the agent's card where it is bound by one: ASCII digits, wiped at once; absent where the reader has
 * keys of its own.
 */
const proof = credentials.extend({ pin: pinBytes.optional() })
const repair = { commandId, act: z.uuid(), reason: z.string().trim().min(3).max(300) }
const files = z.array(requestId).min(1).max(200)
/** Attachments above this are refused with a sentence, in bytes. */
export const attachmentLimit = 25 * 1024 * 1024

const signerFile = bytes.refine((file) => file.byteLength <= signerFileLimit)
/** Fingerprints of list signers that a person compared with the published ones. */
const compared = z.array(sha256Hex).max(100)

const call = <I extends z.ZodType, O extends z.ZodType, A extends Access>(access: A, input: I, output: O) =>
  ({ access, input, output }) as const

/** The only place where a call between renderer and worker is named and given a shape; both ends parse. */
export const calls = {
  'app.state': call('public', none, appState),
  'register.unlock': call('public', z.strictObject({ passphrase: z.string().min(8).max(512) }), none),
  /**
   * A register that cannot be opened: it is set aside and the newest sound copy takes its place, in the name of a
   * supervisor known there.
   */
  'register.rescue': call('public', credentials, z.strictObject({ restoredFrom: z.iso.datetime() })),
  'session.signIn': call('public', proof, sessionView),
  /** The agent's card in a reader, for the login screen. */
  'session.card': call('public', none, agentCardView),
  'session.current': call('public', none, z.strictObject({ session: sessionView.optional() })),
  'session.signOut': call('signedIn', none, none),
  /** Nobody was there for a while: as a sign-out, under its own name in the journal. The draft is in the register. */
  'session.lock': call('signedIn', none, none),
  'session.language': call('signedIn', z.strictObject({ language }), none),

  'home.day': call('signedIn', none, dayView),

  'card.state': call('signedIn', none, z.strictObject({ card: cardView, citizen: identityView.optional() })),
  /** `access` opens a chip that asked for it (`card.accessNeeded`). */
  /** What the citizen's card needs before it signs; the faults of a card that cannot. */
  'card.signState': call('serveCitizens', none, signState),
  /**
   * The citizen signs what the receipt will say. `pin`: ASCII digits, wiped at once; absent where the reader has keys
   * of its own.
   */
  'card.sign': call(
    'serveCitizens',
    z.strictObject({ identityId, draft: requestDraft, pin: pinBytes.optional() }),
    z.strictObject({ statement: sha256Hex, signer: z.string(), chain: chainVerdict }),
  ),
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
    z.strictObject({ identity, reason: typedReason, note: z.string().max(500).optional(), suggested }),
    identityView,
  ),
  /** What this citizen deposited here before, found by his document; an access of its own. */
  'citizen.deposits': call(
    'serveCitizens',
    z.strictObject({ identityId }),
    z.strictObject({ deposits: z.array(depositView) }),
  ),
  /** The deposit of a scanned number. */
  'deposit.find': call('serveCitizens', z.strictObject({ number: registerNumber }), depositView),
  /** Forgets this citizen; whoever came to the desk since stays. */
  'identity.release': call('serveCitizens', z.strictObject({ identityId }), none),
  /**
   * What the citizen's data are read for, from the closed list of the office; without one it only tells. A change
   * counts as a new access.
   */
  'identity.purpose': call(
    'serveCitizens',
    z.strictObject({ purpose: purpose.optional() }),
    z.strictObject({ chosen: purposeView, offered: z.array(purposeView) }),
  ),

  /** Training mode only: the SPECIMEN card of an agent, in its own reader, before anybody is signed in. */
  'training.agentCard': call('public', z.strictObject({ inserted: z.boolean() }), none),

  /** The accounts that the platform told this counter of. */
  'account.list': call('seeAccounts', none, z.strictObject({ accounts: z.array(accountView) })),
  'account.unlock': call('seeAccounts', z.strictObject({ login }), accountView),
  /**
   * Binds the card in a reader, as strongly as it can prove itself; `access` opens a closed chip, and is kept for the
   * next sign-in.
   */
  'account.bindCard': call(
    'manageAccounts',
    z.strictObject({
      login,
      reader: z.string().optional(),
      access: cardAccess.optional(),
      /** Typed by the agent: the card is bound by the key that it opens. */
      pin: z.union([pinBytes, z.literal('pinpad')]).optional(),
    }),
    accountView,
  ),
  /** What the card that would be bound needs to prove its key with a PIN; the faults of one that cannot. */
  'account.cardPin': call('manageAccounts', none, cardPinView),
  'account.unbindCard': call('manageAccounts', z.strictObject({ login }), accountView),
  /** Nobody signs in with this account here any more until the platform sends a new verifier. */
  'account.end': call('manageAccounts', z.strictObject({ login }), accountView),

  /** Whose documents are believed here; `fault` when those installed with the program cannot be told. */
  'trust.list': call(
    'administerDevice',
    none,
    z.strictObject({ signers: z.array(heldSigner), fault: faultSchema.optional() }),
  ),
  /** What a file would bring: it is read where cards are read, and nothing is changed. */
  'trust.examine': call('administerDevice', z.strictObject({ bytes: signerFile, compared }), examination),
  /** `name` is the file's, for people. */
  'trust.add': call(
    'administerDevice',
    z.strictObject({ name: z.string().min(1).max(255), bytes: signerFile, compared }),
    examination,
  ),
  'trust.remove': call(
    'administerDevice',
    z.strictObject({ fingerprints: z.array(sha256Hex).min(1).max(4_000) }),
    z.strictObject({ removed: z.int() }),
  ),

  'catalogue.list': call('signedIn', none, z.strictObject({ procedures: z.array(procedure) })),

  'draft.load': call('serveCitizens', none, z.strictObject({ draft: requestDraft.optional() })),
  'draft.save': call('serveCitizens', z.strictObject({ draft: requestDraft }), none),
  'draft.discard': call('serveCitizens', none, none),

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

  'receipt.preview': call('serveCitizens', z.strictObject({ identityId, draft: requestDraft }), receiptFacts),
  /**
   * `commandId` is made by the caller: the same id twice gives the same receipt, never a second one. `signed`: the
   * statement that the citizen signed.
   */
  'receipt.issue': call(
    'serveCitizens',
    z.strictObject({ commandId, identityId, draft: requestDraft, signed: sha256Hex.optional() }),
    depositView,
  ),
  'receipt.pdf': call(
    'readReceipts',
    z.strictObject({ receiptId }),
    z.strictObject({ pdf: bytes, sha256: sha256Hex, seal: z.string() }),
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
  'receipt.reprint': call(
    'reprintReceipts',
    z.strictObject({ receiptId, reason: z.string().min(3).max(300) }),
    printJobView,
  ),

  'print.list': call('signedIn', none, z.strictObject({ jobs: z.array(printJobView) })),
  /** The agent looked at the printer: did paper come out? */
  'print.resolve': call('serveCitizens', z.strictObject({ printJobId, cameOut: z.boolean() }), printJobView),
  'printer.list': call(
    'signedIn',
    none,
    z.strictObject({ printers: z.array(printerInfo), chosen: z.string().optional() }),
  ),
  'printer.choose': call('choosePrinter', z.strictObject({ printer: z.string() }), none),

  /** This machine towards its platform: its fingerprint, whether it is enrolled, and what keeps its key. */
  'device.show': call('signedIn', none, deviceView),
  /** Introduces it by a one-time code; the answer waits for the platform. */
  'device.enrol': call('administerDevice', z.strictObject({ code: typedCode }), deviceView),
  'reader.list': call('signedIn', none, z.strictObject({ readers: z.array(readerInfo.extend({ role: readerRole })) })),
  'reader.setRole': call('manageAccounts', z.strictObject({ reader: z.string().max(200), role: readerRole }), none),
  /** Scanners answer slowly: SANE asks every backend. */
  'scanner.list': call(
    'signedIn',
    none,
    z.strictObject({ scanners: z.array(z.strictObject({ name: z.string(), description: z.string() })) }),
  ),

  /** Readers of codes and zones that push what they read; wedges are keyboards and not among them. */
  'codeReader.list': call('signedIn', none, z.strictObject({ readers: z.array(scanReader) })),

  'outbox.list': call('seeSync', none, z.strictObject({ items: z.array(outboxItemView) })),
  'outbox.drain': call('seeSync', none, syncView),
  /**
   * Everything that waits, sealed in one file, for a site without a line; the acts go on waiting until the answers are
   * taken in.
   */
  'outbox.export': call('seeSync', none, z.strictObject({ name: z.string(), acts: z.int(), files: z.int() })),
  'outbox.importAnswers': call(
    'seeSync',
    z.strictObject({ bytes }),
    z.strictObject({
      applied: z.int(),
      duplicate: z.int(),
      rejected: z.int(),
      conflict: z.int(),
      files: z.int(),
      /** Acts and files of which this was news: none when the same answers were taken in before. */
      news: z.int(),
    }),
  ),
  /**
   * What is known of the reference data: how much of each kind, when it was last asked for, and what waits for a newer
   * program.
   */
  'reference.status': call('seeSync', none, referenceView),
  'sync.status': call('signedIn', none, syncView),

  /** Closes the series of a register in quarantine and opens the next one, in the name of who decides. */
  'series.renew': call(
    'superviseCounter',
    z.strictObject({ reason: z.string().trim().min(3).max(300) }),
    z.strictObject({ series: z.int().positive() }),
  ),

  /** A day of the office before its closing or after it; the oldest open one where none is named. */
  'day.status': call('superviseCounter', z.strictObject({ day: z.iso.date().optional() }), dayStatus),
  /** `commandId` is made by the caller: the same id closes once. Acts of that day are refused from then on. */
  'day.close': call('superviseCounter', z.strictObject({ commandId, day: z.iso.date() }), dayStatus),
  'day.reopen': call(
    'superviseCounter',
    z.strictObject({ commandId, day: z.iso.date(), reason: repair.reason, second: proof }),
    dayStatus,
  ),
  'closing.pdf': call(
    'auditJournal',
    z.strictObject({ closingId: z.uuid() }),
    z.strictObject({ pdf: bytes, sha256: sha256Hex }),
  ),
  'closing.print': call('superviseCounter', z.strictObject({ closingId: z.uuid() }), printJobView),

  /** A page of the journal, newest first; `before` is the number of a line already shown. */
  'journal.page': call(
    'auditJournal',
    journalFilter.extend({ before: z.int().positive().optional(), limit: z.int().min(1).max(500).default(200) }),
    z.strictObject({ entries: z.array(journalEntry), more: z.boolean() }),
  ),
  'journal.proofs': call('auditJournal', none, journalProofs),
  /** Walks the whole journal; the event `journal` says how far. */
  'journal.verify': call('auditJournal', none, journalVerdict),
  /**
   * The whole journal as JSON Lines with all that is needed to check it, into a file that the person chooses; the event
   * `journal` says how far.
   */
  'journal.export': call('auditJournal', none, z.strictObject({ name: z.string(), links: z.int(), head: sha256Hex })),
  /** A report as PDF over the newest lines of a choice, after a walk over the whole journal. */
  'journal.report': call(
    'auditJournal',
    journalFilter,
    z.strictObject({ name: z.string(), bytes, links: z.int(), head: sha256Hex }),
  ),

  /** Refused acts in their places of the series, which no later act has put right; and the newest that were. */
  'correction.list': call(
    'serveCitizens',
    none,
    z.strictObject({ corrections: z.array(correctionView), repaired: z.array(correctionView) }),
  ),
  /** The deposit of any number with the history of its repairs. */
  'correction.find': call('serveCitizens', z.strictObject({ number: registerNumber }), correctionView),
  /** `commandId` is made by the caller, as for a deposit; `act` is the id of the refused one. */
  'correction.correct': call(
    'serveCitizens',
    z.strictObject({ ...repair, draft: requestDraft, identity: identity.optional() }),
    correctionView,
  ),
  'correction.cancel': call('superviseCounter', z.strictObject({ ...repair, second: proof }), correctionView),
  'correction.override': call('superviseCounter', z.strictObject({ ...repair, second: proof }), correctionView),

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
      actor: z.string().max(80).optional(),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.strictObject({ accesses: z.array(accessView), more: z.boolean() }),
  ),
  'personalData.requests': call('seePersonalData', none, z.strictObject({ requests: z.array(personalRequestView) })),
  /** All that is held on a person: by document number, register number, or both names; looking is an access too. */
  'personalData.find': call(
    'answerPeople',
    z.strictObject({
      document: z.string().trim().min(3).max(80).optional(),
      number: registerNumber.optional(),
      name: z
        .strictObject({ familyName: z.string().trim().min(1).max(200), givenNames: z.string().trim().max(200) })
        .optional(),
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

export type Calls = typeof calls
export type Call = keyof Calls
export type In<C extends Call> = z.input<Calls[C]['input']>
export type Out<C extends Call> = z.output<Calls[C]['output']>
