import { join } from 'node:path'
import { v4 } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import { factsOf } from '#electron/hall/facts.ts'
import { answerTo, openDay } from '#electron/hall/local/answerTo.ts'
import { makeDemonstration } from '#electron/hall/office/demonstration.ts'
import { runStation, type Station } from '#electron/hall/station.ts'
import { markOf } from '#electron/hall/office/marks.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { saveAppointment } from '#electron/worker/core/rows/reference.ts'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import { appointment, type Appointment } from '#shared/domain/hall/appointment.ts'
import type { Identity } from '#shared/domain/identity/identity.ts'
import type { CommandId } from '#shared/ids.ts'
import type { HallPort } from '#shared/ports/hall.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'

/** A working day, in the morning: the hall takes appointments of today. */
const morning = Date.parse('2026-12-01T09:00:00+01:00')
const day = '2026-12-01'
const id = (): CommandId => v4() as CommandId

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A counter and a kiosk of one machine over a real station, and a hand that puts cards into their reader. */
async function office() {
  const folder = temporaryFolder()
  open.push(async () => folder.remove())
  valueOf(await makeDemonstration(folder.path))
  const station: Station = valueOf(await runStation(folder.path, { clockOffset: morning - Date.now() }))
  open.push(() => station.close())
  valueOf(await openDay(station))
  const hall: HallPort = {
    ask: (request) => answerTo(station, request),
    facts: () => factsOf({ n: station.state, roster: station.facts.roster, civil: station.civil(), lost: new Map() }),
    onChange: () => () => undefined,
    file: (ticket) => station.files.fetch(ticket),
    onWanted: () => () => undefined,
  }
  const listeners = new Set<(event: CardEvent) => void>()
  const devices = devicesWith(paperTrail(join(folder.path, 'paper')))
  const cards = {
    ...devices.cards,
    watch: (listener: (event: CardEvent) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  // Appointments of today are looked for by the same clock.
  const clock = { ...systemClock, now: () => new Date(station.civil()) }
  const start = () => startWorker(folder.path, { ...devices, cards }, { hall, clock })
  const worker = start()
  open.push(worker.close)
  const show = (event: CardEvent): void => {
    for (const hear of listeners) hear(event)
  }
  return { worker, station, show, folder, start }
}
const salma: Identity = { familyName: 'SPÉCIMEN', givenNames: 'Salma', nationalNumber: 'AB123456' }
const cardOf = (identity: Identity): CardEvent => ({
  state: 'identity',
  reader: 'R',
  reading: {
    profile: 'ma-cnie',
    reader: 'R',
    simulated: false,
    atr: '3B00',
    identity,
    checks: { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' },
    exchange: { apdus: 0, bytesOut: 0, bytesIn: 0 },
    timings: { firstIdentityMs: 0, totalMs: 0 },
  },
})

test('a card finds the appointment that was booked with its number, at the desk and at the kiosk', async () => {
  const { worker, show } = await office()
  await signedIn(worker)
  const book = (time: string, number?: string) =>
    worker.ask('appointments.book', {
      commandId: id(),
      service: 'B',
      day,
      time,
      ...(number === undefined ? {} : { number }),
    })
  valueOf(await book('10:00'))
  const hers = valueOf(await book('10:15', 'ab 123456')).appointment
  const ofCitizen = async () => valueOf(await worker.ask('appointments.ofCitizen', {})).appointments
  expect(await ofCitizen()).toEqual([])
  show(cardOf({ ...salma, nationalNumber: 'AB123457' }))
  expect(await ofCitizen()).toEqual([])
  show(cardOf(salma))
  expect(await ofCitizen()).toEqual([hers])

  // While somebody serves here, a card is the desk's: the kiosk beside it hears nothing.
  const kiosk = worker.at('kiosk')
  const heard = () => kiosk.events.filter(({ name }) => name === 'kioskCard').map(({ payload }) => payload)
  show(cardOf(salma))
  expect(heard()).toEqual([])
  valueOf(await worker.ask('session.signOut', {}))
  show(cardOf(salma))
  const numbers = ['AB123456']
  await vi.waitFor(() => {
    expect(heard()).toContainEqual({ state: 'read', numbers })
  })
  const commandId = id()
  const checkIn = () => kiosk.ask('kiosk.checkInByCard', { commandId, numbers, priority: false })
  const given = valueOf(await checkIn())
  expect(given).toEqual({ ticket: 'B001', time: '10:15', printed: false })
  expect(valueOf(await checkIn())).toEqual(given)
  const again = { commandId: id(), numbers, priority: false }
  expect(await kiosk.ask('kiosk.checkInByCard', again)).toMatchObject({ fault: { code: 'appointment.state' } })
  const stranger = { commandId: id(), numbers: ['ZZ999999'], priority: false }
  expect(await kiosk.ask('kiosk.checkInByCard', stranger)).toMatchObject({ fault: { code: 'appointment.noneToday' } })
  await signedIn(worker)
  expect(await worker.ask('kiosk.checkInByCard', stranger)).toMatchObject({ fault: { code: 'session.forbidden' } })
})

test('the log has a mark, never the number, and two appointments of one person do not look alike', async () => {
  const { worker, station } = await office()
  await signedIn(worker)
  const commandId = id()
  for (const [one, time] of [
    [commandId, '10:00'],
    [commandId, '10:00'],
    [id(), '11:00'],
  ] as const)
    valueOf(await worker.ask('appointments.book', { commandId: one, service: 'A', day, time, number: 'AB123456' }))
  const { text } = valueOf(await answerTo(station, { call: 'log' })) as { text: string }
  expect(text).not.toMatch(/AB123456/i)
  const marks = [...station.state.hall.bookings.values()].map(({ person }) => person?.mark)
  expect(new Set(marks).size).toBe(2)
  expect(text).toContain(marks[0])
})

test('an appointment of the platform is in the hall once, is found by the card, and follows what the platform says', async () => {
  const { worker, station, folder, start } = await office()
  await worker.close()
  const reference = '01a20000-0000-7000-8000-000000000001'
  const key = station.facts.personKey ?? new Uint8Array()
  const portal = appointment.parse({
    id: reference,
    office: 'RAB03',
    from: '2026-12-01T10:00:00Z',
    to: '2026-12-01T10:20:00Z',
    citizen: { name: 'SPÉCIMEN Salma' },
    procedure: 'EXTRAIT-NAISSANCE',
    mark: markOf(key, 'AB123456', reference).mark,
    state: 'booked',
  })
  const say = async (...said: readonly Appointment[]) => {
    const store = openTestStore(folder.path)
    valueOf(
      store.tx((db) => {
        for (const one of said) saveAppointment(db, one)
        return ok(undefined)
      }),
    )
    store.close()
    const again = await signedIn(start())
    const list = async () => valueOf(await again.ask('appointments.list', { day })).appointments
    return { list, close: again.close, kiosk: again.at('kiosk') }
  }
  const elsewhere = { ...portal, id: '01a20000-0000-7000-8000-000000000002', procedure: 'OF-ANOTHER-HALL' }
  const first = await say(portal, elsewhere)
  const moment = { appointment: 'R0001', service: 'A', minutes: 20, state: 'booked' }
  await vi.waitFor(async () => {
    expect(await first.list()).toMatchObject([moment])
  }, 5_000)
  const [{ time } = { time: '' }] = await first.list()
  expect(valueOf(await answerTo(station, { call: 'log' }))).not.toMatchObject({
    text: expect.stringContaining('Salma') as string,
  })
  await first.close()

  const moved = await say({ ...portal, from: '2026-12-01T11:00:00Z', to: '2026-12-01T11:20:00Z' })
  await vi.waitFor(async () => {
    expect((await moved.list())[0]?.time).not.toBe(time)
  }, 5_000)
  expect(await moved.list()).toMatchObject([{ ...moment }])
  const byCard = { commandId: id(), numbers: ['AB123456'], priority: false }
  expect(valueOf(await moved.kiosk.ask('kiosk.checkInByCard', byCard)).ticket).toBe('A001')
  await moved.close()
})
