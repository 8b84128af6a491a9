import { expect, test } from 'vitest'
import { ok, type Result } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { migrations } from './all.ts'

test('acts of before keep their envelopes; one that was answered may be wiped once, and nothing else changes', () => {
  const folder = temporaryFolder()
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, 12) })
  const rows = [
    [1, 'applied', '2026-11-21T10:00:00Z'],
    [2, 'applied', null],
    [3, 'pending', null],
  ] as const
  valueOf(
    before.tx((db) => {
      for (const [seq, state, wiped] of rows) {
        db.run(
          `INSERT INTO outbox (seq, id, type, number, sha256, envelope, created_at, state, wiped_at) VALUES (?, ?, 't', 'n', '${'0'.repeat(64)}', ?, '2026-11-21T09:00:00Z', ?, ?)`,
          [seq, `id ${String(seq)}`, `{"data":{"requestId":"q${String(seq)}"}}`, state, wiped],
        )
      }
      db.run(`INSERT INTO refusals (seq, code) VALUES (2, 'refused')`)
      return ok(undefined)
    }),
  )
  before.close()
  const after = openTestStore(folder.path)
  const kept = after.db.all(
    'SELECT seq, id, state, request_id, envelope, wiped_at FROM outbox JOIN envelopes USING (seq) ORDER BY seq',
  )
  expect(kept).toEqual(
    rows.map(([seq, state, wiped_at]) => ({
      seq,
      id: `id ${String(seq)}`,
      state,
      request_id: `q${String(seq)}`,
      envelope: `{"data":{"requestId":"q${String(seq)}"}}`,
      wiped_at,
    })),
  )
  const run = (sql: string) => (): Result<unknown> => after.tx((db) => ok(db.run(sql)))
  const wipe = (seq: number): string => `UPDATE envelopes SET envelope = '{}' WHERE seq = ${String(seq)}`
  const mark = (seq: number): string => `UPDATE outbox SET wiped_at = '2026-11-22T10:00:00Z' WHERE seq = ${String(seq)}`
  valueOf(run(wipe(2))())
  valueOf(run(mark(2))())
  for (const seq of [1, 2, 3]) for (const change of [wipe, mark]) expect(run(change(seq))).toThrow('never changes')
  expect(run(`UPDATE outbox SET number = 'm' WHERE seq = 2`)).toThrow('never changes')
  expect(run('DELETE FROM envelopes WHERE seq = 2')).toThrow('nothing is dropped')
  after.close()
  folder.remove()
})
