import type { OfficeSeed } from '#shared/domain/office.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { Complement } from '#shared/domain/request/deposit.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { officeDay } from '../context.ts'
import { complementOf } from '../rows/complements.ts'

/** The complement that a receipt states, with its day and its pieces; nothing where it states none. */
export function complementIn(
  db: ReadHandle,
  office: OfficeSeed,
  { requestId, complement }: Pick<ReceiptFacts, 'requestId' | 'complement'>,
): Complement | undefined {
  const made = complementOf(db, requestId)
  if (made === undefined || complement === undefined) return undefined
  const { day } = officeDay(office, new Date(complement.at))
  return { ...complement, day, pieces: made.pieces.map(({ code }) => code) }
}
