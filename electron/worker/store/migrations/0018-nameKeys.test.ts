import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { findRequestsOf } from '../../core/rows/people.ts'
import { migrations } from './all.ts'
import { nameKeys } from './0018-nameKeys.ts'
import { nameKeyOfGrowth } from './nameKeyOf.ts'

test('people of deposits from before are found without accents and with the Arabic letters at hand', () => {
  const folder = temporaryFolder()
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, nameKeys.version - 1) })
  valueOf(
    before.tx((db) => {
      db.run(`INSERT INTO procedures (code, version, body) VALUES ('P', '1', '{}')`)
      for (const [seq, [familyName, givenNames]] of [
        ['Idrîssi', 'Zaïneb'],
        ['الإدريسي', 'فاطمة'],
        ['El-Fassi', ' Éric '],
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
        db.run(`INSERT INTO identities (request_id, kept, source, read_at, name_key) VALUES (?, ?, '{}', '', ?)`, [
          `q${String(seq)}`,
          JSON.stringify({ familyName, givenNames }),
          nameKeyOfGrowth(familyName ?? '', givenNames ?? ''),
        ])
      }
      return ok(undefined)
    }),
  )
  const found = (db: typeof before.db, familyName: string, givenNames: string): readonly string[] =>
    findRequestsOf(db, { name: { familyName, givenNames } }, 5)
  expect(before.db.get(`SELECT 1 FROM identities WHERE name_key LIKE 'IDRISSI%'`)).toBeUndefined()
  before.close()
  const after = openTestStore(folder.path)
  const { db } = after
  expect(found(db, 'IDRISSI', 'zaineb')).toEqual(['q0'])
  expect(found(db, 'Idrîssi', 'Zaïneb')).toEqual(['q0'])
  expect(found(db, 'الادريسي', 'فاطمه')).toEqual(['q1'])
  expect(found(db, 'el fassi', 'Eric')).toEqual(['q2'])
  expect(found(db, 'Idriss', 'Zaineb')).toEqual([])
  after.close()
  folder.remove()
})

test('the key of migration 11 stays what it was', () => {
  expect(nameKeyOfGrowth(' Él Fassi', 'ﬁne ')).toBe('ÉL FASSI\nFINE')
  expect(nameKeyOfGrowth('أمين', 'Straße')).toBe('أمين\nSTRASSE')
})
