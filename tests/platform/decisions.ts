import type { Session } from './database.ts'

/**
 * What the operator decided: a code made (until when it is good), a device approved or revoked (its key id), a new key
 * of the platform (its key id; of no counter). Never the code itself.
 */
export interface Decision {
  readonly counter: string
  readonly what: 'code' | 'approved' | 'revoked' | 'key'
  readonly subject: string
}

/** Notes a decision in the transaction that carries it out. */
export const noteDecision = (session: Session, { counter, what, subject }: Decision): Promise<unknown> =>
  session.query(
    'INSERT INTO operator_decision (counter_id, decided_at, what, subject) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [counter, new Date(), what, subject],
  )

/** The newest decisions, newest first. */
export async function newestDecisions(
  session: Session,
  limit: number,
): Promise<readonly (Decision & { readonly at: Date })[]> {
  const rows = await session.query<{ counter_id: string; decided_at: Date; what: Decision['what']; subject: string }>(
    'SELECT counter_id, decided_at, what, subject FROM operator_decision ORDER BY decided_at DESC LIMIT $1',
    [limit],
  )
  return rows.map((row) => ({
    counter: row.counter_id,
    at: new Date(row.decided_at),
    what: row.what,
    subject: row.subject,
  }))
}
