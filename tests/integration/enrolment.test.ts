import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { Out } from '#shared/contract/calls.ts'
import { devicesAnswer, platformPaths } from '#shared/contract/platform.ts'
import type { Result } from '#shared/result.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'

const operator = 'operator of this test'
let postgres: Postgres
let platform: RunningPlatform
let folder: ReturnType<typeof temporaryFolder>
let workers: TestWorker[]

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
beforeEach(async () => {
  folder = temporaryFolder()
  workers = []
  platform = await startPlatform({ databaseUrl: postgres.url, openCode: '', operator, log: () => undefined })
  const pg = (await import('pg')).default
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE column_name = 'counter_id'`,
  )
  await client.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`)
  await client.end()
})
afterEach(async () => {
  for (const worker of workers) await worker.close()
  await platform.close()
  folder.remove()
})

/** A machine: its own data folder, its own key. */
const machine = (name: string): TestWorker => {
  mkdirSync(join(folder.path, name), { recursive: true })
  const worker = startWorker(join(folder.path, name), devicesWith(paperTrail(join(folder.path, 'paper.txt'))), {
    platformUrl: platform.url,
    chooseFile: (proposed) => Promise.resolve(join(folder.path, proposed)),
  })
  workers.push(worker)
  return worker
}
const close = async (worker: TestWorker): Promise<void> => {
  await worker.close()
  workers = workers.filter((one) => one !== worker)
}
/** `node tests/platform/operator.ts …`, as the people of the platform run it. */
const operate = async (...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '..', 'platform', 'operator.ts'), ...args, '--url', platform.url],
    {
      env: { PATH: process.env['PATH'] ?? '', GUICHET_OPERATOR: operator },
    },
  )
  return stdout.trim()
}
const decide = async (fingerprint: string, state: 'approved' | 'revoked'): Promise<number> => {
  const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' }
  const { devices } = devicesAnswer.parse(await (await fetch(platform.url + platformPaths.devices, { headers })).json())
  const device = devices.find((one) => one.fingerprint === fingerprint)
  if (device === undefined) throw new Error('no such fingerprint')
  return (
    await fetch(platform.url + platformPaths.device(device.counterId, device.kid), {
      method: 'POST',
      headers,
      body: JSON.stringify({ state }),
    })
  ).status
}
const show = async (worker: TestWorker): Promise<Out<'device.show'>> => valueOf(await worker.ask('device.show', {}))
const drain = (worker: TestWorker): Promise<Result<Out<'outbox.drain'>>> => worker.ask('outbox.drain', {})
const budget = async (worker: TestWorker): Promise<string | undefined> =>
  valueOf(await worker.ask('sync.status', {})).budget.lines?.find((line) => line.kind === 'device')?.state
async function deposit(worker: TestWorker): Promise<Result<Out<'receipt.issue'>>> {
  await signedIn(worker)
  const citizen = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' }, reason: 'noCard' }),
  )
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const draft = {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })),
  }
  return worker.ask('receipt.issue', { commandId: v7(), identityId: citizen.identityId, draft })
}
/** Enrolled by a one-time code and approved. */
async function enrol(worker: TestWorker): Promise<string> {
  await signedIn(worker, 'admin')
  const [code = ''] = (await operate('code', 'RAB03-G2')).split('  ')
  const { fingerprint } = valueOf(await worker.ask('device.enrol', { code }))
  expect(await decide(fingerprint, 'approved')).toBe(200)
  return fingerprint
}

test('a code of the operator, a fingerprint that people compare, and then the acts leave; the register remembers it', async () => {
  let worker = machine('one')
  const { number } = valueOf(await deposit(worker))
  // The code of the demonstration is none of this platform.
  expect(await drain(worker)).toMatchObject({ ok: false })
  expect(await drain(worker)).toMatchObject({ fault: { code: 'device.notEnrolled' } })
  expect([(await show(worker)).state, await budget(worker)]).toEqual(['none', 'warn'])
  expect(await worker.ask('device.enrol', { code: 'guess' })).toMatchObject({ fault: { code: 'session.forbidden' } })
  await signedIn(worker, 'admin')
  expect(await worker.ask('device.enrol', { code: 'guessed-code' })).toMatchObject({
    fault: { code: 'device.codeRefused' },
  })

  const [code = ''] = (await operate('code', 'RAB03-G2')).split('  ')
  const asked = valueOf(await worker.ask('device.enrol', { code: code.toLowerCase() }))
  expect(asked).toMatchObject({ state: 'pending', platform: true, keyStore: { wrap: 'passphrase' } })
  expect(await drain(worker)).toMatchObject({ fault: { code: 'device.pending' } })
  expect(await operate('devices')).toContain(`pending   ${asked.fingerprint}`)
  await close(worker)
  worker = await signedIn(machine('one'), 'admin')
  expect((await show(worker)).state).toBe('pending')
  expect(await decide(asked.fingerprint, 'approved')).toBe(200)
  expect(valueOf(await drain(worker))).toMatchObject({ pending: 0, link: 'online' })
  expect([(await show(worker)).state, await budget(worker)]).toEqual(['enrolled', undefined])
  expect(number).toMatch(/000001$/)
})

