import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { anOffice } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { WriteHandle } from '../handle.ts'
import type { Store } from '../open.ts'
import { migrations } from './all.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const before = migrations.slice(0, 15)
const upTo = migrations.slice(0, 16)
const open = (steps = upTo): Store => openTestStore(folder.path, { migrations: steps })
const at = (n: number): string => `2026-11-21T09:${String(n).padStart(2, '0')}:00.000Z`
const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const pdf = (of: string): Buffer => Buffer.from(`%PDF-1.7 ${of} \u0000${'é'.repeat(2_000)}`)

const states = ['queued', 'submitting', 'sent', 'printing', 'blocked', 'printed', 'failed', 'unknown'] as const
const columns = 'printer, spooler_job, state, reasons, message, queued_at, ended_at'
const job = (n: number, state: string): readonly (string | null)[] => [
  `P${String(n)}`,
  ['sent', 'printing', 'printed'].includes(state) ? `s-${String(n)}` : null,
  state,
  state === 'blocked' ? '["media-empty"]' : '[]',
  state === 'failed' ? 'bourrage' : '',
  at(n),
  ['printed', 'failed', 'unknown'].includes(state) ? at(n + 1) : null,
]

/** Journal links, a sheet, and one request a number, each with its act. */
function fillGround(db: WriteHandle, requests: number): void {
  db.run(`INSERT INTO procedures (code, version, body) VALUES ('P', '2026.1', '{}')`)
  for (let seq = 1; seq <= 40; seq += 1) {
    db.run(`INSERT INTO journal VALUES (?, ?, 'h', 'a', 'k', 's', '{}', ?, ?)`, [
      seq,
      at(0),
      hash(`p${String(seq)}`),
      hash(`l${String(seq)}`),
    ])
    db.run(`INSERT INTO outbox (seq, id, type, sha256, created_at) VALUES (?, ?, 't', ?, ?)`, [
      seq,
      `act${String(seq)}`,
      hash('act'),
      at(0),
    ])
  }
  for (let n = 1; n <= requests; n += 1) {
    db.run(
      `INSERT INTO requests (id, command_id, year, sequence, number, deposited_at, day, procedure, procedure_version, draft, complete, last_day, agent, journal_seq, wiped_at)
      VALUES (?, ?, 2026, ?, ?, ?, '2026-11-21', 'P', '2026.1', '{}', 1, '2026-12-06', 'AG-014', ?, ?)`,
      [`q${String(n)}`, `act${String(n)}`, n, `2026/RAB03-G2/00000${String(n)}`, at(n), n, n === 4 ? at(50) : null],
    )
  }
}

/**
 * Four deposits (with and without bytes, one wiped), two corrections of the first and one of the fourth, two closings
 * of one day and one of another, print jobs in every state of each kind.
 */
