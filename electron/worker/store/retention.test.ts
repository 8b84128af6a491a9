import { expect, test } from 'vitest'
import { columnsOfKinds } from '#shared/domain/retention.ts'
import { openTestStore, temporaryFolder } from '#tests/builders/register.ts'

/**
 * Each table of the register as it really is, with its columns in alphabetical order. The tables in which SQLite keeps a
 * word index hold nothing but the columns of that index.
 */
function schemaOf(folder: string): Record<string, readonly string[]> {
  const store = openTestStore(folder)
  const rows = store.db.all<{
    name: string
    column: string
  }>(`SELECT m.name, c.name AS column FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
      AND m.name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY m.name, c.name`)
  store.close()
  const tables = new Map<string, string[]>()
  for (const { name, column } of rows) tables.set(name, [...(tables.get(name) ?? []), column])
  return Object.fromEntries(tables)
}

test('every column of every table has one rule that ends it or one reason that keeps it', () => {
  const folder = temporaryFolder()
  const ruled = Object.fromEntries(
    Object.entries(columnsOfKinds).map(([table, kinds]) => [table, Object.values(kinds).flat().sort()]),
  )
  // A column missing on the left has no rule: say in `shared/domain/retention.ts` how long it stays and why.
  expect(ruled).toEqual(schemaOf(folder.path))
  folder.remove()
})
