import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { In, Out } from '#shared/contract/calls.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import type { CounterId } from '#shared/ids.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { visualLines } from './pdfTools.ts'

let postgres: Postgres
let platform: RunningPlatform
let database: pg.Client
let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker

beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({ databaseUrl: postgres.url, log: () => undefined })
  database = new pg.Client({ connectionString: postgres.url })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await platform.close()
  await postgres.stop()
})
beforeEach(async () => {
  folder = temporaryFolder()
  const { rows } = await database.query<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE column_name = 'counter_id'`,
  )
  await database.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`)
  worker = await signedIn(
    startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), { platformUrl: platform.url }),
  )
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})

/** A draft of the first sheet, or of the first that asks for a stamp. */
const draftOf = async (
  stamped = false,
): Promise<{
  procedure: string
  procedureVersion: string
  pieces: { code: string; state: 'received' }[]
}> => {
  const sheet = (await sheetsOf(worker)).find(({ fee }) => !stamped || fee.centimes > 0)
  if (sheet === undefined) throw new Error('no sheet')
  return {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map(({ code }) => ({ code, state: 'received' })),
  }
}
const deposit = async (draft?: In<'receipt.issue'>['draft']): Promise<DepositView> => {
  const { identityId } = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Leïla' }, reason: 'noCard' }),
  )
  return valueOf(await worker.ask('receipt.issue', { commandId: v7(), identityId, draft: draft ?? (await draftOf()) }))
}
/** The papers of a number, newest first, once none waits any more. */
const printed = async (number: string): Promise<Out<'print.list'>['jobs']> => {
  for (;;) {
    const jobs = valueOf(await worker.ask('print.list', {})).jobs.filter((job) => job.number === number)
    if (jobs.every((job) => job.state === 'printed')) return jobs
    await new Promise((later) => setTimeout(later, 50))
  }
}
const drain = async (): Promise<Out<'outbox.drain'>> => valueOf(await worker.ask('outbox.drain', {}))
const corrections = async (): Promise<Out<'correction.list'>['corrections']> =>
  valueOf(await worker.ask('correction.list', {})).corrections

/** A deposit whose number the platform gave to somebody else. */
async function refused(): Promise<DepositView> {
  await drain()
  const {
    rows: [state],
  } = await database.query<{ last_seq: string }>('SELECT last_seq FROM counter_state')
  const next = `${String(new Date().getFullYear())}/RAB03-G2/${String(Number(state?.last_seq ?? 0) + 1).padStart(6, '0')}`
  await database.query(
    `INSERT INTO deposit (counter_id, number, request_id, procedure_code, complete, seq) VALUES ('RAB03-G2', $1, $2, 'X', true, 0)`,
    [next, v7()],
  )
  const made = await deposit()
  await drain()
  return made
}
const free = (number: string): Promise<unknown> =>
  database.query('DELETE FROM deposit WHERE number = $1 AND seq = 0', [number])
const second = { login: 'agent', password: 'guichet-demo' }

