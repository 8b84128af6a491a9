import type { FolderPaper } from '#shared/contract/features/mail/paperFacts.ts'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Press } from '#shared/ports/press.ts'
import { officeDay, readOffice, type SignedIn } from '../../core/context.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { listLimit } from '../../core/handlerContext.ts'
import { checkOfficeRoom, lineOnPaper, madeBy, serviceOnPaper } from './mailPaper.ts'
import { searchLetters } from './rows/searchLetters.ts'
import type { LetterRow } from './rows/letters.ts'
import { clearanceOfPerson, recordLetters } from './seeLetter.ts'

/**
 * The folder that the chief is brought in the morning: what nobody was charged with yet, of what may be seen, by the
 * service that was thought of for it, in the order in which it came. The paper is not kept: it is true of one moment.
 * Faults: receipt.tooLong (of the office), those of `Tx` and of `Press`.
 */
export async function folderPdf(
  { context, paper }: Pick<Issuing, 'context' | 'paper'>,
  press: Pick<Press, 'make'>,
  who: SignedIn,
): Promise<Result<{ pdf: Uint8Array<ArrayBuffer>; letters: number }>> {
  const room = checkOfficeRoom(context)
  if (!room.ok) return room
  const now = context.clock.now()
  const { day, utcOffsetMinutes } = officeDay(readOffice(context.store), now)
  const question = letterQuestion.parse({ register: 'arrival', state: 'registered', limit: listLimit })
  const seen = { level: clearanceOfPerson(context, who), today: day }
  const rows = searchLetters(context.store.db, question, seen).rows.toReversed()
  const recorded = recordLetters(context, who, rows)
  if (!recorded.ok) return recorded
  const made = await press.make({
    kind: 'mailFolder',
    facts: {
      ...madeBy(context, who, { at: now.toISOString(), utcOffsetMinutes }),
      services: servicesOf({ context, paper }, rows),
    },
  })
  return made.ok ? ok({ pdf: new Uint8Array(made.value.pdf), letters: rows.length }) : made
}

/** Those without a service come first: they need the chief most. */
const servicesOf = (making: Pick<Issuing, 'context' | 'paper'>, rows: readonly LetterRow[]): FolderPaper['services'] =>
  [...Map.groupBy(rows, (row) => row.service ?? '')]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([code, letters]) => ({
      ...(code === '' ? {} : { service: serviceOnPaper(making, code) }),
      lines: letters.map((row) => ({
        ...lineOnPaper(making, row),
        receivedOn: row.day,
        urgency: row.letter.urgency,
      })),
    }))
