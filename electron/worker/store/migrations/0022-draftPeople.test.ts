import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { draftPeople } from './0022-draftPeople.ts'
import { migrations } from './all.ts'

test('a draft that is there already is nobody’s, and stays as it was', () => {
  const folder = temporaryFolder()
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, draftPeople.version - 1) })
  const id = '00000000-0000-4000-8000-000000000001'
  valueOf(
    before.tx((db) => {
      db.run(
        `INSERT INTO drafts (login, kind, id, revision, body, saved_at) VALUES ('agent', 'request', ?, 3, '{}', '2026-11-21T09:00:00.000Z')`,
        [id],
      )
      return ok(undefined)
    }),
  )
  before.close()
  const after = openTestStore(folder.path)
  expect(after.db.all('SELECT id, revision, body, person, citizen FROM drafts')).toEqual([
    { id, revision: 3, body: '{}', person: null, citizen: null },
  ])
  after.close()
  folder.remove()
})
