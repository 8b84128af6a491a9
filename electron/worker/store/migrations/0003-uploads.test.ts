import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { aCommand, sha256Of } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { migrations } from './all.ts'

test('files of acts that were queued before wait for their upload, each once, under the act that brought it', () => {
  const folder = temporaryFolder()
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, 2) })
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)]
  valueOf(
    before.tx((db) => {
      for (const sha256 of [one, other, 'c'.repeat(64)])
        db.run(
          `INSERT INTO attachments (sha256, mime, bytes, added_at) VALUES (?, 'application/pdf', x'00', '2026-11-21T09:00:00Z')`,
          [sha256],
        )
      for (const [seq, files] of [
        [1, []],
        [2, [one]],
        [3, [other, one]],
      ] as const) {
        const data = { ...aCommand(seq).data, attachments: files.map((sha256) => ({ sha256, size: 1 })) }
        const act = aCommand(seq, { data, sha256: sha256Of(data) })
        db.run(
          'INSERT INTO outbox (seq, id, type, number, sha256, envelope, created_at) VALUES (?, ?, ?, NULL, ?, ?, ?)',
          [seq, act.id, act.type, act.sha256, JSON.stringify(act), act.time],
        )
      }
      return ok(undefined)
    }),
  )
  before.close()
  const after = openTestStore(folder.path)
  expect(after.db.all('SELECT sha256, seq, url, stored_at FROM uploads ORDER BY seq')).toEqual([
    { sha256: one, seq: 2, url: null, stored_at: null },
    { sha256: other, seq: 3, url: null, stored_at: null },
  ])
  after.close()
  folder.remove()
})
