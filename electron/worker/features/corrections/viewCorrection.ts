import type { CorrectionView } from '#shared/contract/features/corrections/calls.ts'
import type { OutboxItemView } from '#shared/contract/features/sync/calls.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { findItem } from '../../outbox/rows/outboxRows.ts'
import { knownProcedure } from '../../core/rows/procedures.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { openRepairs, type Asking } from '../../acts/openRepairs.ts'
import { actOfNumber, draftOfAct, repairedActs, repairsOf, troubleOf, unsettledActs } from '../../acts/rows/repairs.ts'
import { complementOf } from '../../core/rows/complements.ts'
import { findDepositByCommand } from '../../core/rows/requests.ts'

/** What the correction desk has to look at, in the order of the series. */
export const listCorrections = (db: ReadHandle, asking: Asking, limit: number): readonly CorrectionView[] =>
  unsettledActs(db, limit).flatMap(({ id }) => viewCorrection(db, asking, id) ?? [])

/** The newest acts that were repaired, cancelled ones too, newest first. */
export const listRepaired = (db: ReadHandle, asking: Asking, limit: number): readonly CorrectionView[] =>
  repairedActs(db, limit).flatMap(({ id }) => viewCorrection(db, asking, id) ?? [])

/** The act that a number was given with, with the history of its repairs. */
export function findCorrection(db: ReadHandle, asking: Asking, number: RegisterNumber): CorrectionView | undefined {
  const act = actOfNumber(db, number)
  return act === undefined ? undefined : viewCorrection(db, asking, act.id)
}

/** One act as it is answered after something was done about it. Fault: act.unknown. */
export function shownCorrection(context: Context, who: SignedIn, actId: string): Result<CorrectionView> {
  const view = viewCorrection(context.store.db, askingOf(context, who), actId)
  return view === undefined ? err(faultOf('act.unknown')) : ok(view)
}

/** Who asks what may be done, and on which day of the office. */
export const askingOf = (context: Context, who: SignedIn): Asking => ({
  agent: who.code,
  day: officeDay(readOffice(context.store), context.clock.now()).day,
})

/** One act as the correction desk shows it: where it stands, why, and what was done about it. */
export function viewCorrection(db: ReadHandle, asking: Asking, actId: string): CorrectionView | undefined {
  const act = findItem(db, actId)
  if (act === undefined) return undefined
  const why = whyRefused(findItem(db, troubleOf(db, actId) ?? actId) ?? act)
  const deposit = findDepositByCommand(db, actId as CommandId) // an act's id is that of its command
  const made = deposit === undefined ? undefined : complementOf(db, deposit.requestId)
  const complement = made === undefined ? undefined : findItem(db, made.commandId)
  const open = openRepairs(db, act, asking)
  const draft = draftOfAct(db, actId)
  const sheet = draft === undefined ? undefined : knownProcedure(db, draft.procedure, draft.procedureVersion)
  const receipt = deposit === undefined ? undefined : readFacts(db, 'receipt', deposit.receiptId)
  return {
    act,
    open: open.ok ? [...open.value] : [],
    repairs: [...repairsOf(db, actId)],
    ...(complement === undefined ? {} : { complement }),
    ...(why === undefined ? {} : { why }),
    ...(deposit === undefined ? {} : { deposit }),
    ...(draft === undefined ? {} : { draft }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(receipt?.ok === true ? { citizen: namesOf(receipt.value.facts) } : {}),
  }
}

/** Whether a line of the correction desk tells whom it is about, or what was written about him. */
export const showsSomebody = ({ citizen, deposit, draft }: CorrectionView): boolean =>
  citizen !== undefined || deposit !== undefined || draft !== undefined

/** What somebody is shown of one act: where it names a citizen, an access. Faults: those of `recordAccess`. */
export function seenBy(
  context: Pick<Context, 'store' | 'journal'>,
  who: SignedIn,
  view: CorrectionView,
): Result<CorrectionView> {
  if (!showsSomebody(view)) return ok(view)
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'search',
    purpose: purposeWithBasis(context, 'correction'),
    subject: view.deposit?.requestId ?? view.act.id,
  })
  return recorded.ok ? ok(view) : recorded
}

const namesOf = ({
  citizen: { familyName, givenNames, nativeName, identifier },
}: ReceiptFacts): NonNullable<CorrectionView['citizen']> => ({
  familyName,
  givenNames,
  ...(nativeName === undefined ? {} : { nativeName }),
  ...(identifier === undefined ? {} : { identifier }),
})

/**
 * Why an act was refused, as a fault that has a sentence in every language, with the platform's own words; nothing when
 * it was not.
 */
export function whyRefused({
  state,
  refusal,
  answer,
}: Pick<OutboxItemView, 'state' | 'refusal' | 'answer'>): Fault | undefined {
  if (state !== 'rejected' && state !== 'conflict') return undefined
  return faultOf(`act.${refusal?.code ?? (state === 'conflict' ? 'conflict' : 'refused')}`, answer)
}
