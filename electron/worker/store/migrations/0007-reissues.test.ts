import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { migrations } from './all.ts'

test('print jobs of before keep their receipt, their copies and their ends; a job without a paper is refused', () => {
  const folder = temporaryFolder()
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, 6) })
  valueOf(
    before.tx((db) => {
      db.run(
        `INSERT INTO journal VALUES (1, '2026-11-21T09:00:00Z', 'h', 'a', 'k', 's', '{}', '${'0'.repeat(64)}', '${'1'.repeat(64)}')`,
      )
      db.run(`INSERT INTO procedures (code, version, body) VALUES ('P', '2026.1', '{}')`)
      db.run(`INSERT INTO requests (id, command_id, year, sequence, number, deposited_at, day, procedure, procedure_version, draft, complete, last_day, agent, journal_seq)
      VALUES ('q', 'c', 2026, 1, '2026/RAB03-G2/000001', '2026-11-21T09:00:00Z', '2026-11-21', 'P', '2026.1', '{}', 1, '2026-12-06', 'AG-014', 1)`)
      db.run(`INSERT INTO receipts (id, request_id, facts, seal) VALUES ('r', 'q', '{}', 'GU1:')`)
      for (const [id, copy, mark] of [
        ['j0', 0, null],
        ['j1', 1, '{"copy":1}'],
      ] as const) {
        db.run(
          `INSERT INTO print_jobs (id, receipt_id, copy, mark, paper, printer, state, reasons, message, queued_at, ended_at)
        VALUES (?, 'r', ?, ?, 'a5', 'Bureau', 'printed', '[]', '', '2026-11-21T09:00:00Z', '2026-11-21T09:00:09Z')`,
          [id, copy, mark],
        )
      }
      return ok(undefined)
    }),
  )
  const kept = before.db.all(
    'SELECT id, receipt_id, copy, mark, paper, printer, spooler_job, state, reasons, message, queued_at, ended_at FROM print_jobs ORDER BY id',
  )
  before.close()
  const after = openTestStore(folder.path, { migrations: migrations.slice(0, 7) })
  expect(
    after.db.all(
      'SELECT id, receipt_id, copy, mark, paper, printer, spooler_job, state, reasons, message, queued_at, ended_at FROM print_jobs ORDER BY id',
    ),
  ).toEqual(kept)
  const job = (of: string): unknown =>
    after.tx((db) => {
      db.run(
        `INSERT INTO print_jobs (id, receipt_id, reissue_id, copy, paper, printer, state, reasons, message, queued_at)
      VALUES ('x', (SELECT id FROM receipts WHERE id = :of), (SELECT id FROM reissues WHERE id = :of), 0, 'a5', '', 'queued', '[]', '', '2026-11-21T09:00:00Z')`,
        { of },
      )
      return ok(undefined)
    })
  for (const wrong of ['nobody', 'r']) expect(() => job(wrong)).toThrow(/constraint/i)
  after.close()
  folder.remove()
})
