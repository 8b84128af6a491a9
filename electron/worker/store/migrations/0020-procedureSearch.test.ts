import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { aSheet } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { saveProcedure } from '../../core/rows/procedures.ts'
import { searchProcedures } from '../../features/catalogue/rows/searchProcedures.ts'
import { migrations } from './all.ts'
import { procedureSearch } from './0020-procedureSearch.ts'

const sheets = [
  aSheet({ code: 'A-1', version: '2025.9', title: { fr: 'Ancien titre', ar: 'قديم' } }),
  aSheet({ code: 'A-1', version: '2025.10', title: { fr: 'École : inscription', ar: 'التسجيل' } }),
  aSheet({ code: 'B-2', version: '2024.1', title: { fr: 'Retirée', ar: 'ملغاة' } }),
  aSheet({ code: 'C-3', version: '2026.1', title: { fr: 'Permis', ar: 'رخصة', zgh: 'ⵜⵓⵔⴰⴳⵜ' } }),
]

test('the sheets of a register from before are found as if they had come after', () => {
  const [folder, other] = [temporaryFolder(), temporaryFolder()]
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, procedureSearch.version - 1) })
  valueOf(
    before.tx((db) => {
      for (const sheet of sheets)
        db.run('INSERT INTO procedures (code, version, body, withdrawn) VALUES (?, ?, ?, ?)', [
          ...[sheet.code, sheet.version, JSON.stringify(sheet)],
          sheet.code === 'B-2' ? 1 : 0,
        ])
      return ok(undefined)
    }),
  )
  before.close()
  const after = openTestStore(folder.path)
  const found = (words: string): readonly string[] =>
    searchProcedures(after.db, { words, limit: 9 }).entries.map(({ code, version }) => `${code} ${version}`)
  expect(found('')).toEqual(['A-1 2025.10', 'C-3 2026.1'])
  expect([found('ecole'), found('تسجيل'), found('ⵜⵓⵔ'), found('c-3')]).toEqual([
    ['A-1 2025.10'],
    ['A-1 2025.10'],
    ['C-3 2026.1'],
    ['C-3 2026.1'],
  ])
  expect([found('ancien'), found('retiree')]).toEqual([[], []])

  const fresh = openTestStore(other.path)
  valueOf(
    fresh.tx((db) => {
      for (const sheet of sheets) if (sheet.code !== 'B-2') saveProcedure(db, sheet)
      return ok(undefined)
    }),
  )
  const titles = 'SELECT code, version, titles FROM procedure_entries ORDER BY code'
  expect(after.db.all(titles)).toEqual(fresh.db.all(titles))
  for (const store of [after, fresh]) store.close()
  for (const one of [folder, other]) one.remove()
})
