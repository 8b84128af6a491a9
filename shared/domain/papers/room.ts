import { faultOf } from '../../fault.ts'
import { err, ok, type Result } from '../../result.ts'
import { withoutControls } from '../receipt/receiptText.ts'

/**
 * The longest single text of a receipt, in UTF-16 units: five times the longest title of a sheet that is known. Whatever
 * is not longer has its place on a page, in any script and setting (a test draws it).
 */
export const longestText = 500

/** Fault `receipt.tooLong` when one of the texts of a document is longer than a receipt has room for. */
export function checkRoom(document: unknown): Result<void> {
  const long = hasText(document, (text) => text.length > longestText && withoutControls(text).length > longestText)
  return long ? err(faultOf('receipt.tooLong', undefined, { most: longestText })) : ok(undefined)
}

const hasText = (value: unknown, is: (text: string) => boolean): boolean =>
  typeof value === 'string'
    ? is(value)
    : typeof value === 'object' && value !== null && Object.values(value).some((one) => hasText(one, is))
