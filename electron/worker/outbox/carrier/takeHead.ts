import type { AnswersFile } from '#shared/contract/transfer.ts'
import { faultOf } from '#shared/fault.ts'
import type { CounterId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readStatement } from '../../journal/headStatement.ts'
import { provesConsistency } from '../../journal/merkle.ts'
import type { CountersignStore } from '../countersign.ts'

/**
 * Keeps a countersigned head that came by hand, as one that came over the line. A file may be old: one that is of
 * another series,
 * or of a log that was heard of since, says nothing new.
 * @returns whether it was kept. Faults: transfer.altered, platform.foreignKey, platform.rewritten,
 *   journal.contradicted.
 */
export function takeHead(
  { head: statement, consistency, logSize }: NonNullable<AnswersFile['countersigned']>,
  counter: CounterId,
  countersignStore: CountersignStore,
): Result<boolean> {
  const head = readStatement(statement, countersignStore.keys())
  if (head === 'foreign') {
    countersignStore.doubt('foreignKey')
    return err(faultOf('platform.foreignKey'))
  }
  if (head?.counter !== counter) return err(faultOf('transfer.altered', 'head'))
  const standing = countersignStore.standing(head)
  if (standing === 'differs') {
    countersignStore.contradicted(head)
    return err(faultOf('journal.contradicted', undefined, { seq: head.seq }))
  }
  const before = countersignStore.log()
  if (standing !== 'new' || (before?.size ?? 0) !== logSize) return ok(false)
  if (before !== undefined && !provesConsistency(before, head.log, consistency)) {
    countersignStore.doubt('rewritten')
    return err(faultOf('platform.rewritten', `log of ${String(before.size)} and ${String(head.log.size)}`))
  }
  countersignStore.keep(head, statement)
  return ok(true)
}
