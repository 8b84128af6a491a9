import { createHash } from 'node:crypto'
import type { ReadHandle, WriteHandle } from '#electron/worker/store/handle.ts'
import type { Migration } from '#electron/worker/store/migrate.ts'
import { migrations } from '#electron/worker/store/migrations/all.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, valueOf } from './register.ts'

const hash = (of: string): string => createHash('sha256').update(of).digest('hex')
const at = '2026-11-21T09:00:00.000Z'
const numbers = [1, 2, 3]

/**
 * Rows of the first shape, three of each kind: every later step finds them as a counter of that day had them. Acts stand
 * as applied, rejected and pending; the second deposit has a scanned piece; the third waits for paper.
 */
function fillFirstShape(db: WriteHandle): void {
  const office = { code: 'RAB03', counter: 'G2', calendars: ['ma-2026'] }
  db.run(`INSERT INTO settings VALUES ('office', ?), ('calendars', '[{"year":2026}]'), ('link', '{"cursor":"c7"}')`, [
    JSON.stringify(office),
  ])
  db.run(`INSERT INTO counter_keys VALUES ('0123456789abcdef', x'00', ?)`, [at])
  for (const login of ['agent', 'supervisor'])
    db.run(
      `INSERT INTO accounts (login, name, code, roles, language, verifier, valid_until) VALUES (?, 'Spécimen', ?, '["agent"]', 'fr', 'v', ?)`,
      [login, `AG-${login}`, at],
    )
  db.run(`INSERT INTO procedures (code, version, body) VALUES ('P', '2026.1', '{}')`)
  db.run(`INSERT INTO parked_changes (id, body) VALUES (1, '{}')`)
  db.run(`INSERT INTO series VALUES ('requests', 2026, 3)`)
  db.run(`INSERT INTO attachments VALUES (?, 'application/pdf', x'255044462d', ?)`, [hash('file'), at])
  db.run(`INSERT INTO drafts VALUES ('agent', '{"procedure":"P"}', ?)`, [at])
  for (const n of numbers) fillDeposit(db, n)
}

function fillDeposit(db: WriteHandle, n: number): void {
  const number = `2026/RAB03-G2/00000${String(n)}`
  db.run(`INSERT INTO journal VALUES (?, ?, ?, 'AG-014', 'request.deposited', ?, '{}', ?, ?)`, [
    ...[n, at, `h${String(n)}`, `q${String(n)}`],
    ...[hash(`link ${String(n - 1)}`), hash(`link ${String(n)}`)],
  ])
  db.run(
    `INSERT INTO requests (id, command_id, year, sequence, number, deposited_at, day, procedure, procedure_version, draft, complete, last_day, agent, journal_seq)
     VALUES (:q, :c, 2026, :n, :number, '${at}', '2026-11-21', 'P', '2026.1', '{}', 1, '2026-12-06', 'AG-014', :n)`,
    { q: `q${String(n)}`, c: `c${String(n)}`, n, number },
  )
  db.run(`INSERT INTO identities (request_id, kept, source, read_at) VALUES (?, ?, '{"kind":"typed"}', ?)`, [
    ...[
      `q${String(n)}`,
      JSON.stringify({ familyName: `Idrîssi ${String(n)}`, givenNames: 'Omar', documentNumber: 'D1' }),
    ],
    at,
  ])
  const paper = n === 3 ? undefined : Buffer.from(`%PDF-${String(n)}`)
  db.run(`INSERT INTO receipts (id, request_id, facts, seal, pdf, pdf_sha256) VALUES (?, ?, '{}', 'GU1:', ?, ?)`, [
    ...[`r${String(n)}`, `q${String(n)}`, paper ?? null],
    paper === undefined ? null : createHash('sha256').update(paper).digest('hex'),
  ])
  db.run(
    `INSERT INTO print_jobs (id, receipt_id, copy, paper, printer, state, reasons, message, queued_at, ended_at)
     VALUES (?, ?, 0, 'a5', 'Bureau', ?, '[]', '', '${at}', ?)`,
    [`j${String(n)}`, `r${String(n)}`, n === 3 ? 'blocked' : 'printed', n === 3 ? null : at],
  )
  const attachments = n === 2 ? [{ sha256: hash('file'), size: 5 }] : []
  const envelope = JSON.stringify({
    id: `c${String(n)}`,
    seq: n,
    data: { requestId: `q${String(n)}`, number, attachments },
  })
  db.run(
    `INSERT INTO outbox (seq, id, type, number, sha256, envelope, created_at, state, answered_at)
     VALUES (?, ?, 'ma.guichet.request.deposited.v1', ?, ?, ?, '${at}', ?, ?)`,
    [
      ...[n, `c${String(n)}`, number, hash(`act ${String(n)}`), envelope],
      ...[['applied', 'rejected', 'pending'][n - 1] ?? 'pending', n === 3 ? null : at],
    ],
  )
}