test('a refused act is listed with its reason in words, keeps its place, and is put right by a new act', async () => {
  const made = await refused()
  const after = await deposit()
  expect(await drain()).toMatchObject({ pending: 0, refused: 1 })
  const [line] = await corrections()
  expect(line).toMatchObject({
    act: { seq: 1, number: made.number, state: 'rejected' },
    why: { code: 'act.numberTaken', detail: `${made.number} was given before` },
    repairs: [],
    deposit: { number: made.number },
  })
  await free(made.number)
  const order = {
    commandId: v7(),
    act: line?.act.id ?? '',
    reason: 'numéro libéré par le centre',
    draft: { ...(await draftOf()), note: 'complété' },
  }
  const corrected = valueOf(await worker.ask('correction.correct', order))
  expect(corrected).toMatchObject({
    repairs: [{ kind: 'corrected', agent: 'AG-014', seq: 3, state: 'pending' }],
    draft: { note: 'complété' },
  })
  expect(valueOf(await worker.ask('correction.correct', order)).repairs.map(({ id }) => id)).toEqual([order.commandId])
  // Waiting, or applied already: another one is not taken either way.
  expect(await worker.ask('correction.correct', { ...order, commandId: v7() })).toMatchObject({
    fault: { code: expect.stringMatching(/^correction\.(waiting|notNeeded)$/) as string },
  })
  expect(await drain()).toMatchObject({ pending: 0, refused: 0 })
  expect(await corrections()).toEqual([])
  expect(await worker.ask('correction.correct', { ...order, commandId: v7() })).toMatchObject({
    fault: { code: 'correction.notNeeded' },
  })
  const { rows } = await database.query('SELECT seq::int, type, status FROM command ORDER BY seq')
  expect(rows.map((row: { status: string }) => row.status)).toEqual(['rejected', 'applied', 'applied'])
  expect((await database.query('SELECT standing FROM deposit WHERE number = $1', [made.number])).rows).toEqual([
    { standing: 'corrected' },
  ])
  expect(valueOf(await worker.ask('home.day', {})).deposits.map(({ number, standing }) => [number, standing])).toEqual([
    [after.number, undefined],
    [made.number, 'corrected'],
  ])
})

test('a correction that changes the paper hands out a corrected receipt that names the one before, under the same number, sealed and printed', async () => {
  const stamped = async (stampNumber: string): Promise<In<'receipt.issue'>['draft']> => ({
    ...(await draftOf(true)),
    fee: { centimes: 200, stampNumber },
  })
  await deposit(await stamped('T-1'))
  const made = await deposit(await stamped('T-1'))
  expect(await drain()).toMatchObject({ pending: 0, refused: 1 })
  const [line] = await corrections()
  expect(line).toMatchObject({
    act: { number: made.number, refusal: { code: 'stampUsed', field: 'fee.stampNumber' } },
    why: { code: 'act.stampUsed', detail: 'stamp T-1 was used before' },
  })
  expect(line).toMatchObject({
    sheet: { code: (await draftOf(true)).procedure },
    draft: { fee: { stampNumber: 'T-1' } },
    citizen: { familyName: 'SPÉCIMEN', givenNames: 'Leïla' },
  })
  const order = { commandId: v7(), act: line?.act.id ?? '', reason: 'timbre mal lu', draft: await stamped('T-2') }
  const [again] = valueOf(await worker.ask('correction.correct', order)).repairs
  expect(again?.receiptId).toBeDefined()
  expect(again?.receiptId).not.toBe(made.receiptId)
  expect(await drain()).toMatchObject({ pending: 0, refused: 0 })

  const paper = valueOf(await worker.ask('receipt.pdf', { receiptId: again?.receiptId ?? made.receiptId }))
  const { deposit: standing, claims } = valueOf(await worker.ask('receipt.check', { seal: paper.seal }))
  expect([claims.number, standing?.receiptId, standing?.standing]).toEqual([made.number, again?.receiptId, 'corrected'])
  writeFileSync(join(folder.path, 'corrected.pdf'), paper.pdf)
  const words = (await visualLines(join(folder.path, 'corrected.pdf'))).flat().join(' ')
  for (const said of ['rectificatif', 'remplace', 'T-2', made.number]) expect(words).toContain(said)
  const first = valueOf(await worker.ask('receipt.pdf', { receiptId: made.receiptId }))
  expect(valueOf(await worker.ask('receipt.check', { seal: first.seal })).superseded).toBe(true)
  expect(valueOf(await worker.ask('receipt.check', { seal: paper.seal })).superseded).toBe(false)

  const jobs = await printed(made.number)
  expect(jobs.map(({ paperId, copy }) => [paperId, copy])).toEqual([
    [again?.receiptId, 0],
    [made.receiptId, 0],
  ])
  const home = valueOf(await worker.ask('home.day', {})).deposits.find(({ number }) => number === made.number)
  expect([home?.receiptId, home?.printJobId]).toEqual([again?.receiptId, jobs[0]?.printJobId])
  const duplicate = valueOf(
    await worker.ask('receipt.reprint', { receiptId: again?.receiptId ?? made.receiptId, reason: 'perdu' }),
  )
  expect([duplicate.copy, duplicate.number]).toEqual([1, made.number])
  const { rows } = await database.query<{ envelope: string }>('SELECT envelope FROM command ORDER BY seq DESC LIMIT 1')
  const sent = JSON.parse(rows[0]?.envelope ?? '{}') as {
    data: { receiptId: string; receipt: { seal: string; replaces: string } }
  }
  expect(sent.data).toMatchObject({
    receiptId: again?.receiptId,
    receipt: { seal: paper.seal, replaces: made.receiptId },
  })
})

