import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { findRequestsOf } from '../../core/rows/people.ts'
import { migrations } from './all.ts'

test('people of deposits from before are found by their names, however they are written', () => {
  const folder = temporaryFolder()
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, 10) })
  valueOf(
    before.tx((db) => {
      db.run(`INSERT INTO procedures (code, version, body) VALUES ('P', '1', '{}')`)
      for (const [seq, [familyName, givenNames]] of [
        ['Él Fassi', ' Fatima Zahra'],
        ['بناني', 'أمين'],
        ['STRAẞE', 'ﬁne'],
      ].entries()) {
        db.run(`INSERT INTO journal VALUES (?, '', '', '', '', '', '{}', ?, ?)`, [
          seq + 1,
          '0'.repeat(64),
          String(seq).padStart(64, '0'),
        ])
        db.run(
          `INSERT INTO requests VALUES (:id, :id, 2026, :seq, :id, '2026-11-21T09:00:00Z', '2026-11-21', 'P', '1', '{}', 1, '2026-12-21', 'AG', :seq, NULL)`,
          { id: `q${String(seq)}`, seq: seq + 1 },
        )
        db.run(`INSERT INTO identities (request_id, kept, source, read_at) VALUES (?, ?, '{}', '')`, [
          `q${String(seq)}`,
          JSON.stringify({ familyName, givenNames }),
        ])
      }
      return ok(undefined)
    }),
  )
  before.close()
  const after = openTestStore(folder.path)
  const found = (familyName: string, givenNames: string): readonly string[] =>
    findRequestsOf(after.db, { name: { familyName, givenNames } }, 5)
  expect(found('ÉL FASSI ', 'fatima zahra')).toEqual(['q0'])
  expect(found('بناني', 'أمين')).toEqual(['q1'])
  expect(found('Straße', 'FINE')).toEqual(['q2'])
  expect(found('straẞe', 'Fine')).toEqual(['q2'])
  expect(found('Fassi', 'Fatima Zahra')).toEqual([])
  after.close()
  folder.remove()
})