function fillPapers(db: WriteHandle): void {
  const keep = (of: string, made: boolean): readonly [Buffer | null, string | null] =>
    made ? [pdf(of), createHash('sha256').update(pdf(of)).digest('hex')] : [null, null]
  for (const [n, made, seal] of [
    [1, true, 'GU1:one'],
    [2, false, 'GU1:two'],
    [3, true, 'GU1:three'],
    [4, false, ''],
  ] as const) {
    db.run('INSERT INTO receipts (id, request_id, facts, seal, pdf, pdf_sha256) VALUES (?, ?, ?, ?, ?, ?)', [
      `r${String(n)}`,
      `q${String(n)}`,
      `{"n":${String(n)},"ar":"وصل"}`,
      seal,
      ...keep(`r${String(n)}`, made),
    ])
  }
  for (const [id, request, rank, act, seal] of [
    ['c1', 'q1', 1, 21, 'GU1:c1'],
    ['c2', 'q1', 2, 22, 'GU1:c2'],
    ['c4', 'q4', 1, 23, ''],
  ] as const) {
    db.run(
      `INSERT INTO repairs (command_id, act_id, kind, reason, agent, at, journal_seq) VALUES (?, ?, 'corrected', 'r', 'a', ?, ?)`,
      [`act${String(act)}`, `act${request.slice(1)}`, at(act), act],
    )
    db.run(
      'INSERT INTO reissues (id, request_id, rank, command_id, complete, last_day, facts, seal, pdf, pdf_sha256) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)',
      [
        id,
        request,
        rank,
        `act${String(act)}`,
        '2026-12-20',
        `{"rank":${String(rank)}}`,
        seal,
        ...keep(id, id === 'c1'),
      ],
    )
  }
  for (const [id, position, day, ordinal, made] of [
    ['d1', 1, '2026-11-20', 1, true],
    ['d2', 2, '2026-11-21', 1, false],
    ['d3', 3, '2026-11-21', 2, true],
  ] as const) {
    db.run(
      'INSERT INTO closings (id, position, day, ordinal, facts, hash, anchor, closed_at, journal_seq, pdf, pdf_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [
        id,
        position,
        day,
        ordinal,
        `{"day":"${day}","b":1,"a":[1.0,2e3]}`,
        hash(id),
        '{"seq":1}',
        at(30 + position),
        30 + position,
        ...keep(id, made),
      ],
    )
  }
  db.run(
    `INSERT INTO reopenings (command_id, closing_id, reason, agent, witness, at, journal_seq) VALUES ('act35', 'd2', 'r', 'a', 'b', ?, 35)`,
    [at(35)],
  )
  const values = (fixed: number): string => `VALUES (${'?, '.repeat(fixed)}?, ?, ?, ?, ?, ?, ?)`
  states.forEach((state, n) => {
    const mark = n === 0 ? null : JSON.stringify({ copy: n, at: at(n), by: 'a', reason: 'perdu' })
    db.run(`INSERT INTO print_jobs (id, receipt_id, copy, mark, paper, ${columns}) ${values(5)}`, [
      `jr${String(n)}`,
      'r1',
      n,
      mark,
      'a5',
      ...job(2 * n, state),
    ])
    db.run(`INSERT INTO closing_jobs (id, closing_id, copy, ${columns}) ${values(3)}`, [
      `jd${String(n)}`,
      'd1',
      n,
      ...job(2 * n + 1, state),
    ])
  })
  db.run(`INSERT INTO print_jobs (id, reissue_id, copy, mark, paper, ${columns}) ${values(5)}`, [
    'jc0',
    'c1',
    0,
    null,
    'a5',
    ...job(40, 'printed'),
  ])
  db.run(`INSERT INTO settings (key, value) VALUES ('office', ?), ('printer', '"Bureau é"')`, [
    JSON.stringify(anOffice),
  ])
}

const filled = (): void => {
  const store = open(before)
  valueOf(
    store.tx((db) => {
      fillGround(db, 4)
      fillPapers(db)
      return ok(undefined)
    }),
  )
  store.close()
}

const receiptsBefore = `SELECT id, request_id AS subject, 0 AS rank, facts, seal, pdf, pdf_sha256 AS file_sha256 FROM receipts
  UNION ALL SELECT id, request_id, rank, facts, seal, pdf, pdf_sha256 FROM reissues ORDER BY id`
const jobsBefore = `SELECT id, coalesce(receipt_id, reissue_id) AS paper_id, copy, mark, paper AS medium, ${columns} FROM print_jobs
  UNION ALL SELECT id, closing_id, copy, NULL, 'a4', ${columns} FROM closing_jobs ORDER BY queued_at, id`
const closingsBefore =
  'SELECT id, position, day, ordinal, facts, hash, anchor, closed_at, journal_seq FROM closings ORDER BY position'

