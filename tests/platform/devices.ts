import type { DeviceRecord, Enrolment, KeysAnswer } from '#shared/contract/platform.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Database, Session } from './database.ts'

export interface DeviceRow {
  readonly counter_id: CounterId
  readonly kid: string
  /** A JWK as JSON, written from a parsed enrolment. */
  readonly public_key: string
  readonly state: DeviceRecord['state']
  readonly asked_at: Date
  readonly approved_at: Date | null
  readonly revoked_at: Date | null
  readonly seen_at: Date | null
  readonly version: string | null
}

export interface CounterRow {
  readonly last_seq: string | number
  /**
   * The series in which the device that took the counter over begins, and in which a register goes on that was put back
   * from before one was opened.
   */
  readonly series: number
}

const columns = 'counter_id, kid, public_key, state, asked_at, approved_at, revoked_at, seen_at, version'

export const publicKeyOf = (row: DeviceRow): Enrolment['publicKey'] =>
  JSON.parse(row.public_key) as Enrolment['publicKey']

export const findDevice = async (session: Session, counterId: string, kid: string): Promise<DeviceRow | undefined> =>
  (
    await session.query<DeviceRow>(`SELECT ${columns} FROM device WHERE counter_id = $1 AND kid = $2`, [counterId, kid])
  )[0]

/** Where the platform stands in a counter's series; nothing before its first device was approved. */
export async function findCounter(session: Session, counterId: string): Promise<CounterRow | undefined> {
  const [row] = await session.query<{
    last_seq: string | number
    series: string | number
    opened: string | number | null
  }>(
    'SELECT last_seq, series, (SELECT max(opened) FROM series_closed WHERE counter_id = $1) AS opened FROM counter_state WHERE counter_id = $1',
    [counterId],
  )
  return row && { last_seq: row.last_seq, series: Math.max(Number(row.series), Number(row.opened ?? 0) + 1) }
}

/**
 * Gives the counter's series to a device, a revoked one too. Two machines never write one series: while it holds acts,
 * the device that has it must
 * be revoked first. One that takes over begins the next series of numbers.
 */
export async function approve(
  session: Session,
  counterId: string,
  kid: string,
): Promise<'approved' | 'counter-taken' | 'unknown'> {
  const device = await findDevice(session, counterId, kid)
  if (device === undefined) return 'unknown'
  const now = new Date()
  await session.query(
    'INSERT INTO counter_state (counter_id, last_seq, public_key, kid, enrolled_at) VALUES ($1, 0, $2, $3, $4) ON CONFLICT DO NOTHING',
    [counterId, device.public_key, kid, now],
  )
  const [counter] = await session.query<{ last_seq: string | number; kid: string }>(
    'SELECT last_seq, kid FROM counter_state WHERE counter_id = $1 FOR UPDATE',
    [counterId],
  )
  const holdsActs = Number(counter?.last_seq ?? 0) > 0
  const others = await session.query<{ kid: string }>(
    `SELECT kid FROM device WHERE counter_id = $1 AND state = 'approved' AND kid <> $2`,
    [counterId, kid],
  )
  if (others.length > 0 && holdsActs) return 'counter-taken'
  for (const other of others) await revoke(session, counterId, other.kid)
  await session.query(
    `UPDATE device SET state = 'approved', approved_at = $3, revoked_at = NULL WHERE counter_id = $1 AND kid = $2`,
    [counterId, kid, now],
  )
  if (counter?.kid === kid) return 'approved'
  const series = holdsActs ? (await highestSeries(session, counterId)) + 1 : 1
  await session.query(
    'UPDATE counter_state SET public_key = $2, kid = $3, enrolled_at = $4, series = $5 WHERE counter_id = $1',
    [counterId, device.public_key, kid, now, series],
  )
  return 'approved'
}

/** From now on nothing is taken from this device; what it sent stays, and its key goes on proving its receipts. */
export async function revoke(session: Session, counterId: string, kid: string): Promise<'revoked' | 'unknown'> {
  const rows = await session.query(
    `UPDATE device SET state = 'revoked', revoked_at = $3 WHERE counter_id = $1 AND kid = $2 RETURNING kid`,
    [counterId, kid, new Date()],
  )
  return rows.length > 0 ? 'revoked' : 'unknown'
}

/** The highest series of which a number is entered: `2026/RAB03-G2/000042-S3` is of the third. */
async function highestSeries(session: Session, counterId: string): Promise<number> {
  const rows = await session.query<{ number: string }>(
    `SELECT number FROM deposit WHERE counter_id = $1 AND number LIKE '%-S%'`,
    [counterId],
  )
  return Math.max(1, ...rows.map((row) => Number(/-S(\d+)$/.exec(row.number)?.[1] ?? 1)))
}

/** It was heard of now; once for each token. */
export const noteSeen = (database: Database, counterId: string, kid: string): Promise<unknown> =>
  database.brief.query('UPDATE device SET seen_at = $3 WHERE counter_id = $1 AND kid = $2', [
    counterId,
    kid,
    new Date(),
  ])

/** Every device that asked, of one counter or of all, for the platform's operator. */
export async function listDevices(session: Session): Promise<readonly DeviceRecord[]> {
  const rows = await session.query<DeviceRow>(`SELECT ${columns} FROM device ORDER BY counter_id, asked_at`)
  return rows.map(recordOf)
}

export function recordOf(row: DeviceRow): DeviceRecord {
  const decidedAt = row.state === 'revoked' ? row.revoked_at : row.approved_at
  return {
    counterId: row.counter_id,
    kid: row.kid,
    fingerprint: fingerprintOf(row.kid),
    state: row.state,
    askedAt: iso(row.asked_at),
    ...(decidedAt === null ? {} : { decidedAt: iso(decidedAt) }),
    ...(row.seen_at === null ? {} : { lastSeenAt: iso(row.seen_at) }),
    ...(row.version === null ? {} : { version: row.version }),
  }
}

/** Every key that was ever approved: with them anyone verifies a receipt's seal, those of lost machines too. */
export async function listKeys(session: Session): Promise<KeysAnswer> {
  const rows = await session.query<DeviceRow>(
    `SELECT ${columns} FROM device WHERE approved_at IS NOT NULL ORDER BY counter_id, approved_at`,
  )
  return {
    keys: rows.map((row) => ({
      counterId: row.counter_id,
      kid: row.kid,
      publicKey: publicKeyOf(row),
      enrolledAt: iso(row.approved_at ?? row.asked_at),
      ...(row.revoked_at === null ? {} : { revokedAt: iso(row.revoked_at) }),
    })),
  }
}

const iso = (at: Date): string => new Date(at).toISOString()
