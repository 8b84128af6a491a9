import { insert, type Session } from './database.ts'

/**
 * What an operator has to look into, numbers and hashes only. `chain`: an act that does not follow the one before it;
 * `head`: a
 * journal that contradicts what was countersigned; `closing`: a day whose figures do not follow the closing before it;
 * `series`: a series that was closed because acts were lost.
 */
export interface Incident {
  readonly kind: 'chain' | 'head' | 'closing' | 'series'
  readonly seq: number
  readonly detail: string
}

/** Notes incidents inside the caller's transaction; the same one raised again is kept once. */
export const raiseIncidents = (
  session: Session,
  counter: string,
  incidents: readonly Incident[],
  now: Date,
): Promise<void> =>
  insert(
    session,
    'incident (counter_id, kind, seq, detail, raised_at)',
    incidents.map(({ kind, seq, detail }) => [counter, kind, seq, detail, now]),
    'ON CONFLICT DO NOTHING',
  )
