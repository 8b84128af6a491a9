import { randomBytes } from 'node:crypto'
import { canonicalJson } from '#shared/domain/canonical.ts'
import type { CorrectionView } from '#shared/contract/features/corrections/calls.ts'
import { citizenFacts, depositFacts, lastDayOf } from '#shared/domain/request/deposit.ts'
import type { Identity, IdentitySource } from '#shared/domain/identity/identity.ts'
import { extractOf } from '#shared/domain/identity/identityExtract.ts'
import { issuedAtOf, type ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PrintJobId, ReceiptId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { countPapers, makePaper, readFacts } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import { findProcedure } from '../../core/rows/procedures.ts'
import { readHolidays } from '../../core/rows/reference.ts'
import { insertReissue } from '../../papers/rows/reissues.ts'
import { correctIdentity, findDepositByCommand, findExtract } from '../../core/rows/requests.ts'
import { factsDigest, signSeal } from '../../seal/seal.ts'
import { attachedFiles } from '../../core/deposit/attachedFiles.ts'
import { complementIn } from '../../core/deposit/complementIn.ts'
import { possiblePerson } from '../../core/deposit/possiblePerson.ts'
import { officeDay, readOffice, type SignedIn } from '../../core/context.ts'
import { claimsOf, type Issuing, type Numbered } from '../../core/deposit/issuing.ts'
import { repairAct, type RepairOrder } from '../../acts/repairAct.ts'
import { shownCorrection } from './viewCorrection.ts'

/** A deposit filled in anew; `identity` when what was sent of the citizen is wrong. */
export interface CorrectionOrder extends RepairOrder {
  readonly draft: RequestDraft
  readonly identity?: Identity | undefined
}

/**
 * Corrects a deposit by a new act that carries it whole, under its old number: a refused one, or the agent's own of
 * today. Its clock still runs from the day of the deposit, or of its complement.
 * When the paper would say something else, a corrected receipt that names the one it replaces is sealed and queued for
 * the printer.
 * Faults: identity.impossible, procedure.unknown, request.invalid, attachment.unknown, receipt.glyphMissing, and those of `readFacts` and
 * of `repairAct`.
 */
export const correctRequest = (
  { context, paper, signer }: Issuing,
  who: SignedIn,
  order: CorrectionOrder,
): Result<CorrectionView> => {
  const { draft, identity, reason } = order
  const possible = identity === undefined ? ok(undefined) : possiblePerson(context, identity)
  if (!possible.ok) return possible
  const wanted = {
    order,
    kind: 'corrected' as const,
    asked: { draft, ...(identity === undefined ? {} : { identity }) },
    show: (act: string) => shownCorrection(context, who, act),
  }
  return repairAct(context, who, wanted, (db, { moment: { at } }) => {
    const sheet = findProcedure(db, draft.procedure, draft.procedureVersion)
    if (sheet === undefined) return err(faultOf('procedure.unknown', `${draft.procedure} ${draft.procedureVersion}`))
    const deposit = findDepositByCommand(db, order.act as CommandId) // an act's id is that of its command
    if (deposit === undefined) return err(faultOf('request.unknown'))
    const files = attachedFiles(db, draft.pieces)
    if (!files.ok) return files
    const before = readFacts(db, 'receipt', deposit.receiptId)
    if (!before.ok) return before
    const old = before.value.facts
    const office = readOffice(context.store)
    const source: IdentitySource = { kind: 'typed', reason: 'other', note: reason }
    const built = depositFacts({
      receiptId: deposit.receiptId,
      requestId: deposit.requestId,
      at: deposit.depositedAt,
      ...officeDay(office, new Date(deposit.depositedAt)),
      counter: context.counter,
      office,
      holidays: readHolidays(db),
      sheet,
      draft,
      citizen: identity === undefined ? old.citizen : { ...old.citizen, ...citizenFacts(identity, source) },
      agent: old.agent,
      specimen: old.specimen,
      complement: complementIn(db, office, old),
    })
    if (!built.ok) return built
    // What the agent did not type again stays as it was read.
    const citizen = identity && { ...findExtract(db, deposit.requestId), ...extractOf(identity) }
    const putRight = (): void => {
      if (citizen !== undefined) correctIdentity(db, { requestId: deposit.requestId, kept: citizen, source })
    }
    const data = {
      procedure: { code: sheet.code, version: sheet.version },
      complete: built.value.complete,
      lastDay: lastDayOf(built.value),
      pieces: draft.pieces.map((line) => ({ ...line })),
      attachments: files.value.map((file) => ({ ...file })),
      capacity: draft.capacity,
      language: draft.language,
      fee: built.value.fee,
      represented: draft.represented,
      note: draft.note,
      ...(citizen === undefined ? {} : { citizen, source }),
    }
    if (paperSays(built.value) === paperSays(old))
      return ok({ draft, data, sealed: () => ({ data: {}, keep: putRight }) })
    const rank = countPapers(db, 'receipt', deposit.requestId)
    const facts: Numbered = {
      ...built.value,
      salt: randomBytes(16).toString('hex'),
      number: deposit.number,
      agent: { name: who.view.name, code: who.code },
      receiptId: context.newId() as ReceiptId, // newId makes UUIDs
      correction: {
        // Corrected receipts alone are counted on paper.
        rank: rank - (old.complement === undefined ? 0 : 1),
        at,
        replaces: { receiptId: old.receiptId, issuedAt: issuedAtOf(old) },
      },
    }
    const legible = paper.checkGlyphs(facts)
    if (!legible.ok) return legible
    const digest = factsDigest(facts)
    return ok({
      draft,
      data: { ...data, receiptId: facts.receiptId },
      body: { receiptId: facts.receiptId, facts: digest },
      sealed: (link) => {
        const seal = signSeal(claimsOf(facts, digest, link), signer)
        return {
          data: { receipt: { facts: digest, seal, replaces: old.receiptId } },
          keep: () => {
            putRight()
            makePaper(db, {
              kind: 'receipt',
              id: facts.receiptId,
              subject: deposit.requestId,
              number: facts.number,
              rank,
              replaces: old.receiptId,
              facts,
              seal,
              at,
            })
            insertReissue(db, {
              id: facts.receiptId,
              requestId: deposit.requestId,
              rank,
              commandId: order.commandId,
              complete: facts.complete,
              lastDay: lastDayOf(facts),
            })
            queuePrint(db, { id: context.newId() as PrintJobId, paperId: facts.receiptId, at })
          },
        }
      },
    })
  })
}

/**
 * All that a citizen reads on the paper: not its ids, nor what earlier corrections wrote on it, nor who stood at the
 * counter.
 */
const paperSays = ({
  receiptId: _,
  salt: _salt,
  number: _number,
  correction: _correction,
  agent: _agent,
  ...said
}: ReceiptFacts): string => canonicalJson(said)
