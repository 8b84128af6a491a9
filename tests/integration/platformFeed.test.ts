import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Change } from '#shared/contract/platform.ts'
import { appointment } from '#shared/domain/hall/appointment.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { changesAfter, publish } from '#tests/platform/feed.ts'
import { createTables } from '#tests/platform/schema.ts'

const row = z.object({ kind: z.string(), key: z.string(), deleted: z.boolean() })
const id = '01a20000-0000-7000-8000-000000000001'
const anAppointment = (office: string): Change => ({
  kind: 'appointment',
  key: id,
  deleted: false,
  body: appointment.parse({
    id,
    office,
    from: '2026-11-23T09:00:00Z',
    to: '2026-11-23T09:15:00Z',
    citizen: { name: 'SPÉCIMEN Leïla' },
    state: 'booked',
  }),
})

let database: Database
beforeAll(async () => {
  database = await openDatabase({ log: () => undefined })
  await createTables(database)
})
afterAll(() => database.close())
/** What a counter of an office is given: `+` what is there, `-` what is gone. */
const seen = async (office: string): Promise<readonly string[]> =>
  (await changesAfter(database, office, 0)).changes.map((one) => {
    const { kind, key, deleted } = row.parse(one)
    return `${deleted ? '-' : '+'}${kind} ${key}`
  })

test('a feed from before rows were of offices goes on: the tables are brought up as they stand', async () => {
  await database.query('DROP TABLE reference')
  await database.query(
    `CREATE TABLE reference (feed text, kind text, key text, position bigint NOT NULL, deleted boolean NOT NULL, body text, office text, PRIMARY KEY (feed, kind, key))`,
  )
  await database.query(
    `INSERT INTO reference VALUES ('reference', 'procedure', 'P', 1, false, '{}', NULL), ('reference', 'appointment', 'A', 2, false, '{}', 'RAB03')`,
  )
  await createTables(database)
  await createTables(database)
  expect([await seen('RAB03'), await seen('CAS01')]).toEqual([['+procedure P', '+appointment A'], ['+procedure P']])
  await publish(database, [anAppointment('RAB03')])
  expect(await seen('RAB03')).toEqual(['-procedure P', '-appointment A', `+appointment ${id}`])
})