test('a correction of what no paper says prints nothing; a cancellation prints nothing and keeps its number in the register', async () => {
  const made = await refused()
  await free(made.number)
  const [line] = await corrections()
  const corrected = valueOf(
    await worker.ask('correction.correct', {
      commandId: v7(),
      act: line?.act.id ?? '',
      reason: 'note oubliée',
      draft: { ...(await draftOf()), note: 'vu sur place' },
    }),
  )
  expect(corrected.repairs).toMatchObject([{ kind: 'corrected' }])
  expect(corrected.repairs[0]?.receiptId).toBeUndefined()
  await drain()
  await signedIn(worker, 'supervisor')
  const act = valueOf(await worker.ask('correction.find', { number: made.number })).act.id
  valueOf(await worker.ask('correction.cancel', { commandId: v7(), act, reason: 'déposé deux fois', second }))
  await drain()
  expect((await printed(made.number)).map(({ copy }) => copy)).toEqual([0])
  const found = valueOf(await worker.ask('correction.find', { number: made.number }))
  expect([found.deposit?.standing, found.repairs.map((one) => one.kind)]).toEqual([
    'cancelled',
    ['corrected', 'cancelled'],
  ])
  expect(valueOf(await worker.ask('correction.list', {})).repaired.map((one) => one.act.number)).toEqual([made.number])
})

test('a correction that is refused too leaves the act on the desk, with both reasons', async () => {
  await refused()
  const [line] = await corrections()
  const order = { act: line?.act.id ?? '', reason: 'nouvel essai', draft: await draftOf() }
  valueOf(await worker.ask('correction.correct', { ...order, commandId: v7() }))
  expect(await drain()).toMatchObject({ refused: 1 })
  expect(await corrections()).toMatchObject([{ repairs: [{ state: 'rejected', code: 'numberTaken' }] }])
  expect((await worker.ask('correction.correct', { ...order, commandId: v7() })).ok).toBe(true)
})

test('a number is cancelled by two different people who may, both named in the journal', async () => {
  const made = await deposit()
  const act = valueOf(await worker.ask('outbox.list', {})).items[0]?.id ?? ''
  const order = { commandId: v7(), act, reason: 'déposé deux fois', second }
  expect(await worker.ask('correction.cancel', order)).toMatchObject({ fault: { code: 'session.forbidden' } })
  await signedIn(worker, 'supervisor')
  for (const [login, password, code] of [
    ['supervisor', 'guichet-demo', 'witness.samePerson'],
    ['clerk', 'guichet-demo', 'witness.notAllowed'],
    ['agent', 'wrong', 'session.badCredentials'],
  ] as const) {
    expect(await worker.ask('correction.cancel', { ...order, second: { login, password } })).toMatchObject({
      fault: { code },
    })
  }
  expect(valueOf(await worker.ask('correction.cancel', order)).repairs).toMatchObject([
    { kind: 'cancelled', agent: 'CS-002', witness: 'AG-014' },
  ])
  await drain()
  expect(await worker.ask('correction.cancel', { ...order, commandId: v7() })).toMatchObject({
    fault: { code: 'correction.notNeeded' },
  })
  expect(valueOf(await worker.ask('home.day', {})).deposits).toMatchObject([
    { number: made.number, standing: 'cancelled' },
  ])
  expect((await deposit()).number).toMatch(/000002$/)
  expect((await database.query('SELECT number, standing FROM deposit')).rows).toEqual([
    { number: made.number, standing: 'cancelled' },
  ])
  await worker.close()
  const store = openTestStore(folder.path)
  expect(
    store.db.all(
      `SELECT actor, json_extract(body, '$.witness') AS witness FROM journal WHERE kind = 'request.cancelled'`,
    ),
  ).toEqual([{ actor: 'CS-002', witness: 'AG-014' }])
  expect(verifyJournal('RAB03-G2' as CounterId, journalLinks(store.db)).ok).toBe(true)
  expect(() =>
    store.tx((db) => {
      db.run('DELETE FROM repairs')
      return { ok: true, value: undefined }
    }),
  ).toThrow(/nothing is dropped/)
  store.close()
})

