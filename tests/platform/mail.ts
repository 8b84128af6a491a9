import { z } from 'zod'
import { acts as known } from '#shared/contract/acts.ts'
import { acts as mail, letterCancelled, letterRegistered, letterRouted } from '#shared/contract/features/mail/acts.ts'
import type { Command } from '#shared/contract/platform.ts'
import { seriesOf } from '#shared/domain/mail/letter.ts'
import { counterOfNumber, parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import type { Broken } from './broken.ts'
import { insert, type Session } from './database.ts'
import { noteRegistered } from './digital.ts'

const shapes = new Map<string, z.ZodType>(Object.values(mail).map(({ type, data }) => [type, data]))
const registering: readonly string[] = [
  known.arrivalRegistered,
  known.departureRegistered,
  known.internalRegistered,
].map(({ type }) => type)
const registeredBy = (act: Command) =>
  registering.includes(act.type) ? letterRegistered.safeParse(act.data).data : undefined
const cancelledBy = (act: Command) =>
  act.type === known.letterCancelled.type ? letterCancelled.safeParse(act.data).data : undefined
const about = z.object({ letterId: letterRouted.shape.letterId, number: letterRouted.shape.number })

/** The rule that an act of a mail office breaks; nothing for an act of another kind. */
export type MailRule = (act: Command) => Broken | undefined

/** Reads the letters that the acts of a batch name; what the batch itself brings is remembered. */
export async function mailFor(session: Session, counter: string, acts: readonly Command[]): Promise<MailRule> {
  const numbers = acts.flatMap((act) => (shapes.has(act.type) ? (about.safeParse(act.data).data?.number ?? []) : []))
  const list = numbers.map((_, at) => `$${String(at + 2)}`).join(',')
  const rows =
    numbers.length === 0
      ? []
      : await session.query<{ number: string; letter_id: string; cancelled: boolean }>(
          `SELECT number, letter_id, cancelled FROM letter WHERE counter_id = $1 AND number IN (${list})`,
          [counter, ...numbers],
        )
  const letters = new Map(rows.map((row) => [row.number, { id: row.letter_id, cancelled: row.cancelled }]))
  return (act) => {
    const shape = shapes.get(act.type)
    if (shape === undefined) return undefined
    if (!shape.safeParse(act.data).success) return { code: 'malformed', reason: 'not an act of a mail office' }
    const registered = registeredBy(act)
    if (registered !== undefined) {
      const { number, register, letterId } = registered
      const parts = parseRegisterNumber(number)
      if (parts?.register !== seriesOf[register] || counterOfNumber(parts) !== counter)
        return { code: 'series', reason: `${number} is not of this register of ${counter}`, field: 'number' }
      if (letters.has(number)) return { code: 'numberTaken', reason: `${number} was given before`, field: 'number' }
      letters.set(number, { id: letterId, cancelled: false })
      return undefined
    }
    const named = about.safeParse(act.data).data
    if (named === undefined) return undefined
    const letter = letters.get(named.number)
    if (letter?.id !== named.letterId)
      return { code: 'notFound', reason: 'this counter sent no such letter before', field: 'number' }
    if (letter.cancelled) return { code: 'cancelled', reason: 'the line was cancelled before', field: 'number' }
    if (cancelledBy(act) !== undefined) letters.set(named.number, { ...letter, cancelled: true })
    return undefined
  }
}

/** Enters applied acts of a mail office into the consolidated register. */
export async function fileMail(session: Session, counter: string, acts: readonly Command[]): Promise<void> {
  await insert(
    session,
    'letter (counter_id, number, letter_id, register, seq, cancelled)',
    acts.flatMap((act) => {
      const letter = registeredBy(act)
      return letter === undefined ? [] : [[counter, letter.number, letter.letterId, letter.register, act.seq, false]]
    }),
  )
  for (const act of acts) {
    const letter = registeredBy(act)
    if (letter !== undefined) await noteRegistered(session, counter, letter)
    const cancelled = cancelledBy(act)
    if (cancelled !== undefined)
      await session.query('UPDATE letter SET cancelled = true WHERE counter_id = $1 AND number = $2', [
        counter,
        cancelled.number,
      ])
  }
}
