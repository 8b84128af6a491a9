import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hallLan } from '#tests/builders/hallLan.ts'
import { faultCode, hallOffice, type HallOffice } from '#tests/builders/hallOffice.ts'

const lan = hallLan(3)
const { cable } = lan
const stations = [1, 2, 3]

let office: HallOffice
const status = async (station: number) => (await office.at(station, 'hall', 'status')).json
const issue = (station: number) => office.at(station, 'ticket', 'issue', '--service', 'A')

describe.runIf(lan.can)('three stations, each on a network of its own', () => {
  beforeAll(async () => {
    lan.open()
    office = await hallOffice(stations.map(lan.address), lan.around)
    await Promise.all(stations.map((station) => office.run(station)))
    expect((await office.at(1, 'hall', 'open')).json).toMatchObject({ role: 'serving' })
  })
  afterAll(async () => {
    await office.close()
  })

  test('the cable of the server is pulled: it serves nobody, and another one does', async () => {
    expect((await issue(2)).json).toEqual({ ticket: 'A001' })
    cable(1, 'down')
    expect((await office.at(3, 'hall', 'take-over')).json).toMatchObject({ role: 'serving', epoch: 2 })
    expect((await issue(2)).json).toEqual({ ticket: 'A002' })
    expect(faultCode(await issue(1))).toBe('hall.noMajority')
    expect(await status(1)).toMatchObject({ role: 'member', voters: { all: 3, reachable: 1 } })
  })

  test('cut off, it goes on alone when a supervisor says so, and comes home when the cable is back', async () => {
    expect((await office.at(1, 'hall', 'take-over', '--forced')).json).toMatchObject({ role: 'island' })
    expect((await issue(1)).json).toEqual({ ticket: 'S1-A001' })
    expect((await office.at(3, 'ticket', 'call', '--counter', '2')).json).toEqual({ ticket: 'A001' })
    cable(1, 'up')
    await expect.poll(async () => (await status(1))['role']).toBe('member')
    await expect
      .poll(async () => (await status(3))['waiting'])
      .toMatchObject([{ service: 'A', count: 2 }, { count: 0 }])
    expect((await office.at(1, 'ticket', 'call', '--counter', '5')).json).toEqual({ ticket: 'A002' })
    expect((await office.at(2, 'ticket', 'call', '--counter', '6')).json).toEqual({ ticket: 'S1-A001' })
  })

  test('all cables are pulled: nobody serves; back again, the hall goes on by itself', async () => {
    for (const station of stations) cable(station, 'down')
    await expect.poll(async () => (await status(3))['voters']).toEqual({ all: 3, reachable: 1 })
    expect(faultCode(await issue(3))).toBe('hall.noMajority')
    for (const station of stations) cable(station, 'up')
    await expect.poll(async () => (await issue(2)).json['ticket']).toBe('A003')
  })
})

afterAll(lan.close)
