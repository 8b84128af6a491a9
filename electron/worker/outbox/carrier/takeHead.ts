import type { AnswersFile } from '#shared/contract/transfer.ts'
import { faultOf } from '#shared/fault.ts'
import type { CounterId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readStatement } from '../../journal/headStatement.ts'
import { provesConsistency } from '../../journal/merkle.ts'
import type { Notary } from '../countersign.ts'

/**
 * Keeps a countersigned head that came by hand, as one that came over the line. A file may be old: one that is of
 * another series,
 * or of a log that was heard of since, says nothing new.
 * @returns whether it was kept. Faults: transfer.altered, platform.foreignKey, platform.rewritten,
 *   journal.contradicted.
 */
export function takeHead(
  { head: statement, consistency, logSize, keys }: NonNullable<AnswersFile['countersigned']>,
  counter: CounterId,
  notary: Notary,
): Result<boolean> {
  if (notary.keys().length === 0) notary.pin(keys)
  const head = readStatement(statement, notary.keys())
  if (head === 'foreign') {
    notary.doubt('foreignKey')
    return err(faultOf('platform.foreignKey'))
  }
  if (head?.counter !== counter) return err(faultOf('transfer.altered', 'head'))
  const standing = notary.standing(head)
  if (standing === 'differs') {
    notary.contradicted(head)
    return err(faultOf('journal.contradicted', undefined, { seq: head.seq }))
  }
  const before = notary.log()
  if (standing !== 'new' || (before?.size ?? 0) !== logSize) return ok(false)
  if (before !== undefined && !provesConsistency(before, head.log, consistency)) {
    notary.doubt('rewritten')
    return err(faultOf('platform.rewritten', `log of ${String(before.size)} and ${String(head.log.size)}`))
  }
  notary.keep(head, statement)
  return ok(true)
}
