import { createHash } from 'node:crypto'
import type { LetterRegistered } from '#shared/contract/features/mail/acts.ts'
import { acts } from '#shared/contract/acts.ts'
import type { LetterView } from '#shared/contract/features/mail/views.ts'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import { levelOf, type LetterDraft, type LetterRegister } from '#shared/domain/mail/letter.ts'
import { codesKey, joinedKey, senderKey } from '#shared/domain/mail/letterKeys.ts'
import { clockOfLetter } from '#shared/domain/mail/letterClock.ts'
import { letterContent } from '#shared/domain/mail/letterContent.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CommandId, RegisterNumber, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct, type Begun, type Meaning } from '../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { recordAccess } from '../../core/recordAccess.ts'
import { isDigitalRegistered, registerDigitalItem } from '../../core/rows/digitalItems.ts'
import { isMailClosed } from '../../core/rows/mailClosings.ts'
import { readHolidays } from '../../core/rows/reference.ts'
import { findAttachment } from '../../files/rows/attachments.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { planOf } from './archive/letterFile.ts'
import { likeLetters } from './rows/likeLetters.ts'
import { insertLetter, letterOfCommand, letterOfNumber } from './rows/letters.ts'
import { useReference } from './rows/references.ts'
import { lineWords } from './rows/letterTexts.ts'
import { asMail, clearanceOfPerson, letterView, visibleLetter } from './seeLetter.ts'

/** A letter that is to be entered, with the files that were added for it. */
export interface LetterOrder {
  readonly commandId: CommandId
  readonly letter: LetterDraft
  readonly files: readonly { readonly sha256: Sha256; readonly name: string }[]
}
/** The line, and the numbers of letters that are like it. */
export interface RegisteredLetter {
  readonly letter: LetterView
  readonly duplicates: RegisterNumber[]
}

const actOf = {
  arrival: acts.arrivalRegistered,
  departure: acts.departureRegistered,
  internal: acts.internalRegistered,
} as const satisfies Readonly<Record<LetterRegister, object>>

/**
 * Enters a letter in its register: number, line, link and outbox item in one commit. A letter like another one is entered
 * too, and told; what waits at the digital mail office under its number is this line from then on. Faults: letter.toCome,
 * letter.dayClosed (`day`), letter.digitalTaken (`number`), letter.unknown and letter.destroyed (what it answers),
 * archive.classUnknown, attachment.unknown, and those of `oneAct`.
 */
export function registerLetter(context: Context, who: SignedIn, order: LetterOrder): Result<RegisteredLetter> {
  const { commandId, letter, files } = order
  // A shape of strings, numbers and lists of such.
  const asked = { letter: letter as unknown as Json, files: files.map((file) => ({ ...file })) }
  const again = (): Result<RegisteredLetter> => registeredBefore(context, who, order)
  return oneAct(context, who, { act: actOf[letter.register], commandId, asked, again }, (db, begun) => {
    const refused = refusal(context, db, who, letter, begun.day)
    if (refused !== undefined) return err(refused)
    const attached = attachedOf(db, files)
    return attached.ok ? ok(registered(context, db, who, { order, begun, attached: attached.value })) : attached
  })
}

const refusal = (
  context: Context,
  db: ReadHandle,
  who: SignedIn,
  letter: LetterDraft,
  today: string,
): Fault | undefined => {
  if (letter.receivedOn > today || (letter.letterDate ?? '') > today) return faultOf('letter.toCome')
  if (isMailClosed(db, letter.receivedOn)) return faultOf('letter.dayClosed', undefined, { day: letter.receivedOn })
  if (letter.class !== undefined && !planOf(context).some(({ code }) => code === letter.class))
    return faultOf('archive.classUnknown')
  const digital = digitalNumberOf(letter)
  if (digital !== undefined && isDigitalRegistered(db, digital, clearanceOfPerson(context, who)))
    return faultOf('letter.digitalTaken', undefined, { number: digital })
  if (letter.inReplyTo === undefined) return undefined
  const answered = visibleLetter(context, who, letter.inReplyTo, db)
  if (!answered.ok) return answered.fault
  return answered.value.destroyed ? faultOf('letter.destroyed') : undefined
}

