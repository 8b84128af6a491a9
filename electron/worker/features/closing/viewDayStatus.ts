import type { DayObstacle, DayStatus } from '#shared/contract/features/closing/calls.ts'
import { addDay, type DayFigures } from '#shared/domain/closing/closing.ts'
import { closingBefore, closingInForce, findClosing } from '../../core/rows/closings.ts'
import { openDays, readDayFigures } from './rows/dayFigures.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { officeDay, readOffice, type Context } from '../../core/context.ts'

/**
 * A day as it stands: its figures, what its closing would add up to, and what is in the way. The oldest open day where
 * none is named.
 */
export function viewDayStatus(context: Context, asked?: string): DayStatus {
  const { store, clock } = context
  const office = readOffice(store)
  const today = officeDay(office, clock.now()).day
  const open = openDays(store.db)
  const day = asked ?? open[0] ?? today
  const closed = closingInForce(store.db, day)?.facts
  const before = closingBefore(store.db, day)
  const figures = closed?.figures ?? readDayFigures(store.db, day, before?.journalSeq ?? 0)
  const view = findClosing(store.db, day)
  return {
    today,
    figures,
    totals: closed?.totals ?? addDay(before?.facts.totals, figures.amounts),
    obstacles: closed === undefined ? [...obstaclesOf(store.db, figures)] : [],
    open: [...open],
    ...(view === undefined ? {} : { closing: view }),
  }
}

/** What keeps a day from being closed, or stays open on its statement. */
export function obstaclesOf(db: ReadHandle, { day, numbers, open }: DayFigures): readonly DayObstacle[] {
  const earlier = openDays(db).find((one) => one < day)
  const still = (['pending', 'refused', 'papers'] as const).filter((kind) => open[kind] > 0)
  return [
    ...(earlier === undefined ? [] : [{ kind: 'earlierOpen' as const, blocks: true, day: earlier }]),
    ...(numbers !== undefined && numbers.missing > 0
      ? [{ kind: 'missing' as const, blocks: false, count: numbers.missing }]
      : []),
    ...still.map((kind) => ({ kind, blocks: false, count: open[kind] })),
  ]
}