/** Rows that later shapes brought, put in when their shape is there. */
const added: Readonly<Record<number, (db: WriteHandle) => void>> = {
  2: (db) => {
    db.run(`INSERT INTO journal VALUES (4, '${at}', 'h4', 'AG-014', 'request.corrected', 'q2', '{}', ?, ?)`, [
      hash('link 3'),
      hash('link 4'),
    ])
    db.run(
      `INSERT INTO outbox (seq, id, type, number, sha256, envelope, created_at) VALUES (4, 'c4', 'ma.guichet.request.corrected.v1', '2026/RAB03-G2/000002', ?, '{"data":{"requestId":"q2"}}', '${at}')`,
      [hash('act 4')],
    )
    db.run(`INSERT INTO repairs VALUES ('c4', 'c2', 'corrected', 'spécimen', 'AG-014', NULL, '{}', '${at}', 4)`)
  },
  6: (db) => {
    db.run(`INSERT INTO journal VALUES (5, '${at}', 'h5', 'CS-002', 'day.closed', 'k1', '{}', ?, ?)`, [
      hash('link 4'),
      hash('link 5'),
    ])
    db.run(`INSERT INTO closings VALUES ('k1', 1, '2026-11-21', 1, '{}', ?, '{}', '${at}', 5, x'2550', ?)`, [
      hash('closing'),
      createHash('sha256').update(Buffer.from('2550', 'hex')).digest('hex'),
    ])
    db.run(`INSERT INTO closing_jobs VALUES ('kj1', 'k1', 0, 'Bureau', NULL, 'queued', '[]', '', '${at}', NULL)`)
  },
  7: (db) => {
    db.run(`INSERT INTO refusals VALUES (2, 'numberTaken', 'number')`)
    db.run(`INSERT INTO reissues VALUES ('i1', 'q2', 1, 'c4', 1, '2026-12-06', '{}', 'GU1:', x'2551', ?)`, [
      createHash('sha256').update(Buffer.from('2551', 'hex')).digest('hex'),
    ])
    db.run(
      `INSERT INTO print_jobs (id, reissue_id, copy, paper, printer, state, reasons, message, queued_at)
       VALUES ('ij1', 'i1', 0, 'a5', 'Bureau', 'unknown', '[]', '', '${at}')`,
    )
  },
}

/**
 * A register of an earlier shape with rows in every table it had, each put in when its shape was new.
 * @param folder where `register.db` is made
 * @param version the shape to stop at
 * @param steps the steps to it; the project's when absent
 */
export function registerOfShape(folder: string, version: number, steps: readonly Migration[] = migrations): Store {
  let store = openTestStore(folder, { migrations: steps.slice(0, 1) })
  for (let shape = 1; ; shape += 1) {
    const fill = shape === 1 ? fillFirstShape : added[shape]
    if (fill !== undefined)
      valueOf(
        store.tx((db) => {
          fill(db)
          return ok(undefined)
        }),
      )
    if (shape === version) return store
    store.close()
    store = openTestStore(folder, { migrations: steps.slice(0, shape + 1) })
  }
}

/** Every row of every table, by table, in the order of the rows' ids. */
export function everyRow(db: ReadHandle): ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]> {
  const tables = db.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
  )
  return new Map(tables.map(({ name }) => [name, db.all(`SELECT * FROM "${name}"`)]))
}
