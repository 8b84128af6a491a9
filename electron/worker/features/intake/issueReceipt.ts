import { randomBytes } from 'node:crypto'
import { acts } from '#shared/contract/acts.ts'
import type { RequestDeposited } from '#shared/contract/features/intake/acts.ts'
import type { DepositView, IdentityView } from '#shared/contract/features/intake/calls.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { lastDayOf } from '#shared/domain/request/deposit.ts'
import type { CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { extractOf, identityExtract, type IdentityExtract } from '#shared/domain/identity/identityExtract.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PrintJobId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct, type Begun, type Meaning } from '../../acts/oneAct.ts'
import type { ActData } from '../../acts/writeAct.ts'
import type { Context } from '../../core/context.ts'
import { attachedFiles, type AttachedFile } from '../../core/deposit/attachedFiles.ts'
import { buildDeposit, type Asked } from '../../core/deposit/buildDeposit.ts'
import { letterServed } from '../../core/deposit/letterServed.ts'
import { claimsOf, type Issuing, type Numbered } from '../../core/deposit/issuing.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'
import { draftCitizen } from '../../core/draftCitizen.ts'
import { deleteDraft, findDraft } from '../../core/rows/drafts.ts'
import { insertLetterRequest, type LetterToServe } from '../../core/rows/letterRequests.ts'
import {
  findDepositByCommand,
  findExtract,
  insertIdentity,
  insertRequest,
  missingOf,
} from '../../core/rows/requests.ts'
import { makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import { statementDigest } from '../../seal/citizenSignature.ts'
import { factsDigest, signSeal } from '../../seal/seal.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/**
 * A deposit that is asked for. `citizen` is absent when the counter does not know him any more: after a restart, or a
 * release.
 */
export interface IssueOrder extends Omit<Asked, 'citizen'> {
  readonly commandId: CommandId
  readonly citizen: IdentityView | undefined
  /** The draft that goes with it: nobody resumes what was deposited. */
  readonly draftId?: string | undefined
  /** What the citizen signed, by the digest that the screen shows: it goes into the act, or the act is refused. */
  readonly signed?: { readonly statement: Sha256; readonly signature: CitizenSignature | undefined } | undefined
}

/**
 * Deposits a request: line, number, identity, journal link, receipt with its seal, print job and outbox item in one
 * commit. The same command id gives the same receipt, also after a restart.
 * Faults: identity.gone, draft.otherCitizen, procedure.unknown, request.invalid, attachment.unknown, receipt.glyphMissing,
 * signature.outdated, letter.unknown, letter.cancelled, and those of `oneAct`.
 */
export function issueReceipt(parts: Issuing, order: IssueOrder): Result<DepositView> {
  const { context } = parts
  const { commandId, who, draft, signed } = order
  const asked = { draft, ...(signed === undefined ? {} : { signed: signed.statement }) }
  const again = (): Result<DepositView> => issuedBefore(context, order)
  return oneAct(context, who, { act: acts.requestDeposited, commandId, asked, again }, (db, begun) => {
    const { citizen } = order
    const { moment, day, place } = begun
    if (citizen === undefined) return err(faultOf('identity.gone'))
    if (place === undefined) throw new Error('a deposit takes a number')
    if (isOfAnother(db, order, citizen)) return err(faultOf('draft.otherCitizen'))
    const built = buildDeposit(context, { ...order, citizen }, moment.at)
    if (!built.ok) return built
    const signature = signatureFor(signed, built.value)
    if (!signature.ok) return signature
    const legible = parts.paper.checkGlyphs(built.value)
    if (!legible.ok) return legible
    const attachments = attachedFiles(db, draft.pieces)
    if (!attachments.ok) return attachments
    const letter = letterServed(context, db, who, draft.letter)
    if (!letter.ok) return letter
    const facts = { ...built.value, salt: randomBytes(16).toString('hex'), number: place.number }
    return ok(
      deposited(
        parts,
        db,
        { ...order, citizen },
        { facts, day, place, signature: signature.value, letter: letter.value },
        attachments.value,
      ),
    )
  })
}

/**
 * A citizen who is at the desk has to be the one of that receipt; one whom nobody knows any more is not asked about. The
 * answer names him, to whoever asks now.
 */
const issuedBefore = (context: Context, { commandId, citizen, who }: IssueOrder): Result<DepositView> => {
  const { db } = context.store
  const known = findDepositByCommand(db, commandId)
  if (known === undefined) return err(faultOf('request.unknown'))
  const kept = citizen === undefined ? undefined : findExtract(db, known.requestId)
  if (kept !== undefined && citizen !== undefined && !same(kept, identityExtract.parse(extractOf(citizen.identity))))
    return err(faultOf('command.reused', 'another citizen'))
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'receipt',
    purpose: purposeWithBasis(context, 'deposit'),
    subject: known.receiptId,
  })
  return recorded.ok ? ok(known) : recorded
}
const same = (one: IdentityExtract, other: IdentityExtract): boolean =>
  canonicalJson({ ...one }) === canonicalJson({ ...other })

