import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Change } from '#shared/contract/platform.ts'
import { appointment } from '#shared/domain/hall/appointment.ts'
import { openOfficeFeeds, type OfficeFeeds } from '#tests/builders/officeFeeds.ts'

// What is tried: to read at one office who has an appointment at another, because the appointment was moved there.

vi.setConfig({ hookTimeout: 60_000 })

const id = '01a20000-0000-7000-8000-000000000001'
const name = 'ZZMARQUENOM Leïla'
const anAppointment = (office: string): Change => ({
  kind: 'appointment',
  key: id,
  deleted: false,
  body: appointment.parse({
    id,
    office,
    from: '2026-11-23T09:00:00Z',
    to: '2026-11-23T09:15:00Z',
    citizen: { name },
    state: 'booked',
  }),
})

let feeds: OfficeFeeds
beforeAll(async () => {
  feeds = await openOfficeFeeds()
})
afterAll(() => feeds.close())
const rowsOf = async (...offices: readonly string[]): Promise<readonly (readonly string[])[]> =>
  Promise.all(
    offices.map(async (office) => (await feeds.read(office)).rows.filter((one) => one.includes('appointment'))),
  )

test('an appointment that moves to another office is gone from the first one and there in the second, and back again', async () => {
  await feeds.publish([anAppointment('RAB03')])
  expect(await rowsOf('RAB03', 'CAS01')).toEqual([[`+appointment ${id}`], []])
  const { cursor } = await feeds.read('RAB03')
  await feeds.publish([anAppointment('CAS01')])
  expect(await feeds.read('RAB03', cursor)).toMatchObject({ rows: [`-appointment ${id}`] })
  expect(await feeds.read('CAS01', cursor)).toMatchObject({ rows: [`+appointment ${id}`] })
  expect((await feeds.read('CAS01')).text).toContain(name)
  // From its beginning too, also at an office that never had it.
  for (const office of ['RAB03', 'TNG09']) expect((await feeds.read(office)).text).not.toContain(name)
  expect(await rowsOf('TNG09')).toEqual([[]])
  await feeds.publish([anAppointment('RAB03')])
  expect(await rowsOf('RAB03', 'CAS01')).toEqual([[`+appointment ${id}`], [`-appointment ${id}`]])
  await feeds.publish([])
  expect(await rowsOf('RAB03', 'CAS01')).toEqual([[`-appointment ${id}`], [`-appointment ${id}`]])
})
