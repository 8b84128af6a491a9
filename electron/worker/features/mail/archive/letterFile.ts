import { ageOf, datesOf, fateOf, type Age } from '#shared/domain/mail/archive/age.ts'
import { classOf, usualPlan, type ArchiveClass, type Fate } from '#shared/domain/mail/archive/classPlan.ts'
import { readOffice, type Context } from '../../../core/context.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { linkedLetters, type AgedRow } from '../rows/agedLetters.ts'

/** The plan of this office, or the usual one. */
export const planOf = ({ store }: Pick<Context, 'store'>): readonly ArchiveClass[] =>
  readOffice(store).mail?.plan ?? usualPlan

/** The class of a letter; nothing where nobody gave it one and the plan has none for its kind. */
export const classOfRow = (plan: readonly ArchiveClass[], { given, kind }: AgedRow): ArchiveClass | undefined =>
  classOf(plan, { kind, ...(given === null ? {} : { given }) })

/** A letter with what it is kept with, and what holds of all of them. */
export interface LetterFile {
  readonly letters: readonly AgedRow[]
  readonly age: Age
  readonly fate: Fate
  /** The ISO day since which their time is over; empty before. */
  readonly since: string
  /** Why nothing may be done with them, where somebody holds one. */
  readonly held: string | undefined
  /** The highest level of them. */
  readonly level: number
}

/** The file of a letter, of what is still there. */
export function fileOf(
  db: ReadHandle,
  letter: AgedRow,
  { plan, today }: { readonly plan: readonly ArchiveClass[]; readonly today: string },
): LetterFile {
  const letters = linkedLetters(db, letter).filter(({ destroyed }) => destroyed === 0)
  const aged = letters.map((one) => ({ closedOn: one.closedOn ?? undefined, class: classOfRow(plan, one) }))
  const age = ageOf(aged, today)
  return {
    letters,
    age,
    fate: fateOf(aged),
    since:
      age === 'over'
        ? aged.map((one) => datesOf(one)?.over ?? '').reduce((one, other) => (one > other ? one : other))
        : '',
    held: letters.find(({ held }) => held !== null)?.held ?? undefined,
    level: Math.max(...letters.map(({ level }) => level)),
  }
}
