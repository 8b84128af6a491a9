import { randomBytes } from 'node:crypto'
import { actTypes } from '#shared/contract/acts.ts'
import type { DepositView, IdentityView } from '#shared/contract/features/intake.ts'
import { lastDayOf } from '#shared/domain/request/deposit.ts'
import type { CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { extractOf } from '#shared/domain/identity/identityExtract.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { formatRegisterNumber } from '#shared/domain/registerNumber.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PrintJobId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Link } from '../../journal/journal.ts'
import { statementDigest } from '../../seal/citizenSignature.ts'
import { factsDigest, signSeal } from '../../seal/seal.ts'
import { isClosed } from '../../core/rows/closings.ts'
import { deleteDraft } from '../../core/rows/drafts.ts'
import { insertCommand, lastCommand } from '../../outbox/rows/outboxRows.ts'
import { makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import { currentSeries } from '../../store/quarantine.ts'
import { findDepositByCommand, insertIdentity, insertRequest } from '../../core/rows/requests.ts'
import { takeNumber } from '../../acts/rows/series.ts'
import { actCommand } from '../../acts/envelope.ts'
import { attachedFiles, type AttachedFile } from '../../core/deposit/attachedFiles.ts'
import { buildDeposit, type Asked } from '../../core/deposit/buildDeposit.ts'
import { claimsOf, type Issuing, type Numbered } from '../../core/deposit/issuing.ts'
import { clockFault } from '../../core/clockRule.ts'
import { officeDay, readOffice } from '../../core/context.ts'

/** The register that deposits are numbered in. */
const register = 'requests'

/**
 * A deposit that is asked for. `citizen` is absent when the counter does not know him any more: after a restart, or a
 * release.
 */
export interface IssueOrder extends Omit<Asked, 'citizen'> {
  readonly commandId: CommandId
  readonly citizen: IdentityView | undefined
  /** What the citizen signed, by the digest that the screen shows: it goes into the act, or the act is refused. */
  readonly signed?: { readonly statement: Sha256; readonly signature: CitizenSignature | undefined } | undefined
}

/**
 * Deposits a request: line, number, identity, journal link, receipt with its seal, print job and outbox item in one
 * commit.
 * The same command id gives the same receipt, also after a restart. Faults: identity.gone, procedure.unknown,
 * request.invalid,
 * attachment.unknown, receipt.glyphMissing, signature.outdated, clock.behind, day.closed, and those of `Tx`.
 */
export function issueReceipt(parts: Issuing, order: IssueOrder): Result<DepositView> {
  const { context } = parts
  const known = findDepositByCommand(context.store.db, order.commandId)
  if (known !== undefined) return ok(known)
  if (order.citizen === undefined) return err(faultOf('identity.gone'))
  return issue(parts, { ...order, citizen: order.citizen })
}

const issue = (parts: Issuing, asked: Asked & Pick<IssueOrder, 'commandId' | 'signed'>): Result<DepositView> => {
  const { context, paper } = parts
  const moment = context.journal.moment()
  const behind = clockFault(context, asked.who, moment)
  if (behind !== undefined) return err(behind)
  const built = buildDeposit(context, asked, moment.at)
  if (!built.ok) return built
  const signature = signatureFor(asked.signed, built.value)
  if (!signature.ok) return signature
  const legible = paper.checkGlyphs(built.value)
  if (!legible.ok) return legible
  return context.store.tx((db) => {
    const attachments = attachedFiles(db, asked.draft)
    if (!attachments.ok) return attachments
    const { day } = officeDay(readOffice(context.store), new Date(moment.at))
    if (isClosed(db, day)) return err(faultOf('day.closed', undefined, { day }))
    const year = Number(day.slice(0, 4))
    const sequence = takeNumber(db, register, year)
    const facts = {
      ...built.value,
      salt: randomBytes(16).toString('hex'),
      number: formatRegisterNumber(year, context.counter, sequence, { series: currentSeries(db) }),
    }
    const digest = factsDigest(facts)
    const link = context.journal.append(
      db,
      {
        actor: asked.who.code,
        kind: 'request.deposited',
        subject: facts.requestId,
        body: {
          number: facts.number,
          receiptId: facts.receiptId,
          facts: digest,
          complete: facts.complete,
          identity: asked.citizen.source.kind,
          ...(signature.value === undefined ? {} : { signed: signature.value.signature }),
        },
      },
      moment,
    )
    const seal = signSeal(claimsOf(facts, digest, link), parts.signer)
    insertRequest(db, {
      id: facts.requestId,
      commandId: asked.commandId,
      year,
      sequence,
      number: facts.number,
      depositedAt: moment.at,
      day,
      draft: asked.draft,
      complete: facts.complete,
      lastDay: lastDayOf(facts),
      agent: asked.who.code,
      journalSeq: link.seq,
    })
    insertIdentity(db, {
      requestId: facts.requestId,
      kept: extractOf(asked.citizen.identity),
      source: asked.citizen.source,
      readAt: asked.citizen.readAt,
      signature: signature.value,
    })
    makePaper(db, {
      kind: 'receipt',
      id: facts.receiptId,
      subject: facts.requestId,
      number: facts.number,
      facts,
      seal,
      at: moment.at,
    })
    queuePrint(db, { id: context.newId() as PrintJobId, paperId: facts.receiptId, at: moment.at })
    insertCommand(
      db,
      actCommand({
        id: asked.commandId,
        type: actTypes.requestDeposited,
        counter: context.counter,
        moment,
        last: lastCommand(db),
        data: { ...dataOf(asked, facts, digest, seal, link, attachments.value), citizenSignature: signature.value },
      }),
      facts.number,
    )
    deleteDraft(db, asked.who.view.login)
    const deposit = findDepositByCommand(db, asked.commandId)
    if (deposit === undefined) throw new Error('the deposit just written is not there')
    return ok(deposit)
  })
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

/** What the platform is told. `requestDeposited` of the contract names what it checks. */
const dataOf = (
  { citizen, draft, who }: Asked,
  facts: Numbered,
  digest: string,
  seal: string,
  link: Link,
  attachments: readonly AttachedFile[],
): Parameters<typeof actCommand>[0]['data'] => ({
  requestId: facts.requestId,
  receiptId: facts.receiptId,
  number: facts.number,
  depositedAt: facts.depositedAt,
  procedure: { code: facts.procedure.code, version: facts.procedure.version },
  complete: facts.complete,
  lastDay: lastDayOf(facts),
  pieces: draft.pieces.map((line) => ({ ...line })),
  attachments: attachments.map((file) => ({ ...file })),
  capacity: draft.capacity,
  represented: draft.represented,
  fee: facts.fee,
  note: draft.note,
  language: draft.language,
  citizen: extractOf(citizen.identity),
  source: citizen.source,
  agent: who.code,
  receipt: { facts: digest, seal },
  journal: { seq: link.seq, hash: link.hash },
  clockBackMs: link.moment.backMs === 0 ? undefined : link.moment.backMs,
  specimen: facts.specimen,
})
