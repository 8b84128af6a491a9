import { clearanceOf } from '#shared/domain/mail/mailOffice.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { readOffice, type Context, type SignedIn } from '../context.ts'
import { letterToServe, type LetterToServe } from '../rows/letterRequests.ts'

/** Up to which level somebody at the counter sees letters, 0 to 3 (`confidentialities`); -1 for none. */
export const letterLevel = ({ store }: Pick<Context, 'store'>, { view: { roles } }: SignedIn): number =>
  allows(roles, 'readMail') ? clearanceOf(readOffice(store).mail, roles) : -1

/**
 * The letter that a request is, where it came by post: an arrival that stands, and that whoever deposits it may see; nothing
 * where the draft names none. Faults: letter.unknown (also of one that he may not see, and of what no letter asks:
 * departures), letter.cancelled.
 */
export function letterServed(
  context: Pick<Context, 'store'>,
  db: ReadHandle,
  who: SignedIn,
  number: string | undefined,
): Result<LetterToServe | undefined> {
  if (number === undefined) return ok(undefined)
  const letter = letterToServe(db, number)
  if (letter === undefined || letter.level > letterLevel(context, who) || letter.register !== 'arrival')
    return err(faultOf('letter.unknown'))
  return letter.state === 'cancelled' ? err(faultOf('letter.cancelled')) : ok(letter)
}
