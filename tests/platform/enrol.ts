import { createHash, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { z } from 'zod'
import type { codeAnswer, Enrolment, EnrolmentAnswer } from '#shared/contract/platform.ts'
import { codeLetters, groupsOf, lettersOf, plainCode } from '#shared/domain/enrolment.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Database, Session } from './database.ts'
import { approve, findDevice } from './devices.ts'

export type CodeProblem = 'code-refused' | 'code-expired' | 'code-used'
export type EnrolmentProblem = CodeProblem | 'codes-exhausted' | 'counter-taken' | 'device-revoked'

/**
 * Wrong codes in so many seconds: after `ofKey` of one key for a counter nothing of that key is looked at, the right one
 * neither; after `ofCounter` of strangers, who make themselves keys, no further wrong one is written down, but the right
 * one still gets through.
 */
export const codeTries = { ofKey: 10, ofCounter: 100, seconds: 900 } as const

const hashOf = (code: string): string => createHash('sha256').update(plainCode(code)).digest('hex')

/** Makes a code for one device of one counter. It is shown once: only its hash is kept. */
export async function makeCode(
  session: Session,
  counterId: CounterId,
  seconds: number,
): Promise<z.infer<typeof codeAnswer>> {
  const code = groupsOf(lettersOf(randomBytes(8)).slice(0, codeLetters)).join('-')
  const expiresAt = new Date(Date.now() + seconds * 1000)
  await session.query('INSERT INTO one_time_code (counter_id, code_hash, expires_at) VALUES ($1, $2, $3)', [
    counterId,
    hashOf(code),
    expiresAt,
  ])
  return { counterId, code, expiresAt: expiresAt.toISOString() }
}

/**
 * A device asks for the series of a counter. With a one-time code it waits until its fingerprint was approved; with
 * `openCode`, for demonstrations,
 * it is approved at once. Asked again by the same key it answers how it stands.
 */
export async function enrol(
  database: Database,
  openCode: string | undefined,
  { counterId, code, publicKey }: Enrolment,
): Promise<EnrolmentAnswer | EnrolmentProblem> {
  const kid = await calculateJwkThumbprint(publicKey)
  return database.transaction(async (session) => {
    const known = await findDevice(session, counterId, kid)
    if (known !== undefined)
      return known.state === 'revoked' ? 'device-revoked' : { counterId, kid, state: known.state }
    const open = openCode !== undefined && plainCode(code) === plainCode(openCode)
    const refused = open ? undefined : await tryCode(session, counterId, code, kid)
    if (refused !== undefined) return refused
    await session.query(
      'INSERT INTO device (counter_id, kid, public_key, state, asked_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [counterId, kid, JSON.stringify(publicKey), 'pending', new Date()],
    )
    if (!open) return { counterId, kid, state: 'pending' }
    if ((await approve(session, counterId, kid)) === 'approved') return { counterId, kid, state: 'approved' }
    await session.query('DELETE FROM device WHERE counter_id = $1 AND kid = $2', [counterId, kid])
    return 'counter-taken'
  })
}

/** A code within the bounds of wrong ones; what is refused is counted, of its key and of the counter. */
async function tryCode(
  session: Session,
  counterId: string,
  code: string,
  kid: string,
): Promise<CodeProblem | 'codes-exhausted' | undefined> {
  const now = new Date()
  await session.query('DELETE FROM wrong_code WHERE tried_at < $1', [
    new Date(now.getTime() - codeTries.seconds * 1000),
  ])
  const tried = await session.query<{ kid: string }>('SELECT kid FROM wrong_code WHERE counter_id = $1 LIMIT $2', [
    counterId,
    codeTries.ofCounter,
  ])
  if (tried.filter((one) => one.kid === kid).length >= codeTries.ofKey) return 'codes-exhausted'
  const refused = await useCode(session, counterId, code, kid)
  if (refused === undefined) return undefined
  if (tried.length >= codeTries.ofCounter) return 'codes-exhausted'
  await session.query(
    'INSERT INTO wrong_code (counter_id, code_hash, tried_at, kid) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [counterId, hashOf(code), now, kid],
  )
  return refused
}

/** A code belongs to the key that brought it first. */
async function useCode(
  session: Session,
  counterId: string,
  code: string,
  kid: string,
): Promise<CodeProblem | undefined> {
  const [found] = await session.query<{ expires_at: Date; kid: string | null }>(
    'SELECT expires_at, kid FROM one_time_code WHERE counter_id = $1 AND code_hash = $2 FOR UPDATE',
    [counterId, hashOf(code)],
  )
  if (found === undefined) return 'code-refused'
  if (found.kid !== null && found.kid !== kid) return 'code-used'
  if (new Date(found.expires_at).getTime() < Date.now()) return 'code-expired'
  await session.query('UPDATE one_time_code SET kid = $3 WHERE counter_id = $1 AND code_hash = $2', [
    counterId,
    hashOf(code),
    kid,
  ])
  return undefined
}
