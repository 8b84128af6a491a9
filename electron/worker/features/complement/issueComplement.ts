import { randomBytes } from 'node:crypto'
import { acts } from '#shared/contract/acts.ts'
import type { RequestComplemented } from '#shared/contract/features/complement/acts.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { withComplement, type ComplementLines } from '#shared/domain/request/complement.ts'
import { depositFacts, lastDayOf } from '#shared/domain/request/deposit.ts'
import { issuedAtOf } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PrintJobId, ReceiptId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct, type Begun, type Meaning } from '../../acts/oneAct.ts'
import { officeDay, readOffice, type SignedIn } from '../../core/context.ts'
import { attachedFiles, type AttachedFile } from '../../core/deposit/attachedFiles.ts'
import { claimsOf, type Issuing, type Numbered } from '../../core/deposit/issuing.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'
import { complementByCommand, insertComplement } from '../../core/rows/complements.ts'
import { readHolidays } from '../../core/rows/reference.ts'
import { findDepositById } from '../../core/rows/requests.ts'
import { countPapers, makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import { insertReissue } from '../../papers/rows/reissues.ts'
import { factsDigest, signSeal } from '../../seal/seal.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { findOwing, type Owing } from './findOwing.ts'

/** A complement that is taken in: to which number, and the pieces that came. */
export interface ComplementOrder {
  readonly commandId: CommandId
  readonly who: SignedIn
  readonly number: RegisterNumber
  readonly pieces: ComplementLines
}

/**
 * Takes in the one complement of an incomplete deposit: link, receipt with its seal, print job and outbox item in one
 * commit, under the number of the deposit. When the file is complete by it, the clock of the answer runs from this day.
 * Faults: those of `findOwing`, request.invalid (a piece that was not missing), attachment.unknown,
 * receipt.glyphMissing, and those of `oneAct`.
 */
export function issueComplement(parts: Issuing, order: ComplementOrder): Result<DepositView> {
  const { context } = parts
  const { commandId, who, number, pieces } = order
  const asked = { number, pieces }
  const again = (): Result<DepositView> => issuedBefore(parts, order)
  return oneAct(context, who, { act: acts.requestComplemented, commandId, asked, again }, (db, begun) => {
    const owing = findOwing(db, number, begun.day)
    if (!owing.ok) return owing
    const missing = new Set(owing.value.missing.map(({ code }) => code))
    const odd = pieces.filter(({ code }) => !missing.delete(code))
    if (odd.length > 0)
      return err(faultOf('request.invalid', `pieces: not missing (${odd.map(({ code }) => code).join(', ')})`))
    const facts = factsOf(parts, db, order, owing.value, begun)
    if (!facts.ok) return facts
    const legible = parts.paper.checkGlyphs(facts.value)
    if (!legible.ok) return legible
    const attachments = attachedFiles(db, pieces)
    if (!attachments.ok) return attachments
    return ok(complemented(parts, db, order, owing.value, facts.value, attachments.value))
  })
}

/** The answer names the citizen to whoever asks now. */
const issuedBefore = ({ context }: Issuing, { commandId, who }: ComplementOrder): Result<DepositView> => {
  const { db } = context.store
  const made = complementByCommand(db, commandId)
  const deposit = made === undefined ? undefined : findDepositById(db, made.requestId)
  if (deposit === undefined) return err(faultOf('request.unknown'))
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'receipt',
    purpose: purposeWithBasis(context, 'deposit'),
    subject: deposit.receiptId,
  })
  return recorded.ok ? ok(deposit) : recorded
}

/** What the receipt of the complement says: the deposit as it was, with what came. */
const factsOf = (
  { context }: Issuing,
  db: WriteHandle,
  { who, pieces }: ComplementOrder,
  { draft, sheet, facts: before }: Owing,
  { moment: { at }, day }: Begun,
): Result<Numbered> => {
  const office = readOffice(context.store)
  const built = depositFacts({
    receiptId: context.newId() as ReceiptId, // newId makes UUIDs
    requestId: before.requestId,
    at: before.depositedAt,
    ...officeDay(office, new Date(before.depositedAt)),
    counter: context.counter,
    office,
    holidays: readHolidays(db),
    sheet,
    draft: withComplement(draft, pieces),
    citizen: before.citizen,
    agent: { name: who.view.name, code: who.code },
    specimen: before.specimen,
    complement: {
      at,
      completes: { receiptId: before.receiptId, issuedAt: issuedAtOf(before) },
      day,
      pieces: pieces.map(({ code }) => code),
    },
  })
  return built.ok && before.number !== undefined
    ? ok({ ...built.value, salt: randomBytes(16).toString('hex'), number: before.number })
    : built.ok
      ? err(faultOf('request.unknown', 'no number'))
      : built
}

/** Link and act of a complement, and its rows: what came, the receipt under its seal, and the first print. */
const complemented = (
  { context, signer }: Issuing,
  db: WriteHandle,
  { commandId, who, pieces }: ComplementOrder,
  { act, facts: before }: Owing,
  facts: Numbered,
  attachments: readonly AttachedFile[],
): Meaning<RequestComplemented, DepositView> => {
  const { receiptId, requestId, number, complete, complement } = facts
  const at = complement?.at ?? facts.depositedAt
  const lastDay = lastDayOf(facts)
  const digest = factsDigest(facts)
  let seal = ''
  return {
    subject: requestId,
    body: { number, receiptId, act: act.id, actSeq: act.seq, facts: digest, complete, pieces: pieces.length },
    data: (link) => {
      seal = signSeal(claimsOf(facts, digest, link), signer)
      return {
        requestId,
        receiptId,
        number,
        act: { seq: act.seq, id: act.id },
        pieces: pieces.map((line) => ({ ...line })),
        complete,
        complementedAt: at,
        lastDay,
        agent: who.code,
        attachments: attachments.map((file) => ({ ...file })),
        receipt: { facts: digest, seal, completes: before.receiptId },
      }
    },
    keep: ({ link }) => {
      const rank = countPapers(db, 'receipt', requestId)
      insertComplement(db, { commandId, requestId, pieces, agent: who.code, at, journalSeq: link.seq })
      const paper = { id: receiptId, subject: requestId, number, rank, replaces: before.receiptId, facts, seal, at }
      makePaper(db, { kind: 'receipt', ...paper })
      insertReissue(db, { id: receiptId, requestId, rank, commandId, complete, lastDay })
      queuePrint(db, { id: context.newId() as PrintJobId, paperId: receiptId, at })
      const deposit = findDepositById(db, requestId)
      return deposit === undefined ? err(faultOf('request.unknown')) : ok(deposit)
    },
  }
}
