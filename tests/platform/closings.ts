import type { z } from 'zod'
import { acts as known } from '#shared/contract/acts.ts'
import { dayClosed, dayReopened, seriesClosed } from '#shared/contract/closing.ts'
import type { Command } from '#shared/contract/platform.ts'
import { genesis } from '#electron/worker/journal/link.ts'
import { insert, type Session } from './database.ts'
import { raiseIncidents, type Incident } from './incidents.ts'

/** The shape that acts about days and series must have; nothing for any other act. */
const shapes = new Map<string, z.ZodType>(
  [known.dayClosed, known.dayReopened, known.seriesClosed].map(({ type, data }) => [type, data]),
)

/** Whether an act about a day or a series lacks the shape of its kind. */
export const isMisshapen = (act: Command): boolean => shapes.get(act.type)?.safeParse(act.data).success === false

/**
 * Enters applied acts about days and series. What they state is the counter's and is never refused for its content:
 * figures that do
 * not follow the closing before them, or that differ from the deposits held here, are incidents for somebody to look
 * into.
 */
export async function fileClosings(
  session: Session,
  counter: string,
  acts: readonly Command[],
  now: Date,
): Promise<void> {
  const ours = acts.filter((act) => shapes.has(act.type))
  if (ours.length === 0) return
  const [newest] = await session.query<{ hash: string }>(
    'SELECT hash FROM closing WHERE counter_id = $1 AND NOT reopened ORDER BY seq DESC LIMIT 1',
    [counter],
  )
  let previous = newest?.hash ?? genesis
  const incidents: Incident[] = []
  for (const act of ours) {
    const closed = act.type === known.dayClosed.type ? dayClosed.safeParse(act.data).data : undefined
    const reopened = act.type === known.dayReopened.type ? dayReopened.safeParse(act.data).data : undefined
    const series = act.type === known.seriesClosed.type ? seriesClosed.safeParse(act.data).data : undefined
    if (closed !== undefined) {
      const { facts, hash } = closed
      if (facts.previous !== previous)
        incidents.push({
          kind: 'closing',
          seq: act.seq,
          detail: `${facts.figures.day} does not follow the closing before it`,
        })
      previous = hash
      await insert(session, 'closing (counter_id, seq, day, ordinal, hash, reopened)', [
        [counter, act.seq, facts.figures.day, facts.ordinal, hash, false],
      ])
    }
    if (reopened !== undefined) {
      await insert(session, 'closing (counter_id, seq, day, ordinal, hash, reopened)', [
        [counter, act.seq, reopened.day, reopened.ordinal, reopened.journal.hash, true],
      ])
    }
    if (series !== undefined) {
      incidents.push({
        kind: 'series',
        seq: act.seq,
        detail: `series ${String(series.closed)} closed, ${String(series.opened)} opened`,
      })
      await insert(
        session,
        'series_closed (counter_id, opened, seq)',
        [[counter, series.opened, act.seq]],
        'ON CONFLICT DO NOTHING',
      )
    }
  }
  await raiseIncidents(session, counter, incidents, now)
}
