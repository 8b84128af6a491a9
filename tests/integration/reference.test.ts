import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Change } from '#shared/contract/platform.ts'
import { appointment } from '#shared/domain/hall/appointment.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import { mailDisposition } from '#shared/domain/mail/mailDisposition.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { publish, readSeeds } from '#tests/platform/feed.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'

let postgres: Postgres
let platform: RunningPlatform
let database: Database
const folder = temporaryFolder()
const seeds = readSeeds(resources)

beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({ databaseUrl: postgres.url, log: () => undefined })
  database = await openDatabase({ url: postgres.url, log: () => undefined })
})
afterAll(async () => {
  await database.close()
  await platform.close()
  await postgres.stop()
  folder.remove()
})

const open = (app = '0.0.0'): Promise<TestWorker> =>
  signedIn(
    startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), {
      platformUrl: platform.url,
      versions: { app, electron: 'none', standIn: false },
    }),
  )
const anAppointment = (id: string, office: string): Change => ({
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
const [ours, theirs, letter] = [
  '01a20000-0000-7000-8000-000000000001',
  '01a20000-0000-7000-8000-000000000002',
  '01a20000-0000-7000-8000-000000000003',
] as const
const more: readonly Change[] = [
  anAppointment(ours, 'RAB03'),
  anAppointment(theirs, 'CAS01'),
  {
    kind: 'mail-disposition',
    key: letter,
    deleted: false,
    body: mailDisposition.parse({
      id: letter,
      office: 'RAB03',
      number: '2026/BO/000017',
      to: 'urbanisme',
      instruction: 'pour suite',
      by: 'CD-001',
      at: '2026-11-20T15:00:00Z',
    }),
  },
  {
    kind: 'calendar',
    key: 'ma-2028',
    deleted: false,
    body: calendar.parse({ year: 2028, title: { fr: 'c', ar: 'c' }, source: 's', days: [] }),
  },
]

test('what concerns an office reaches its counters and no others, and ends with its tombstone', async () => {
  await publish(database, [...seeds, ...more])
  let worker = await open()
  expect(
    valueOf(await worker.ask('outbox.drain', {})).budget.lines?.find(({ kind }) => kind === 'reference'),
  ).toMatchObject({ state: 'fine' })
  const known = valueOf(await worker.ask('reference.status', {}))
  expect(known).toMatchObject({ calendars: 3, appointments: 1, dispositions: 1, parked: 0 })
  expect(known.readAt).toBeDefined()
  await worker.close()
  await publish(database, seeds)
  worker = await open()
  valueOf(await worker.ask('outbox.drain', {}))
  expect(valueOf(await worker.ask('reference.status', {}))).toMatchObject({
    calendars: 2,
    appointments: 0,
    dispositions: 0,
  })
  await worker.close()
})

test('a row of a newer version is parked, and read when the program was upgraded', async () => {
  // The platform speaks of something that this version has no shape for.
  await database.query(
    `INSERT INTO reference (feed, kind, key, position, deleted, body) VALUES ('reference', 'ticket', 'A-1', (SELECT max(position) + 1 FROM reference), false, '{}')`,
  )
  await database.query('UPDATE feed_state SET position = position + 1')
  let worker = await open()
  valueOf(await worker.ask('outbox.drain', {}))
  expect(valueOf(await worker.ask('reference.status', {})).parked).toBe(1)
  await worker.close()
  // Meanwhile it becomes a calendar: a stand-in for a shape that the next version knows.
  const { body } = more[3] as { body: object }
  await database.query(`UPDATE reference SET kind = 'calendar', key = 'ma-2029', body = $1 WHERE kind = 'ticket'`, [
    JSON.stringify(body),
  ])
  worker = await open()
  valueOf(await worker.ask('outbox.drain', {}))
  expect(valueOf(await worker.ask('reference.status', {}))).toMatchObject({ calendars: 2, parked: 1 })
  await worker.close()
  worker = await open('0.0.1')
  valueOf(await worker.ask('outbox.drain', {}))
  expect(valueOf(await worker.ask('reference.status', {}))).toMatchObject({ calendars: 3, parked: 0 })
  await worker.close()
})
