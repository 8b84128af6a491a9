import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { readHolidays } from '../../core/rows/reference.ts'
import { saveSetting } from '../settings.ts'
import { migrations } from './all.ts'

const calendarOf = (year: number, date: string): object => ({
  year,
  title: { fr: 'c', ar: 'c' },
  source: 's',
  days: [{ date, label: { fr: 'd', ar: 'd' }, status: 'confirmed', source: 's' }],
})

test('calendars of the seed keep their names and their days; what was parked is asked for again', () => {
  const folder = temporaryFolder()
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, 7) })
  valueOf(
    before.tx((db) => {
      saveSetting(db, 'office', { calendars: ['ma-2026', 'ma-2027'] })
      saveSetting(db, 'calendars', [calendarOf(2026, '2026-11-18'), calendarOf(2027, '2027-01-11')])
      saveSetting(db, 'link', { link: 'online', cursor: 'abc', skewMs: 3 })
      db.run(`INSERT INTO parked_changes (body) VALUES ('{"kind":"calendar"}')`)
      return ok(undefined)
    }),
  )
  before.close()
  const after = openTestStore(folder.path)
  expect(after.db.all('SELECT key FROM calendars ORDER BY key')).toEqual([{ key: 'ma-2026' }, { key: 'ma-2027' }])
  expect([...readHolidays(after.db)]).toEqual(['2026-11-18', '2027-01-11'])
  expect(after.db.all("SELECT key, value FROM settings WHERE key IN ('calendars', 'link')")).toEqual([
    { key: 'link', value: '{"link":"online","skewMs":3}' },
  ])
  expect(after.db.all('SELECT 1 FROM parked_changes')).toEqual([])
  after.close()
  folder.remove()
})
