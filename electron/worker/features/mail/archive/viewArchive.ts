import type { ArchiveView, OverLine } from '#shared/contract/features/mail/archive/views.ts'
import { ok, type Result } from '#shared/result.ts'
import { listLimit } from '../../../core/handlerContext.ts'
import type { Context, SignedIn } from '../../../core/context.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { todayOf } from '../overview.ts'
import { unlistedUntil, type AgedRow } from '../rows/agedLetters.ts'
import { newestLists } from '../rows/archiveLists.ts'
import { letterOfNumber, lineOf } from '../rows/letters.ts'
import { clearanceOfPerson, recordLetters } from '../seeLetter.ts'
import { classOfRow, fileOf, planOf, type LetterFile } from './letterFile.ts'

/** So many letters are looked at, oldest first: tenths of a second, and what is listed makes room for the next. */
const mostLooked = 20_000
const mostLines = 200

/**
 * What of the registers is over by the plan, class by class, and the lists that were made; of what may be seen by whoever
 * asks. Ages are computed here, at each question. Faults: those of `Tx`.
 * @param code of the class whose letters are shown; empty for those without one
 */
export function viewArchive(context: Context, who: SignedIn, code: string | undefined): Result<ArchiveView> {
  const { db } = context.store
  const [plan, today, level] = [planOf(context), todayOf(context), clearanceOfPerson(context, who)]
  const soonest = Math.min(...plan.map(({ active, semiActive }) => active + semiActive))
  const lastDay = `${String(Number(today.slice(0, 4)) - soonest - 1)}-12-31`
  const looked = unlistedUntil(db, lastDay, mostLooked)
  const seen = looked.filter((row) => row.level <= level)
  const files = seen.map((row) => ({
    row,
    code: classOfRow(plan, row)?.code ?? '',
    file: fileOf(db, row, { plan, today }),
  }))
  const over = files.filter(({ code: of, file }) => of !== '' && file.age === 'over' && file.level <= level)
  const unclassed = files.filter(({ code: of }) => of === '')
  const lines = (code === '' ? unclassed : over.filter((one) => one.code === code))
    .slice(0, mostLines)
    .flatMap((one) => lineOver(db, one))
  const recorded = recordLetters(
    context,
    who,
    lines.map(({ line }) => line),
  )
  if (!recorded.ok) return recorded
  return ok({
    classes: plan.map((one) => {
      const mine = over.filter((letter) => letter.code === one.code)
      return { ...one, over: mine.length, held: mine.filter(({ file }) => file.held !== undefined).length }
    }),
    unclassed: unclassed.length,
    lines,
    more: looked.length === mostLooked,
    lists: newestLists(db, level, listLimit),
  })
}

const lineOver = (
  db: ReadHandle,
  { row, file }: { readonly row: AgedRow; readonly file: LetterFile },
): readonly OverLine[] => {
  const line = letterOfNumber(db, row.number)
  if (line === undefined) return []
  const { fate, since, held } = file
  return [{ line: lineOf(line), fate, ...(since === '' ? {} : { since }), ...(held === undefined ? {} : { held }) }]
}
