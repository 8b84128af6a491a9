import { join } from 'node:path'
import { v4 } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import { answerTo, openDay } from '#electron/hall/local/answerTo.ts'
import { makeDemonstration } from '#electron/hall/office/demonstration.ts'
import { runStation, type Station } from '#electron/hall/station.ts'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import type { Identity } from '#shared/domain/identity/identity.ts'
import type { CommandId } from '#shared/ids.ts'
import type { HallPort } from '#shared/ports/hall.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
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
    facts: () => undefined,
    onChange: () => () => undefined,
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
  const worker = startWorker(folder.path, { ...devices, cards }, { hall })
  open.push(worker.close)
  const show = (event: CardEvent): void => {
    for (const hear of listeners) hear(event)
  }
  return { worker, station, show, folder }
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
      ...{ commandId: id(), service: 'B', day, time },
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
