import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { takeRank } from '../acts/rows/series.ts'
import { systemClock } from '../core/systemClock.ts'
import { createJournal } from '../journal/journal.ts'
import { checkRollbackGuard } from '../journal/checkRollbackGuard.ts'
import { copiesBeforeUpdate, keptBeforeUpdates } from '../store/beforeUpdate.ts'
import { migrations } from '../store/migrations/all.ts'
import type { Migration } from '../store/migrate.ts'
import { connect, openStore, type Store } from '../store/open.ts'
import { counterId } from '#shared/ids.ts'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { rollBack } from './rollBack.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'register.db')
})
afterEach(() => {
  folder.remove()
})
const now = '2026-11-30T09:00:00.000Z'
const older = migrations.slice(0, -1)
const open = (steps: readonly Migration[] = migrations, at = now): Store =>
  valueOf(openStore({ file, key: testKey, now: at, migrations: steps }))
const write = (store: Store, kind: Parameters<ReturnType<typeof createJournal>['append']>[1]['kind']): void => {
  const rollbackGuard = valueOf(checkRollbackGuard(folder.path, testKey, store))
  const journal = createJournal(systemClock, counterId.parse('RAB03-G2'), store.db, rollbackGuard.raise)
  valueOf(store.tx((db) => ok(journal.append(db, { actor: 'AG-001', kind, subject: 'x', body: {} }))))
}
const back = () => rollBack({ file, key: testKey, now }, new Date(now))
const begun = (): void => {
  const store = open(older)
  write(store, 'register.created')
  store.close()
}
const shape = (): number => {
  const db = connect({ file, key: testKey, now })
  const version = Number(db.pragma('user_version', { simple: true }))
  db.close()
  return version
}

test('a register is copied before its shape changes, and comes back while only sign-ins came since', () => {
  begun()
  expect(copiesBeforeUpdate(file)).toEqual([])
  const updated = open()
  expect(copiesBeforeUpdate(file)).toMatchObject([{ shape: older.length, head: { seq: 1 }, at: now }])
  write(updated, 'session.opened')
  write(updated, 'session.closed')
  updated.close()
  expect(valueOf(back())).toMatchObject({ shape: older.length, links: 2, updatedAt: now })
  expect(shape()).toBe(older.length)
  expect(readdirSync(join(folder.path, 'set-aside'))).toHaveLength(1)
  // The marks know what happened: it is no old copy that somebody put back.
  const again = open(older)
  valueOf(checkRollbackGuard(folder.path, testKey, again))
  expect(again.readOnlyReason()).toBeUndefined()
  again.close()
})

test('after anything else there is no way back, and nothing changes', () => {
  begun()
  const updated = open()
  write(updated, 'journal.exported')
  updated.close()
  const before = readFileSync(file)
  expect(back()).toMatchObject({
    fault: { code: 'register.notRolledBack', detail: '1 links since: journal.exported' },
  })
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(existsSync(join(folder.path, 'set-aside'))).toBe(false)
})

test('nor after a label, which no journal names: it may be on a letter', () => {
  begun()
  const updated = open()
  valueOf(updated.tx((db) => ok(takeRank(db, counterId.parse('RAB03-G2'), 'labels', 2026))))
  updated.close()
  expect(back()).toMatchObject({ fault: { code: 'register.notRolledBack', detail: '1 numbers or labels since' } })
})

test('without an update there is nothing to go back to; few copies are kept', () => {
  begun()
  expect(back()).toMatchObject({ fault: { code: 'register.notRolledBack' } })
  for (let at = 0; at < keptBeforeUpdates + 2; at += 1) {
    const steps = [
      ...migrations,
      ...Array.from({ length: at }, (_, extra) => ({
        version: migrations.length + extra + 1,
        name: 'specimen',
        sql: 'SELECT 1',
      })),
    ]
    open(steps, `2026-11-30T1${String(at)}:00:00.000Z`).close()
  }
  expect(copiesBeforeUpdate(file).map(({ shape: of }) => of)).toEqual([
    migrations.length + 3,
    migrations.length + 2,
    migrations.length + 1,
  ])
  expect(readdirSync(join(folder.path, 'before-update'))).toHaveLength(2 * keptBeforeUpdates)
})
