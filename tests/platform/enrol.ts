import { calculateJwkThumbprint } from 'jose'
import type { Enrolment, KeysAnswer } from '#shared/contract/platform.ts'
import type { Database, Session } from './database.ts'

export interface CounterRow {
  readonly last_seq: string | number
  readonly public_key: string
  readonly kid: string
}

/** Which codes enrol: each of them one key of one counter, or one word for any number of them (demonstrations only). */
export type Codes = { readonly oneTime: ReadonlySet<string> } | { readonly reusable: string }

/**
 * Gives a counter's series to one key. Asked again with the same key it answers the same; another key is taken only
 * while the series is empty: two machines never write one series.
 */
export async function enrol(database: Database, codes: Codes, { counterId, code, publicKey }: Enrolment): Promise<{ lastSeq: number } | 'code-refused' | 'counter-taken'> {
  const kid = await calculateJwkThumbprint(publicKey)
  if ('reusable' in codes ? code !== codes.reusable : !codes.oneTime.has(code)) return 'code-refused'
  return database.transaction(async (session) => {
    if ('oneTime' in codes && !(await useCode(session, code, counterId, kid))) return 'code-refused'
    const values = [counterId, JSON.stringify(publicKey), kid, new Date()]
    await session.query(
      'INSERT INTO counter_state (counter_id, last_seq, public_key, kid, enrolled_at) VALUES ($1, 0, $2, $3, $4) ON CONFLICT DO NOTHING', values,
    )
    const [row] = await session.query<CounterRow>('SELECT last_seq, public_key, kid FROM counter_state WHERE counter_id = $1 FOR UPDATE', [counterId])
    const lastSeq = Number(row?.last_seq ?? 0)
    if (row?.kid === kid) return { lastSeq }
    if (lastSeq > 0) return 'counter-taken'
    await session.query('UPDATE counter_state SET public_key = $2, kid = $3, enrolled_at = $4 WHERE counter_id = $1', values)
    return { lastSeq }
  })
}

/** A code belongs to whom it let in first; an answer that was lost may be asked for again with it. */
async function useCode(session: Session, code: string, counterId: string, kid: string): Promise<boolean> {
  await session.query('INSERT INTO enrolment_code (code, counter_id, kid) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [code, counterId, kid])
  const [used] = await session.query<{ counter_id: string; kid: string }>('SELECT counter_id, kid FROM enrolment_code WHERE code = $1', [code])
  return used?.counter_id === counterId && used.kid === kid
}

export const findCounter = async (database: Database, counterId: string): Promise<CounterRow | undefined> =>
  (await database.query<CounterRow>('SELECT last_seq, public_key, kid FROM counter_state WHERE counter_id = $1', [counterId]))[0]

/** Every enrolled key: with them anyone verifies a receipt's seal. */
export async function listKeys(database: Database): Promise<KeysAnswer> {
  const rows = await database.query<{ counter_id: string; public_key: string; kid: string; enrolled_at: Date }>(
    'SELECT counter_id, public_key, kid, enrolled_at FROM counter_state ORDER BY counter_id',
  )
  // The rows were written from parsed enrolments.
  return {
    keys: rows.map((row) => ({
      counterId: row.counter_id, kid: row.kid, publicKey: JSON.parse(row.public_key) as Enrolment['publicKey'], enrolledAt: new Date(row.enrolled_at).toISOString(),
    })),
  } as KeysAnswer
}
