import type { KnownReference, ReferenceView } from '#shared/contract/features/mail/views.ts'
import type { UnusedReason } from '#shared/domain/mail/ownReference.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { takeReference } from '../../acts/takeReference.ts'
import { clockFault } from '../../core/clockRule.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { levelOfNumber } from './rows/letters.ts'
import {
  findReference,
  insertReference,
  isOpenReference,
  openReferencesOf,
  referenceOfCommand,
  referenceView,
  type ReferenceRow,
} from './rows/references.ts'
import { clearanceOfPerson, visibleLetter } from './seeLetter.ts'

/** Who asks for a reference, for which unit, and what the letter will answer. */
export interface ReferenceOrder {
  readonly commandId: CommandId
  readonly service: string
  readonly inReplyTo?: RegisterNumber | undefined
}

/**
 * Gives the next reference of a unit to a letter that is being written, so that it can be typed before there is a number.
 * It is given for good: a departure bears it, or the register of the day says that none does. The same command is given
 * the same one. Faults: letter.unknown (what it answers), command.reused, those of `clockFault` and of `Tx`.
 */
export function giveReference(context: Context, who: SignedIn, order: ReferenceOrder): Result<ReferenceView> {
  const { commandId, service, inReplyTo } = order
  const moment = context.journal.moment()
  const behind = clockFault(context, who, moment)
  if (behind !== undefined) return err(behind)
  return context.store.tx((db) => {
    const before = referenceOfCommand(db, commandId)
    if (before !== undefined) {
      const same = before.service === service && before.answers === (inReplyTo ?? null)
      return same ? ok(referenceView(before)) : err(faultOf('command.reused'))
    }
    const answered = inReplyTo === undefined ? undefined : visibleLetter(context, who, inReplyTo, db)
    if (answered?.ok === false) return answered
    const { day } = officeDay(readOffice(context.store), new Date(moment.at))
    const text = takeReference(db, context.counter, service, day)
    const row = { text, service, answers: inReplyTo ?? null, agent: who.code, at: moment.at }
    insertReference(db, { ...row, commandId, day })
    return ok(referenceView(row))
  })
}

/**
 * Says that a reference will not be used, for good; a letter that comes back under it all the same is its departure.
 * Faults: reference.notOpen, those of `clockFault` and of `Tx`.
 */
export function dropReference(
  context: Context,
  who: SignedIn,
  { text, reason }: { readonly text: string; readonly reason: UnusedReason },
): Result<Record<string, never>> {
  const moment = context.journal.moment()
  const behind = clockFault(context, who, moment)
  if (behind !== undefined) return err(behind)
  return context.store.tx((db) => {
    if (!isOpenReference(db, text)) return err(faultOf('reference.notOpen'))
    const said = { actor: who.code, kind: 'mail.referenceUnused', subject: text, body: { reason } } as const
    context.journal.append(db, said, moment)
    return ok({})
  })
}

/** More are none that somebody still writes on. */
const mostShown = 50

/** References of this year and the last one that wait for their departure, newest first; what one answers, for who may see it. */
export function openReferences(context: Context, who: SignedIn, today: string): readonly ReferenceView[] {
  const { db } = context.store
  const level = clearanceOfPerson(context, who)
  const year = Number(today.slice(0, 4))
  return [year, year - 1]
    .flatMap((one) => openReferencesOf(db, String(one), mostShown))
    .slice(0, mostShown)
    .map((row) => seenTo(db, level, row))
}

/** A reference that stands on a letter which comes back signed; `unknown` where this counter did not give it. */
export function knownReference(context: Context, who: SignedIn, text: string): KnownReference {
  const { db } = context.store
  const found = findReference(db, text)
  if (found === undefined) return { is: 'unknown' }
  const { departure, setAside } = found
  const level = clearanceOfPerson(context, who)
  if (departure !== undefined)
    return levelOfNumber(db, departure) > level ? { is: 'hidden' } : { is: 'sent', departure }
  return { is: 'open', reference: seenTo(db, level, found.row), ...(setAside === undefined ? {} : { setAside }) }
}

/** What a reference answers is told to who may see that letter. */
const seenTo = (db: ReadHandle, level: number, row: ReferenceRow): ReferenceView => {
  const hidden = row.answers !== null && levelOfNumber(db, row.answers) > level
  return referenceView(hidden ? { ...row, answers: null } : row)
}
