import { acts } from '#shared/contract/acts.ts'
import type { LetterView } from '#shared/contract/features/mail/views.ts'
import type { Routing } from '#shared/domain/mail/letter.ts'
import { clockOfLetter } from '#shared/domain/mail/letterClock.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { noteAccess } from '../../core/recordAccess.ts'
import { isMailClosed } from '../../core/rows/mailClosings.ts'
import { readHolidays } from '../../core/rows/reference.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { insertCancellation, insertMove, insertRouting } from './rows/events.ts'
import { letterOfNumber, updateStanding, type LetterRow } from './rows/letters.ts'
import { freeReference } from './rows/references.ts'
import { asMail, clearanceOfPerson, letterView, showLetter, visibleLetter } from './seeLetter.ts'

interface About {
  readonly commandId: CommandId
  readonly number: RegisterNumber
}

/** The letter that an act is about, which stands. Faults: letter.unknown, letter.cancelled, letter.destroyed. */
export const standingLetter = (context: Context, db: ReadHandle, who: SignedIn, number: string): Result<LetterRow> => {
  const found = visibleLetter(context, who, number, db)
  if (!found.ok) return found
  if (found.value.destroyed) return err(faultOf('letter.destroyed', number))
  return found.value.state === 'cancelled' ? err(faultOf('letter.cancelled')) : found
}

/** As it stands now, for who has just changed it: an access like any other. */
export const viewedAfter = (context: Context, db: WriteHandle, who: SignedIn, number: string): Result<LetterView> => {
  const row = letterOfNumber(db, number)
  if (row === undefined) return err(faultOf('letter.unknown'))
  noteAccess(context, db, { ...asMail(context), actor: who.code, subject: row.id })
  return ok(letterView(db, row, clearanceOfPerson(context, who)))
}

/**
 * Cancels a line in sight, with its reason: number and line stay. It belongs to the register of today, which must be
 * open; a line of a year that was closed stays as it is.
 * Faults: letter.unknown, letter.cancelled, letter.dayClosed (`day`), those of `oneAct`.
 */
export function cancelLetter(
  context: Context,
  who: SignedIn,
  { commandId, number, reason }: About & { readonly reason: string },
): Result<LetterView> {
  const again = (): Result<LetterView> => showLetter(context, who, number)
  return oneAct(
    context,
    who,
    { act: acts.letterCancelled, commandId, asked: { number, reason }, again },
    (db, { moment, day }) => {
      const found = standingLetter(context, db, who, number)
      if (!found.ok) return found
      const { id, day: received } = found.value
      if (isMailClosed(db, received.slice(0, 4))) return err(faultOf('letter.dayClosed', undefined, { day: received }))
      if (isMailClosed(db, day)) return err(faultOf('letter.dayClosed', undefined, { day }))
      return ok({
        subject: id,
        body: { number },
        data: () => ({ letterId: id, number, agent: who.code, reason }),
        keep: ({ link }) => {
          const done = { commandId, letterId: id, agent: who.code, at: moment.at, day, journalSeq: link.seq }
          insertCancellation(db, { ...done, reason })
          updateStanding(db, id, { state: 'cancelled' })
          freeReference(db, id)
          return viewedAfter(context, db, who, number)
        },
      })
    },
  )
}

/**
 * Routes a letter to a service; a letter that was routed before goes to the new one, and the old routing stays in sight.
 * Faults: letter.unknown, letter.cancelled, those of `oneAct`.
 */
export function routeLetter(
  context: Context,
  who: SignedIn,
  { commandId, number, routing }: About & { readonly routing: Routing },
): Result<LetterView> {
  const again = (): Result<LetterView> => showLetter(context, who, number)
  const asked = { number, routing: { ...routing } }
  return oneAct(context, who, { act: acts.letterRouted, commandId, asked, again }, (db, { moment, day }) => {
    const found = standingLetter(context, db, who, number)
    if (!found.ok) return found
    const { id, state, letter } = found.value
    return ok({
      subject: id,
      body: { number, to: routing.to, ...(routing.by === undefined ? {} : { by: routing.by }) },
      data: () => ({ letterId: id, number, agent: who.code, routing }),
      keep: ({ link }) => {
        const done = { commandId, letterId: id, agent: who.code, at: moment.at, day, journalSeq: link.seq }
        insertRouting(db, { ...done, routing })
        const routed = state === 'registered' ? { state: 'routed' as const } : {}
        updateStanding(db, id, {
          ...routed,
          service: routing.to,
          by: routing.by ?? clockOfLetter(letter, readHolidays(db))?.lastDay ?? null,
        })
        return viewedAfter(context, db, who, number)
      },
    })
  })
}

/**
 * The paper of a letter came back to the mail office. Faults: letter.unknown, letter.cancelled, letter.notAway, those of
 * `oneAct`.
 */
export function takeBackLetter(context: Context, who: SignedIn, { commandId, number }: About): Result<LetterView> {
  const again = (): Result<LetterView> => showLetter(context, who, number)
  return oneAct(context, who, { act: acts.letterTakenBack, commandId, asked: { number }, again }, (db, { moment }) => {
    const found = standingLetter(context, db, who, number)
    if (!found.ok) return found
    const { id, holder, state } = found.value
    if (holder === undefined) return err(faultOf('letter.notAway'))
    return ok({
      subject: id,
      body: { number, from: holder },
      data: () => ({ letterId: id, number, agent: who.code, from: holder }),
      keep: ({ link }) => {
        insertMove(db, { letterId: id, agent: who.code, at: moment.at, journalSeq: link.seq })
        const back = state === 'handedOver' ? { state: 'routed' as const } : {}
        updateStanding(db, id, { ...back, holder: null, holderSince: null })
        return viewedAfter(context, db, who, number)
      },
    })
  })
}