/** Whether what was begun for one citizen is about to be deposited for another. */
const isOfAnother = (db: ReadHandle, { draftId, who }: IssueOrder, citizen: IdentityView): boolean => {
  if (draftId === undefined) return false
  const begunFor = findDraft(db, { login: who.view.login, kind: 'request', id: draftId })?.citizen
  return begunFor !== undefined && begunFor.person !== draftCitizen(citizen).person
}

/** What was signed is what is deposited, or nothing is. Fault: signature.outdated. */
const signatureFor = (
  signed: IssueOrder['signed'],
  facts: Omit<ReceiptFacts, 'number'>,
): Result<CitizenSignature | undefined> => {
  if (signed === undefined) return ok(undefined)
  const { signature, statement } = signed
  return signature?.statement === statement && statement === statementDigest(facts)
    ? ok(signature)
    : err(faultOf('signature.outdated'))
}

/** What is known of a deposit once it has its number. */
interface Deposit extends Required<Pick<Begun, 'day' | 'place'>> {
  readonly facts: Numbered
  readonly signature: CitizenSignature | undefined
  /** Where the request came by post. */
  readonly letter: LetterToServe | undefined
}
type Ordered = Asked & Pick<IssueOrder, 'commandId' | 'draftId'>

/** Link and act of a deposit, and its rows: the line, the identity, the receipt under its seal, and the first print. */
const deposited = (
  { context, signer }: Issuing,
  db: WriteHandle,
  order: Ordered,
  deposit: Deposit,
  attachments: readonly AttachedFile[],
): Meaning<RequestDeposited, DepositView> => {
  const { facts, signature } = deposit
  const digest = factsDigest(facts)
  let seal = ''
  return {
    subject: facts.requestId,
    body: {
      number: facts.number,
      receiptId: facts.receiptId,
      facts: digest,
      complete: facts.complete,
      identity: order.citizen.source.kind,
      ...(signature === undefined ? {} : { signed: signature.signature }),
      ...(order.draft.letter === undefined ? {} : { letter: order.draft.letter }),
    },
    data: (link) => {
      seal = signSeal(claimsOf(facts, digest, link), signer)
      return {
        ...dataOf(order, facts),
        attachments: attachments.map((file) => ({ ...file })),
        receipt: { facts: digest, seal },
        ...(signature === undefined ? {} : { citizenSignature: signature }),
      }
    },
    keep: ({ link }) => {
      keepRequest(db, order, deposit, link.seq)
      const { receiptId: id, requestId: subject, number, depositedAt: at } = facts
      makePaper(db, { kind: 'receipt', id, subject, number, facts, seal, at })
      const printJobId = context.newId() as PrintJobId // newId makes UUIDs
      queuePrint(db, { id: printJobId, paperId: id, at })
      if (order.draftId !== undefined)
        deleteDraft(db, { login: order.who.view.login, kind: 'request', id: order.draftId })
      return ok(viewOf(deposit, printJobId))
    },
  }
}

const keepRequest = (
  db: WriteHandle,
  { commandId, draft, citizen, who }: Ordered,
  { facts, day, place, signature, letter }: Deposit,
  journalSeq: number,
): void => {
  insertRequest(db, {
    id: facts.requestId,
    commandId,
    year: place.year,
    sequence: place.rank,
    number: facts.number,
    depositedAt: facts.depositedAt,
    day,
    draft,
    complete: facts.complete,
    lastDay: lastDayOf(facts),
    agent: who.code,
    journalSeq,
  })
  const { identity, source, readAt } = citizen
  insertIdentity(db, { requestId: facts.requestId, kept: extractOf(identity), source, readAt, signature })
  const { requestId, number, depositedAt: at } = facts
  if (letter !== undefined)
    insertLetterRequest(db, { requestId, letterId: letter.id, number, agent: who.code, at, journalSeq })
}

/** The deposit as it is read back later (`findDepositByCommand`), without reading it back. */
const viewOf = ({ facts, signature }: Deposit, printJobId: PrintJobId): DepositView => ({
  requestId: facts.requestId,
  receiptId: facts.receiptId,
  number: facts.number,
  printJobId,
  depositedAt: facts.depositedAt,
  procedure: facts.procedure.title,
  citizen: `${facts.citizen.familyName} ${facts.citizen.givenNames}`.trim(),
  complete: facts.complete,
  lastDay: lastDayOf(facts),
  ...missingOf(facts),
  ...(signature === undefined ? {} : { signed: signature.chain }),
})

/** What the platform is told of a deposit. `requestDeposited` of the contract names what it checks. */
const dataOf = ({ citizen, draft, who }: Ordered, facts: Numbered): ActData<RequestDeposited> => ({
  requestId: facts.requestId,
  receiptId: facts.receiptId,
  number: facts.number,
  depositedAt: facts.depositedAt,
  procedure: { code: facts.procedure.code, version: facts.procedure.version },
  complete: facts.complete,
  lastDay: lastDayOf(facts),
  pieces: draft.pieces.map((line) => ({ ...line })),
  capacity: draft.capacity,
  represented: draft.represented,
  fee: facts.fee,
  note: draft.note,
  language: draft.language,
  citizen: extractOf(citizen.identity),
  source: citizen.source,
  agent: who.code,
  specimen: facts.specimen,
})
