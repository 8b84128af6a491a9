import type { RepairKind } from '#shared/contract/act.ts'
import { repairOfType } from '#shared/contract/acts.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { isClosed } from '../core/rows/closings.ts'
import { isDepositOf } from '../core/rows/requests.ts'
import type { ReadHandle } from '../store/handle.ts'
import { findRepair, repairsOf, troubleOf, type QueuedAct } from './rows/repairs.ts'

/** Who asks, by his code, and the day on the office's wall. */
export interface Asking {
  readonly agent: string
  readonly day: string
}

/**
 * The ways in which an act may be put right now. What is refused is corrected or left to stand; any number is cancelled,
 * once; and whoever made a deposit today corrects it while the day is open.
 * Faults: correction.waiting (for an answer about the repair before), correction.notNeeded.
 */
export function openRepairs(
  db: ReadHandle,
  act: Pick<QueuedAct, 'id' | 'type' | 'state'>,
  asking: Asking,
): Result<readonly RepairKind[]> {
  if (findRepair(db, act.id as CommandId) !== undefined) return err(faultOf('correction.notNeeded')) // an act's id is that of its command
  const before = repairsOf(db, act.id)
  if (before.some(({ state }) => state === 'pending' || state === 'sending')) return err(faultOf('correction.waiting'))
  const applied = before.filter(({ state }) => state === 'applied')
  if (applied.some(({ kind }) => kind === 'cancelled')) return ok([])
  const refused = act.state === 'rejected' || act.state === 'conflict'
  const wrong = troubleOf(db, act.id) !== undefined || (!refused && isFreshOf(db, act.id, asking))
  const ways: readonly RepairKind[] = [
    ...(wrong ? (['corrected'] as const) : []),
    'cancelled',
    ...(refused && applied.length === 0 ? (['overridden'] as const) : []),
  ]
  return ok(ways.filter((kind) => repairOfType(act.type, kind) !== undefined))
}

const isFreshOf = (db: ReadHandle, actId: string, { agent, day }: Asking): boolean =>
  isDepositOf(db, actId, agent, day) && !isClosed(db, day)
