import { acts } from '#shared/contract/acts.ts'
import type { LetterView } from '#shared/contract/features/mail/views.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../../core/context.ts'
import { standingLetter, viewedAfter } from '../changeLetter.ts'
import { holdOf, insertClass, insertHold, releaseHold } from '../rows/holds.ts'
import { updateStanding } from '../rows/letters.ts'
import { showLetter } from '../seeLetter.ts'
import { planOf } from './letterFile.ts'

interface About {
  readonly commandId: CommandId
  readonly number: RegisterNumber
}

/**
 * Holds a letter: it stands on no new list, and nothing of it is destroyed until it is released (law 69-99; a court may
 * ask for it). Faults: letter.unknown, letter.cancelled, letter.destroyed, letter.held, those of `oneAct`.
 */
export function holdLetter(
  context: Context,
  who: SignedIn,
  { commandId, number, reason }: About & { readonly reason: string },
): Result<LetterView> {
  const again = (): Result<LetterView> => showLetter(context, who, number)
  return oneAct(
    context,
    who,
    { act: acts.letterHeld, commandId, asked: { number, reason }, again },
    (db, { moment }) => {
      const found = standingLetter(context, db, who, number)
      if (!found.ok) return found
      const { id } = found.value
      if (holdOf(db, id) !== undefined) return err(faultOf('letter.held', number))
      return ok({
        subject: id,
        body: { number },
        data: () => ({ letterId: id, number, agent: who.code, reason }),
        keep: ({ link }) => {
          insertHold(db, { commandId, letterId: id, reason, agent: who.code, at: moment.at, journalSeq: link.seq })
          return viewedAfter(context, db, who, number)
        },
      })
    },
  )
}

/** Faults: letter.unknown, letter.cancelled, letter.destroyed, letter.notHeld, those of `oneAct`. */
export function releaseLetter(context: Context, who: SignedIn, { commandId, number }: About): Result<LetterView> {
  const again = (): Result<LetterView> => showLetter(context, who, number)
  return oneAct(context, who, { act: acts.letterReleased, commandId, asked: { number }, again }, (db, { moment }) => {
    const found = standingLetter(context, db, who, number)
    if (!found.ok) return found
    const { id } = found.value
    if (holdOf(db, id) === undefined) return err(faultOf('letter.notHeld', number))
    return ok({
      subject: id,
      body: { number },
      data: () => ({ letterId: id, number, agent: who.code }),
      keep: ({ link }) => {
        releaseHold(db, { commandId, letterId: id, agent: who.code, at: moment.at, journalSeq: link.seq })
        return viewedAfter(context, db, who, number)
      },
    })
  })
}

/**
 * Gives a letter a class of the plan, of a closed day too: a class is none of the fields that its line is sealed with.
 * Faults: letter.unknown, letter.cancelled, letter.destroyed, archive.listed, archive.classUnknown, those of `oneAct`.
 */
export function classifyLetter(
  context: Context,
  who: SignedIn,
  { commandId, number, class: code }: About & { readonly class: string },
): Result<LetterView> {
  const again = (): Result<LetterView> => showLetter(context, who, number)
  const asked = { number, class: code }
  return oneAct(context, who, { act: acts.letterClassified, commandId, asked, again }, (db, { moment }) => {
    const found = standingLetter(context, db, who, number)
    if (!found.ok) return found
    const { id, listId } = found.value
    if (listId !== undefined) return err(faultOf('archive.listed', number))
    if (!planOf(context).some((one) => one.code === code)) return err(faultOf('archive.classUnknown'))
    return ok({
      subject: id,
      body: { number, class: code },
      data: () => ({ letterId: id, number, agent: who.code, class: code }),
      keep: ({ link }) => {
        insertClass(db, { commandId, letterId: id, class: code, agent: who.code, at: moment.at, journalSeq: link.seq })
        updateStanding(db, id, { class: code })
        return viewedAfter(context, db, who, number)
      },
    })
  })
}