test('every paper keeps its id, its facts, its seal, its bytes and their hash; every job its copy, its state and its place', () => {
  filled()
  const old = open(before)
  const [receipts, jobs, closings, reopenings] = [
    old.db.all(receiptsBefore),
    old.db.all(jobsBefore),
    old.db.all<{ id: string; facts: string }>(closingsBefore),
    old.db.all('SELECT * FROM reopenings'),
  ]
  const statements = old.db.all('SELECT id, pdf, pdf_sha256 AS file_sha256 FROM closings ORDER BY id')
  old.close()
  expect([receipts.length, jobs.length, closings.length, reopenings.length]).toEqual([7, 17, 3, 1])

  const after = open()
  const { db } = after
  expect(
    db.all(
      `SELECT id, subject, rank, facts, seal, bytes AS pdf, file_sha256 FROM papers LEFT JOIN staged_files s ON s.sha256 = file_sha256 WHERE kind = 'receipt' ORDER BY id`,
    ),
  ).toEqual(receipts)
  expect(db.all(`SELECT id, paper_id, copy, mark, medium, ${columns} FROM print_jobs ORDER BY queued_at, id`)).toEqual(
    jobs,
  )
  expect(db.all(closingsBefore)).toEqual(closings)
  expect(db.all('SELECT * FROM reopenings')).toEqual(reopenings)
  expect(
    db.all(
      `SELECT id, bytes AS pdf, file_sha256 FROM papers LEFT JOIN staged_files s ON s.sha256 = file_sha256 WHERE kind = 'closing' ORDER BY id`,
    ),
  ).toEqual(statements)
  for (const { id, facts } of closings) {
    const paper = db.get<{ facts: string }>('SELECT facts FROM papers WHERE id = ?', [id])
    expect(JSON.parse(paper?.facts ?? '')).toEqual({
      facts: JSON.parse(facts),
      hash: hash(id),
      anchor: { seq: 1 },
      authority: anOffice.authority,
      office: anOffice.name,
    })
  }
  expect(
    db.all('SELECT id, number, rank, replaces, size, made_at, template, wiped_at FROM papers ORDER BY id'),
  ).toMatchObject([
    { id: 'c1', number: '2026/RAB03-G2/000001', rank: 1, replaces: 'r1', size: 'a5', made_at: at(21), wiped_at: null },
    { id: 'c2', number: '2026/RAB03-G2/000001', rank: 2, replaces: 'c1', made_at: at(22) },
    { id: 'c4', rank: 1, replaces: 'r4', wiped_at: at(50) },
    { id: 'd1', number: '2026-11-20', rank: 0, replaces: null, size: 'a4', made_at: at(31), wiped_at: null },
    { id: 'd2', number: '2026-11-21', rank: 0 },
    { id: 'd3', number: '2026-11-21', rank: 1 },
    { id: 'r1', number: '2026/RAB03-G2/000001', rank: 0, replaces: null, size: 'a5', made_at: at(1), template: null },
    { id: 'r2', wiped_at: null },
    { id: 'r3', wiped_at: null },
    { id: 'r4', wiped_at: at(50) },
  ])
  expect(db.all('SELECT id, request_id, rank, command_id, complete, last_day FROM reissues ORDER BY id')).toEqual([
    { id: 'c1', request_id: 'q1', rank: 1, command_id: 'act21', complete: 0, last_day: '2026-12-20' },
    { id: 'c2', request_id: 'q1', rank: 2, command_id: 'act22', complete: 0, last_day: '2026-12-20' },
    { id: 'c4', request_id: 'q4', rank: 1, command_id: 'act23', complete: 0, last_day: '2026-12-20' },
  ])
  expect(db.all(`SELECT key, value FROM settings WHERE key LIKE 'printer%'`)).toEqual([
    { key: 'printers', value: '{"a4":"Bureau é","a5":"Bureau é"}' },
  ])
  expect([after.check(), db.all('PRAGMA foreign_key_check')]).toEqual([[], []])
  after.close()
})

test('an empty register, and one without a printer, come through', () => {
  open(before).close()
  const store = open()
  expect(store.db.all(`SELECT key FROM settings WHERE key LIKE 'printer%'`)).toEqual([])
  store.close()
})

test('a power cut at any statement leaves the register of before, and the next start brings it over whole', () => {
  filled()
  const old = open(before)
  const receipts = old.db.all(receiptsBefore)
  old.close()
  const step = migrations[15]
  if (step === undefined) throw new Error('no such step')
  // Statements end with a semicolon at the end of a line; those inside a trigger do not.
  const statements = step.sql.split(/(?<=;)\n/u)
  expect(statements.length).toBeGreaterThan(30)
  for (let cut = 1; cut <= statements.length; cut += 1) {
    const broken = { ...step, sql: `${statements.slice(0, cut).join('\n')}\nSELECT cut_here();` }
    expect(() => open([...before, broken])).toThrow(/cut_here/)
  }
  const still = open(before)
  expect(still.db.all(receiptsBefore)).toEqual(receipts)
  expect(still.db.get<{ n: number }>(`SELECT count(*) AS n FROM sqlite_schema WHERE name = 'papers'`)?.n).toBe(0)
  still.close()
  const after = open()
  expect(after.db.get<{ n: number }>('SELECT count(*) AS n FROM papers')?.n).toBe(10)
  after.close()
})