test('a supervisor and a second person let a refused act stand', async () => {
  const made = await refused()
  await free(made.number)
  const [line] = await corrections()
  await signedIn(worker, 'supervisor')
  valueOf(
    await worker.ask('correction.override', {
      commandId: v7(),
      act: line?.act.id ?? '',
      reason: 'accord écrit du centre',
      second,
    }),
  )
  expect(await drain()).toMatchObject({ pending: 0, refused: 0 })
  expect((await database.query('SELECT standing FROM deposit WHERE number = $1', [made.number])).rows).toEqual([
    { standing: 'overridden' },
  ])
})

test('a complement reaches the platform once and completes its file there; so does a correction of what stands', async () => {
  const whole = await draftOf()
  const [code = ''] = whole.pieces.map((piece) => piece.code)
  const lacking = { ...whole, pieces: whole.pieces.filter((piece) => piece.code !== code) }
  const made = await deposit(lacking)
  const standing = async (): Promise<unknown> =>
    (await database.query('SELECT complete, standing FROM deposit WHERE number = $1', [made.number])).rows
  await drain()
  expect(await standing()).toEqual([{ complete: false, standing: 'deposited' }])
  const order = { commandId: v7(), number: made.number, pieces: [{ code, attachments: [] }] }
  const after = valueOf(await worker.ask('complement.issue', order))
  expect(after).toMatchObject({ number: made.number, complete: true, complemented: true })
  expect(await drain()).toMatchObject({ pending: 0, refused: 0 })
  expect(valueOf(await worker.ask('complement.issue', order))).toEqual(after)
  expect(await standing()).toEqual([{ complete: true, standing: 'deposited' }])
  expect((await database.query('SELECT seq FROM complement')).rows).toHaveLength(1)
  const [paper] = await printed(made.number)
  expect(paper).toMatchObject({ paperId: after.receiptId, rank: 1 })
  const pdf = valueOf(await worker.ask('receipt.pdf', { receiptId: after.receiptId }))
  const file = join(folder.path, 'complement.pdf')
  writeFileSync(file, pdf.pdf)
  const lines = (await visualLines(file)).map((line) => line.join(' ')).join('\n')
  expect(lines).toContain('Récépissé de complément')
  expect(lines).toContain('Pièces reçues en complément |1|')
  expect(valueOf(await worker.ask('receipt.check', { seal: pdf.seal }))).toMatchObject({
    claims: { number: made.number, complete: true, lastDay: after.lastDay },
    superseded: false,
  })

  // Nothing was refused: his own of today.
  const { act, draft } = valueOf(await worker.ask('correction.find', { number: made.number }))
  const corrected = valueOf(
    await worker.ask('correction.correct', {
      commandId: v7(),
      act: act.id,
      reason: 'pour le compte d’une société',
      draft: { ...(draft ?? whole), capacity: 'representative', represented: 'Société Atlas' },
    }),
  )
  expect(corrected.deposit).toMatchObject({ complete: true, lastDay: after.lastDay, complemented: true })
  expect(await drain()).toMatchObject({ pending: 0, refused: 0 })
  expect(await standing()).toEqual([{ complete: true, standing: 'corrected' }])
})
