import { checkS10 } from '#shared/domain/mail/s10.ts'
import { faultOf } from '#shared/fault.ts'
import type { Press } from '#shared/ports/press.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice, type SignedIn } from '../../core/context.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { checkOfficeRoom, lineOnPaper, madeBy } from './mailPaper.ts'
import { linesOfDay } from './rows/registerOfDay.ts'
import { clearanceOfPerson, recordLetters } from './seeLetter.ts'

/** A list for the counter of the post, and how many of its items have no number that holds (UPU S10). */
interface PostList {
  readonly pdf: Uint8Array<ArrayBuffer>
  readonly items: number
  readonly unnumbered: number
}

/**
 * The registered post that left on a day, of what may be seen, in the order of its registration; the post weighs, stamps
 * and gives back. The paper is not kept: it is true of one moment.
 * Faults: letter.nonePosted (`day`), receipt.tooLong (of the office), those of `Tx` and of `Press`.
 * @param day ISO day
 */
export async function postList(
  { context, paper }: Pick<Issuing, 'context' | 'paper'>,
  press: Pick<Press, 'make'>,
  who: SignedIn,
  day: string,
): Promise<Result<PostList>> {
  const room = checkOfficeRoom(context)
  if (!room.ok) return room
  const clearance = clearanceOfPerson(context, who)
  const rows = linesOfDay(context.store.db, day).filter(
    ({ register, state, level, letter }) =>
      register === 'departure' && state !== 'cancelled' && letter.mode === 'registered' && level <= clearance,
  )
  if (rows.length === 0) return err(faultOf('letter.nonePosted', undefined, { day }))
  const recorded = recordLetters(context, who, rows)
  if (!recorded.ok) return recorded
  const now = context.clock.now()
  const { utcOffsetMinutes } = officeDay(readOffice(context.store), now)
  const lines = rows.map((row) => {
    const { number, confidential, party } = lineOnPaper({ paper }, row)
    return { number, confidential, party, postalNumber: paper.legible(row.letter.postalNumber ?? '') }
  })
  const facts = { ...madeBy(context, who, { at: now.toISOString(), utcOffsetMinutes }), day, lines }
  const made = await press.make({ kind: 'mailPostList', facts })
  if (!made.ok) return made
  const unnumbered = lines.filter(({ postalNumber }) => !checkS10(postalNumber).valid).length
  return ok({ pdf: new Uint8Array(made.value.pdf), items: lines.length, unnumbered })
}
