import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hallRoster } from '#shared/contract/hallFolder.ts'
import { hallLan } from '#tests/builders/hallLan.ts'
import { hallOffice, type HallOffice } from '#tests/builders/hallOffice.ts'

const lan = hallLan(3)
const stations = [1, 2, 3]
let office: HallOffice
let stranger: ChildProcess | undefined

/** The answer as soon as the server is found: asked for again under the same id, it is done once. */
const answered = async (station: number, ...words: string[]): Promise<unknown> => {
  const ask = () => office.at(station, ...words, '--command-id', id)
  const id = randomUUID()
  await expect.poll(async () => (await ask()).code, { timeout: 60_000 }).toBe(0)
  return (await ask()).json
}
const issued = (station: number) => answered(station, 'ticket', 'issue', '--service', 'A')
const called = (station: number) => answered(station, 'ticket', 'call', '--counter', String(station))
/** Each station reaches all of them. */
const allReached = async (): Promise<void> => {
  for (const station of stations)
    await expect
      .poll(async () => (await office.at(station, 'hall', 'status')).json['voters'], { timeout: 60_000 })
      .toEqual({ all: 3, reachable: 3 })
}

describe.runIf(lan.can)('stations that are not where the roster says', () => {
  beforeAll(async () => {
    lan.open()
    office = await hallOffice(stations.map(lan.address), lan.around)
    await Promise.all(stations.map((station) => office.run(station)))
    expect((await office.at(1, 'hall', 'open')).json).toMatchObject({ role: 'serving' })
  })
  afterAll(async () => {
    stranger?.kill('SIGKILL')
    await office.close()
  })

  test('the network gives a station another address: the office finds it, and calls go on', async () => {
    await allReached()
    lan.move(2, 22)
    expect(await issued(2)).toEqual({ ticket: 'A001' })
    await allReached()
    expect(await called(2)).toEqual({ ticket: 'A001' })
  })

  test('all of them get other addresses, the one that serves too: nobody has to tell them', async () => {
    for (const station of stations) lan.move(station, 30 + station)
    expect(await issued(3)).toEqual({ ticket: 'A002' })
    await allReached()
    expect(await called(2)).toEqual({ ticket: 'A002' })
  })

  test('a stranger says without end that station 2 is at its address: nobody calls there, and the real one is found', async () => {
    const [program = '', ...before] = [...lan.stranger, process.execPath]
    const path = join(import.meta.dirname, '..', 'builders', 'hallStranger.ts')
    const child = spawn(program, [...before, path, join(office.data(1), hallRoster), lan.strangersAddress])
    stranger = child
    let heard = ''
    child.stdout.on('data', (piece: Buffer) => {
      heard += piece.toString('utf8')
    })
    const said = () => heard.split('SAID').length - 1
    await expect.poll(said, { timeout: 20_000 }).toBeGreaterThan(1)
    lan.move(2, 42)
    expect(await issued(2)).toEqual({ ticket: 'A003' })
    await allReached()
    const until = said()
    await expect.poll(said, { timeout: 20_000 }).toBeGreaterThan(until)
    expect(heard).not.toContain('CALLED')
  })

  test('a station that begins the day at another address is in the hall', async () => {
    await office.signal(3, 'SIGKILL')
    lan.move(3, 53)
    await office.run(3)
    await allReached()
    expect(await called(3)).toEqual({ ticket: 'A003' })
  })
})

afterAll(lan.close)
