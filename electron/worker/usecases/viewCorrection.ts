import type { CorrectionView, OutboxItemView } from '#shared/contract/views.ts'
import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import type { ReadHandle } from '../store/handle.ts'
import { findItem } from '../store/outboxRows.ts'
import { draftOfAct, repairsOf, unsettledActs } from '../store/repairs.ts'
import { findDepositByCommand } from '../store/requests.ts'

/** What the correction desk has to look at, in the order of the series. */
export const listCorrections = (db: ReadHandle, limit: number): readonly CorrectionView[] =>
  unsettledActs(db, limit).flatMap(({ id }) => viewCorrection(db, id) ?? [])

/** One act as the correction desk shows it: where it stands, why, and what was done about it. */
export function viewCorrection(db: ReadHandle, actId: string): CorrectionView | undefined {
  const act = findItem(db, actId)
  if (act === undefined) return undefined
  const why = whyRefused(act)
  const deposit = findDepositByCommand(db, actId as CommandId) // an act's id is that of its command
  const draft = draftOfAct(db, actId)
  return {
    act,
    repairs: [...repairsOf(db, actId)],
    ...(why === undefined ? {} : { why }),
    ...(deposit === undefined ? {} : { deposit }),
    ...(draft === undefined ? {} : { draft }),
  }
}

/** The words before the colon of a platform's reason (`resources/platform.openapi.yaml`), and what they mean at a counter. */
const meanings: Readonly<Record<string, FaultCode>> = {
  schema: 'act.malformed', sha256: 'act.malformed', data: 'act.malformed', counterid: 'act.malformed', act: 'act.malformed', number: 'act.numberTaken',
}

/** Why an act was refused, as a fault that has a sentence in every language; nothing when it was not. */
export function whyRefused({ state, answer }: Pick<OutboxItemView, 'state' | 'answer'>): Fault | undefined {
  if (state === 'conflict') return faultOf('act.conflict', answer)
  if (state !== 'rejected') return undefined
  const word = answer?.split(':')[0] ?? ''
  return faultOf((Object.hasOwn(meanings, word) ? meanings[word] : undefined) ?? 'act.refused', answer)
}
