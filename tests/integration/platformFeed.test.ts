import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Change } from '#shared/contract/platform.ts'
import { appointment } from '#shared/domain/hall/appointment.ts'
import { resources } from '#tests/builders/worker.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { changesAfter, publish, readSeeds, type Published } from '#tests/platform/feed.ts'
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
const seeds = readSeeds(resources)
const theAccount = seeds.find((one) => one.kind === 'account')
const anAccount = (offices?: readonly string[]): Published => {
  if (theAccount === undefined) throw new Error('no demonstration account')
  return { ...theAccount, offices }
}

let database: Database
beforeAll(async () => {
  database = await openDatabase({ log: () => undefined })
  await createTables(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.query('DELETE FROM reference')
  await database.query('DELETE FROM feed_state')
})
/** What a counter of an office is given after a position: `+` what is there, `-` what is gone. */
const seen = async (office: string, after = 0): Promise<readonly string[]> =>
  (await changesAfter(database, office, after)).changes.map((one) => {
    const { kind, key, deleted } = row.parse(one)
    return `${deleted ? '-' : '+'}${kind} ${key}`
  })
const position = async (): Promise<number> => (await changesAfter(database, 'RAB03', 0)).last

test('a row that moves to another office is gone from the first one and there in the second, and back again', async () => {
  await publish(database, [anAppointment('RAB03')])
  expect([await seen('RAB03'), await seen('CAS01')]).toEqual([[`+appointment ${id}`], []])
  const before = await position()
  await publish(database, [anAppointment('CAS01')])
  expect(await seen('RAB03', before)).toEqual([`-appointment ${id}`])
  expect(await seen('CAS01', before)).toEqual([`+appointment ${id}`])
  expect(await seen('TNG09')).toEqual([])
  await publish(database, [anAppointment('RAB03')])
  expect([await seen('RAB03'), await seen('CAS01')]).toEqual([[`+appointment ${id}`], [`-appointment ${id}`]])
  await publish(database, [])
  expect([await seen('RAB03'), await seen('CAS01')]).toEqual([[`-appointment ${id}`], [`-appointment ${id}`]])
})

test('an account goes to the counters of its offices only; one that leaves an office, or all of them, ends there', async () => {
  const name = `account ${anAccount().key}`
  const all = async (): Promise<readonly (readonly string[])[]> =>
    Promise.all(['RAB03', 'CAS01', 'TNG09'].map((office) => seen(office)))
  await publish(database, [anAccount()])
  expect(await all()).toEqual([[`+${name}`], [`+${name}`], [`+${name}`]])
  await publish(database, [anAccount(['RAB03', 'CAS01'])])
  expect(await all()).toEqual([[`+${name}`], [`+${name}`], [`-${name}`]])
  const before = (await changesAfter(database, 'CAS01', 0)).last
  await publish(database, [anAccount(['RAB03'])])
  expect(await seen('CAS01', before)).toEqual([`-${name}`])
  expect(await seen('RAB03', before)).toEqual([])
  await publish(database, [anAccount()])
  expect(await all()).toEqual([[`+${name}`], [`+${name}`], [`+${name}`]])
})

test('the demonstration accounts are of the demonstration office', async () => {
  await publish(database, seeds)
  const accounts = async (office: string): Promise<number> =>
    (await seen(office)).filter((one) => one.startsWith('+account')).length
  expect([await accounts('RAB03'), await accounts('CAS01')]).toEqual([
    seeds.filter((one) => one.kind === 'account').length,
    0,
  ])
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
