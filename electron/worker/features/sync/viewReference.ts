import type { ReferenceView } from '#shared/contract/features/sync/calls.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { readLink } from '../../outbox/rows/link.ts'
import { countReference } from '../../core/rows/reference.ts'

/** What the feed brought so far, and when it was last read to its end. */
export const viewReference = (db: ReadHandle): ReferenceView => {
  const { referenceAt } = readLink(db)
  return { ...countReference(db), ...(referenceAt === undefined ? {} : { readAt: referenceAt }) }
}