/** The number at the national digital mail office, of what came in by it. */
const digitalNumberOf = ({ register, digitalNumber }: LetterDraft): string | undefined =>
  register === 'arrival' ? digitalNumber : undefined

type Attached = readonly {
  readonly sha256: Sha256
  readonly name: string
  readonly mime: string
  readonly size: number
}[]
const attachedOf = (db: ReadHandle, files: LetterOrder['files']): Result<Attached> => {
  const attached: Attached[number][] = []
  for (const { sha256, name } of files) {
    // The same bytes twice are one file, by the name that came first.
    if (attached.some((one) => one.sha256 === sha256)) continue
    const file = findAttachment(db, sha256)
    if (file === undefined) return err(faultOf('attachment.unknown', sha256))
    attached.push({ sha256, name, ...file })
  }
  return ok(attached)
}

/** Link, act and line of a letter. */
const registered = (
  context: Context,
  db: WriteHandle,
  who: SignedIn,
  { order, begun, attached }: { readonly order: LetterOrder; readonly begun: Begun; readonly attached: Attached },
): Meaning<LetterRegistered, RegisteredLetter> => {
  const { commandId, letter } = order
  const { moment, day, place } = begun
  if (place === undefined) throw new Error('a letter takes a number')
  const level = clearanceOfPerson(context, who)
  const { number } = place
  const id = context.newId()
  const content = digestOf(
    letterContent({ number, registeredAt: moment.at, letter, files: attached.map(({ sha256 }) => sha256) }),
  )
  const duplicates = likeLetters(db, { letter, files: attached, level, limit: 20 }).map((row) => row.number)
  return {
    subject: id,
    body: { number, content, level: levelOf(letter.confidentiality), files: attached.length },
    data: () => ({
      letterId: id,
      number,
      agent: who.code,
      register: letter.register,
      receivedOn: letter.receivedOn,
      letter,
      content,
      attachments: attached.map(({ sha256, mime, size }) => ({ sha256, mime, size })),
    }),
    keep: ({ link }) => {
      insertLetter(db, {
        id,
        commandId,
        register: letter.register,
        number,
        day: letter.receivedOn,
        registeredAt: moment.at,
        late: letter.receivedOn < day,
        level: levelOf(letter.confidentiality),
        letter,
        content,
        agent: who.code,
        dueOn: clockOfLetter(letter, readHolidays(db))?.lastDay,
        senderKey: senderKey(letter.sender.name),
        referenceKey: joinedKey(letter.reference ?? ''),
        subjectKey: joinedKey(letter.subject),
        words: lineWords(db, letter, number),
        codes: codesKey(number, letter),
        journalSeq: link.seq,
        attached,
      })
      const digital = digitalNumberOf(letter)
      if (digital !== undefined) registerDigitalItem(db, digital, level, id)
      if (letter.register === 'departure' && letter.reference !== undefined) useReference(db, letter.reference, id)
      const row = letterOfNumber(db, number)
      return row === undefined
        ? err(faultOf('letter.unknown'))
        : ok({ letter: letterView(db, row, level), duplicates: [...duplicates] })
    },
  }
}

/** A digest has the form of its brand by construction. */
const digestOf = (json: Json): Sha256 => createHash('sha256').update(canonicalJson(json)).digest('hex') as Sha256

const registeredBefore = (
  context: Context,
  who: SignedIn,
  { commandId, letter, files }: LetterOrder,
): Result<RegisteredLetter> => {
  const { db } = context.store
  const row = letterOfCommand(db, commandId)
  const level = clearanceOfPerson(context, who)
  if (row === undefined || row.level > level) return err(faultOf('letter.unknown'))
  const recorded = recordAccess(context, { ...asMail(context), actor: who.code, subject: row.id })
  if (!recorded.ok) return recorded
  const like = likeLetters(db, { letter, files, level, limit: 20 }).filter(({ seq }) => seq < row.seq)
  return ok({ letter: letterView(db, row, level), duplicates: like.map(({ number }) => number) })
}