const fresh = (): Store => {
  filled()
  return open()
}
const change = (store: Store, sql: string): void => {
  valueOf(store.tx((db) => ok(db.run(sql))))
}

test.each([
  ['its id', `UPDATE papers SET id = 'x' WHERE id = 'r3'`],
  ['its kind', `UPDATE papers SET kind = 'x' WHERE id = 'r3'`],
  ['its subject', `UPDATE papers SET subject = 'q2' WHERE id = 'c2'`],
  ['its number', `UPDATE papers SET number = 'x' WHERE id = 'r2'`],
  ['its rank', `UPDATE papers SET rank = 9 WHERE id = 'c2'`],
  ['what it replaces', `UPDATE papers SET replaces = NULL WHERE id = 'c2'`],
  ['its facts', `UPDATE papers SET facts = '{}' WHERE id = 'r2'`],
  ['its seal', `UPDATE papers SET seal = 'x' WHERE id = 'r2'`],
  ['its size', `UPDATE papers SET size = 'a4' WHERE id = 'r2'`],
  ['its date', `UPDATE papers SET made_at = 'x' WHERE id = 'r2'`],
  ['its hash', `UPDATE papers SET file_sha256 = '${'a'.repeat(64)}' WHERE id = 'r1'`],
  ['the wording that it was made with', `UPDATE papers SET template = '2099.1' WHERE id = 'r1'`],
  [
    'facts together with its first bytes',
    `UPDATE papers SET facts = '{}', file_sha256 = '${'a'.repeat(64)}' WHERE id = 'r2'`,
  ],
  ['bytes that are dropped', `UPDATE papers SET file_sha256 = NULL WHERE id = 'r1'`],
  [
    'a person who is still held',
    `UPDATE papers SET facts = '{}', seal = '', file_sha256 = NULL, wiped_at = 'x' WHERE id = 'r1'`,
  ],
  ['what was wiped', `UPDATE papers SET facts = '{"back":1}' WHERE id = 'r4'`],
  ['bytes of what was wiped', `UPDATE papers SET file_sha256 = '${'a'.repeat(64)}' WHERE id = 'r4'`],
])('a paper never changes: %s', (_, sql) => {
  const store = fresh()
  expect(() => {
    change(store, sql)
  }).toThrow(/a paper never changes/)
  store.close()
})

test('a paper takes its bytes once and is wiped with its request; nothing of it is dropped', () => {
  const store = fresh()
  change(store, `INSERT INTO files (sha256, size, added_at) VALUES ('${'b'.repeat(64)}', 1, 'x')`)
  change(store, `UPDATE papers SET file_sha256 = '${'b'.repeat(64)}', template = '2026.1' WHERE id = 'r2'`)
  change(store, `UPDATE requests SET wiped_at = 'now' WHERE id = 'q1'`)
  change(store, `UPDATE papers SET facts = '{}', seal = '', file_sha256 = NULL, wiped_at = 'now' WHERE id = 'r1'`)
  for (const table of ['papers', 'reissues', 'closings'])
    expect(() => {
      change(store, `DELETE FROM ${table}`)
    }).toThrow(/nothing is dropped/)
  for (const [of, copy] of [
    ['nobody', 0],
    ['r1', 0],
  ])
    expect(() => {
      change(
        store,
        `INSERT INTO print_jobs (id, paper_id, copy, medium, printer, state, reasons, message, queued_at) VALUES ('x', '${String(of)}', ${String(copy)}, 'a5', '', 'queued', '[]', '', 'x')`,
      )
    }).toThrow(/constraint/i)
  store.close()
})