test('a revoked device is read only at its next contact: acts are kept, a stick still carries them; approved again it goes on', async () => {
  let worker = machine('one')
  const fingerprint = await enrol(worker)
  valueOf(await deposit(worker))
  expect(valueOf(await drain(worker))).toMatchObject({ pending: 0 })
  valueOf(await deposit(worker))
  expect(await decide(fingerprint, 'revoked')).toBe(200)
  await drain(worker)
  expect(valueOf(await worker.ask('app.state', {})).quarantine).toMatchObject({ code: 'device.revoked' })
  expect(await deposit(worker)).toMatchObject({ fault: { code: 'device.revoked' } })
  expect([(await show(worker)).state, await budget(worker)]).toEqual(['revoked', 'over'])
  await close(worker)
  worker = await signedIn(machine('one'))
  expect(valueOf(await worker.ask('app.state', {})).quarantine).toMatchObject({ code: 'device.revoked' })
  expect(valueOf(await worker.ask('home.day', {})).deposits).toHaveLength(2)
  expect((await worker.ask('outbox.export', {})).ok).toBe(true)
  expect(await decide(fingerprint, 'approved')).toBe(200)
  expect(valueOf(await drain(worker))).toMatchObject({ pending: 0 })
  expect(valueOf(await worker.ask('app.state', {}))).not.toHaveProperty('quarantine')
  expect((await deposit(worker)).ok).toBe(true)
  expect(valueOf(await drain(worker))).toMatchObject({ pending: 0, refused: 0 })
})

test('another machine takes the counter over in the next series; the old one is not let back beside it', async () => {
  const lost = machine('lost')
  const old = await enrol(lost)
  const first = valueOf(await deposit(lost)).number
  expect(valueOf(await drain(lost))).toMatchObject({ pending: 0 })
  await close(lost)

  const fresh = machine('fresh')
  await signedIn(fresh, 'admin')
  const [code = ''] = (await operate('code', 'RAB03-G2')).split('  ')
  const { fingerprint } = valueOf(await fresh.ask('device.enrol', { code }))
  expect(await decide(fingerprint, 'approved')).toBe(409)
  expect(await decide(old, 'revoked')).toBe(200)
  expect(await decide(fingerprint, 'approved')).toBe(200)
  await drain(fresh)
  // What the lost machine sent keeps its place; nothing is numbered before somebody has opened the next series.
  expect(await deposit(fresh)).toMatchObject({ fault: { code: 'register.quarantined', values: { lost: 1 } } })
  await signedIn(fresh, 'supervisor')
  expect(valueOf(await fresh.ask('series.renew', { reason: 'poste volé' }))).toEqual({ series: 2 })
  const next = valueOf(await deposit(fresh)).number
  expect([first.endsWith('000001'), next.endsWith('-S2')]).toEqual([true, true])
  expect(valueOf(await drain(fresh))).toMatchObject({ pending: 0, refused: 0 })
  expect(await decide(old, 'approved')).toBe(409)
})

test('a whole folder put back twice, its marks with it, never opens one series a second time', async () => {
  const put = (from: string, to: string): void => {
    rmSync(join(folder.path, to), { recursive: true, force: true })
    cpSync(join(folder.path, from), join(folder.path, to), { recursive: true })
  }
  const first = machine('one')
  await enrol(first)
  const given = [valueOf(await deposit(first)).number]
  expect(valueOf(await drain(first))).toMatchObject({ pending: 0 })
  await close(first)
  put('one', 'copy')
  const ahead = machine('one')
  given.push(valueOf(await deposit(ahead)).number)
  expect(valueOf(await drain(ahead))).toMatchObject({ pending: 0 })
  await close(ahead)

  for (const series of [2, 3]) {
    put('copy', 'one')
    const worker = machine('one')
    // Nothing on this machine tells that it is old: the platform does.
    expect(valueOf(await worker.ask('app.state', {}))).not.toHaveProperty('quarantine')
    await signedIn(worker, 'supervisor')
    await drain(worker)
    expect(valueOf(await worker.ask('app.state', {}))).toHaveProperty('quarantine')
    expect(valueOf(await worker.ask('series.renew', { reason: 'copie ancienne' }))).toEqual({ series })
    given.push(valueOf(await deposit(worker)).number)
    expect(valueOf(await drain(worker))).toMatchObject({ pending: 0, refused: 0 })
    await close(worker)
  }
  expect(new Set(given).size).toBe(4)
})

test('code, token and key are in no file in clear, in no journal, in no answer', async () => {
  const worker = machine('one')
  await signedIn(worker, 'admin')
  const [code = ''] = (await operate('code', 'RAB03-G2')).split('  ')
  const { fingerprint } = valueOf(await worker.ask('device.enrol', { code }))
  await decide(fingerprint, 'approved')
  await drain(worker)
  await signedIn(worker, 'auditor')
  const journal = readFileSync(join(folder.path, valueOf(await worker.ask('journal.export', {})).name), 'utf8')
  expect(journal).toContain('device.codeEntered')
  expect(journal).toContain('device.approved')
  const told = JSON.stringify(worker.events) + journal + JSON.stringify(await show(worker))
  await close(worker)
  const files = readdirSync(join(folder.path, 'one'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  const disk = files.map((one) => readFileSync(join(one.parentPath, one.name), 'latin1')).join('')
  for (const secret of [code, code.replaceAll('-', ''), 'PRIVATE KEY', 'DPoP ', '"d":']) {
    expect(told).not.toContain(secret)
    expect(disk).not.toContain(secret)
  }
})
