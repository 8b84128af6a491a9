import type { AddressInfo, Server } from 'node:net'
import { createServer, type Session } from 'smpp'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { appointment, type Appointment } from '#shared/domain/hall/appointment.ts'
import { openDatabase, type Database } from './database.ts'
import { publish } from './feed.ts'
import { remind, reminderText, reminderWish, wishReminder } from './reminders.ts'
import { createTables } from './schema.ts'
import { smppGateway, type SmsGateway } from './smsGateway.ts'

const from = '2026-12-02T10:00:00Z'
const dayBefore = Date.parse('2026-12-01T12:00:00Z')
const booked = appointment.parse({
  id: '01a20000-0000-7000-8000-000000000001',
  office: 'RAB03',
  from,
  to: '2026-12-02T10:15:00Z',
  citizen: { name: 'SPÉCIMEN Leïla' },
  state: 'booked',
})
const phone = '+212600000042'

interface Received {
  readonly to: string
  readonly coding: number
  readonly text: string
}
/** A message centre of this process; it takes messages, refuses them, or hangs up with one in its hands. */
let centre: { readonly server: Server; readonly received: Received[]; mood: 'takes' | 'refuses' | 'hangsUp' }
let database: Database
let gateway: SmsGateway
beforeAll(async () => {
  database = await openDatabase({ pglite: true, log: () => undefined })
  await createTables(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  for (const table of ['reference', 'reminder', 'reminder_wish']) await database.query(`DELETE FROM ${table}`)
  const received: Received[] = []
  const server = createServer((session: Session) => {
    session.on('error', () => undefined)
    session.on('bind_transceiver', (pdu: Parameters<Session['send']>[0]) => {
      const known = pdu.system_id === 'guichet' && pdu.password === 'essai'
      session.send(pdu.response(known ? {} : { command_status: 0x0e }))
    })
    session.on('submit_sm', (pdu: Parameters<Session['send']>[0]) => {
      if (centre.mood === 'refuses') return void session.send(pdu.response({ command_status: 0x58 }))
      const { message } = pdu.short_message
      received.push({ to: pdu.destination_addr, coding: pdu.data_coding, text: String(message) })
      if (centre.mood === 'hangsUp') session.destroy()
      else session.send(pdu.response({ message_id: '1' }))
    })
  })
  centre = { server, received, mood: 'takes' }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  gateway = smppGateway(`smpp://guichet:essai@127.0.0.1:${String((server.address() as AddressInfo).port)}`, 'GUICHET')
})
afterEach(async () => {
  gateway.close()
  await new Promise((done) => centre.server.close(done))
})
const say = (one: Appointment) => publish(database, [{ kind: 'appointment', key: one.id, deleted: false, body: one }])
const wish = (language: 'fr' | 'ar' = 'ar') => wishReminder(database, { appointment: booked.id, phone, language })
const wishes = async () => (await database.query('SELECT appointment_id FROM reminder_wish')).length

test('a reminder comes once, the day before, in the language and the script of the person', async () => {
  await say(booked)
  await wish()
  expect(await remind(database, gateway, Date.parse('2026-12-01T09:00:00Z'))).toBe(0)
  // Two nodes look at once, and each looks again.
  const looks = await Promise.all([1, 2, 3].map(() => remind(database, gateway, dayBefore)))
  expect(looks.reduce((all, one) => all + one)).toBe(1)
  expect(centre.received).toEqual([
    { to: '212600000042', coding: 8, text: 'موعدكم يوم 02/12/2026 الساعة 10:00، RAB03. المرجو إحضار البطاقة.' },
  ])
})

test('what was moved is said again at its time; what was cancelled or is over is not, and its number is forgotten', async () => {
  await say(booked)
  await wish('fr')
  expect(await remind(database, gateway, dayBefore)).toBe(1)
  await say({ ...booked, from: '2026-12-09T10:00:00Z', to: '2026-12-09T10:15:00Z' })
  expect(await remind(database, gateway, dayBefore)).toBe(0)
  expect(await remind(database, gateway, dayBefore + 7 * 86_400_000)).toBe(1)
  expect(centre.received.map(({ text }) => text)).toEqual([
    'Rendez-vous le 02/12/2026 à 10:00, RAB03. Apportez votre carte.',
    'Rendez-vous le 09/12/2026 à 10:00, RAB03. Apportez votre carte.',
  ])
  await say({ ...booked, state: 'cancelled' })
  expect(await remind(database, gateway, dayBefore)).toBe(0)
  expect(await wishes()).toBe(0)
  await say(booked)
  await wish()
  expect(await remind(database, gateway, Date.parse(from))).toBe(0)
  expect(await wishes()).toBe(0)
  expect(centre.received).toHaveLength(2)
})

test('what the centre refused is tried again; what it may have sent is not', async () => {
  await say(booked)
  await wish()
  centre.mood = 'refuses'
  expect(await remind(database, gateway, dayBefore)).toBe(0)
  centre.mood = 'takes'
  expect(await remind(database, gateway, dayBefore)).toBe(1)
  await say({ ...booked, from: '2026-12-02T11:00:00Z', to: '2026-12-02T11:15:00Z' })
  centre.mood = 'hangsUp'
  expect(await remind(database, gateway, dayBefore)).toBe(0)
  centre.mood = 'takes'
  expect(await remind(database, gateway, dayBefore)).toBe(0)
  expect(centre.received).toHaveLength(2)
})

test('a centre that is not there, or does not know us, sends nothing, and is asked again', async () => {
  await say(booked)
  await wish()
  const { port } = centre.server.address() as AddressInfo
  const stranger = smppGateway(`smpp://guichet:wrong@127.0.0.1:${String(port)}`, 'GUICHET')
  expect(await remind(database, stranger, dayBefore)).toBe(0)
  const nobody = smppGateway('smpp://guichet:essai@127.0.0.1:1', 'GUICHET')
  expect(await remind(database, nobody, dayBefore)).toBe(0)
  expect(await remind(database, gateway, dayBefore)).toBe(1)
  stranger.close()
})

test('every text is one message, and a number that is none is not kept', () => {
  for (const language of ['fr', 'ar', 'en', 'zgh'] as const)
    expect(reminderText({ from, office: booked.office }, language).length).toBeLessThanOrEqual(70)
  const one = { appointment: booked.id, language: 'fr' }
  expect(reminderWish.safeParse({ ...one, phone: '0600000042' }).success).toBe(false)
  expect(reminderWish.safeParse({ ...one, phone }).success).toBe(true)
})
