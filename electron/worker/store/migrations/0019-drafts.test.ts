import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { migrations } from './all.ts'
import { drafts } from './0019-drafts.ts'

test('the draft that each person had is a request among others', () => {
  const folder = temporaryFolder()
  const at = '2026-11-21T09:00:00.000Z'
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, drafts.version - 1) })
  valueOf(
    before.tx((db) => {
      for (const login of ['agent', 'agent2'])
        db.run('INSERT INTO drafts (login, body, saved_at) VALUES (?, ?, ?)', [login, `{"of":"${login}"}`, at])
      return ok(undefined)
    }),
  )
  before.close()
  const after = openTestStore(folder.path)
  expect(after.db.all('SELECT login, kind, revision, writer, body, saved_at FROM drafts ORDER BY login')).toEqual(
    ['agent', 'agent2'].map((login) => ({
      login,
      kind: 'request',
      revision: 1,
      writer: null,
      body: `{"of":"${login}"}`,
      saved_at: at,
    })),
  )
  // Another one of the same person finds room beside it.
  valueOf(
    after.tx((db) => {
      db.run(
        `INSERT INTO drafts (login, kind, id, revision, body, saved_at)
        VALUES ('agent', 'request', '00000000-0000-4000-8000-000000000002', 1, '{}', ?)`,
        [at],
      )
      return ok(undefined)
    }),
  )
  expect(after.db.all(`SELECT id FROM drafts WHERE login = 'agent'`)).toHaveLength(2)
  after.close()
  folder.remove()
})
