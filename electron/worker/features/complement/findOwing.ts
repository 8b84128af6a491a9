import type { OwingView } from '#shared/contract/features/complement/calls.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import { missingPieces } from '#shared/domain/request/complement.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { actOfNumber, draftOfAct, findAct, troubleOf, type QueuedAct } from '../../acts/rows/repairs.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'
import { knownProcedure } from '../../core/rows/procedures.ts'
import { findDepositByNumber } from '../../core/rows/requests.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import type { ReadHandle } from '../../store/handle.ts'

/** A deposit that waits for its complement, with all that its receipt is made from. */
export interface Owing extends OwingView {
  readonly act: QueuedAct
  readonly draft: RequestDraft
  /** Of the version at the deposit: a file keeps it, whatever is published since. */
  readonly sheet: Procedure
  /** What its newest receipt says. */
  readonly facts: ReceiptFacts
}

/**
 * The deposit of a number that may be given its complement on a day of the office.
 * Faults: request.unknown, complement.cancelled, .notNeeded, .made, .depositRefused, .late (`day`), those of `readFacts`.
 */
export function findOwing(db: ReadHandle, number: RegisterNumber, today: string): Result<Owing> {
  const deposit = findDepositByNumber(db, number)
  const act = findAct(db, actOfNumber(db, number)?.id ?? '')
  if (deposit === undefined || act === undefined) return err(faultOf('request.unknown'))
  const refused = refusal(db, deposit, act, today)
  if (refused !== undefined) return err(refused)
  const paper = readFacts(db, 'receipt', deposit.receiptId)
  if (!paper.ok) return paper
  const draft = draftOfAct(db, act.id)
  const sheet = draft === undefined ? undefined : knownProcedure(db, draft.procedure, draft.procedureVersion)
  if (draft === undefined || sheet === undefined) return err(faultOf('request.unknown', 'no draft'))
  return ok({ deposit, missing: [...missingPieces(sheet, draft)], act, draft, sheet, facts: paper.value.facts })
}

const refusal = (db: ReadHandle, deposit: DepositView, act: QueuedAct, today: string): Fault | undefined => {
  if (deposit.standing === 'cancelled') return faultOf('complement.cancelled')
  if (deposit.complemented === true) return faultOf('complement.made')
  if (deposit.complete) return faultOf('complement.notNeeded')
  if (troubleOf(db, act.id) !== undefined) return faultOf('complement.depositRefused')
  return deposit.lastDay < today ? faultOf('complement.late', undefined, { day: deposit.lastDay }) : undefined
}

/** The same for a screen: an access, since it names who deposited. Faults: those of `findOwing` and of `recordAccess`. */
export function showOwing(context: Context, who: SignedIn, number: RegisterNumber): Result<OwingView> {
  const { day } = officeDay(readOffice(context.store), context.clock.now())
  const owing = findOwing(context.store.db, number, day)
  if (!owing.ok) return owing
  const { deposit, missing } = owing.value
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'search',
    purpose: purposeWithBasis(context, 'deposit'),
    subject: deposit.requestId,
  })
  return recorded.ok ? ok({ deposit, missing }) : recorded
}
