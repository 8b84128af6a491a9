import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultCode, hallOffice, type HallOffice } from '#tests/builders/hallOffice.ts'

/** Each station in a network of its own, joined by cables to a switch: a cable can be pulled. */
const names = [1, 2, 3].map((station) => `gh${String(process.pid)}-${String(station)}`)
const hub = `gh${String(process.pid)}-0`
const ip = (...words: string[]): boolean => spawnSync('ip', words).status === 0

/** Networks of one's own take an administrator of Linux. */
const can = process.platform === 'linux' && ip('netns', 'add', hub)

let office: HallOffice
const cable = (station: number, state: 'up' | 'down'): void => {
  expect(ip('-n', hub, 'link', 'set', `v${String(station)}`, state)).toBe(true)
}
const status = async (station: number) => (await office.at(station, 'hall', 'status')).json
const issue = (station: number) => office.at(station, 'ticket', 'issue', '--service', 'A')

describe.runIf(can)('three stations, each on a network of its own', () => {
  beforeAll(async () => {
    ip('-n', hub, 'link', 'add', 'switch', 'type', 'bridge')
    ip('-n', hub, 'link', 'set', 'switch', 'up')
    for (const [index, name] of names.entries()) {
      const end = `v${String(index + 1)}`
      const made = [
        ip('netns', 'add', name),
        ip('-n', hub, 'link', 'add', end, 'type', 'veth', 'peer', 'name', 'lan', 'netns', name),
        ip('-n', hub, 'link', 'set', end, 'master', 'switch', 'up'),
        ip('-n', name, 'address', 'add', `10.93.0.${String(index + 1)}/24`, 'dev', 'lan'),
        ip('-n', name, 'link', 'set', 'lan', 'up'),
        ip('-n', name, 'link', 'set', 'lo', 'up'),
      ]
      expect(made).toEqual(made.map(() => true))
    }
    office = await hallOffice(
      names.map((_, index) => `10.93.0.${String(index + 1)}:7100`),
      (station) => ['ip', 'netns', 'exec', names[station - 1] ?? ''],
    )
    await Promise.all([1, 2, 3].map((station) => office.run(station)))
    expect((await office.at(1, 'hall', 'open')).json).toMatchObject({ role: 'serving' })
  })
  afterAll(async () => {
    await office.close()
    for (const name of names) ip('netns', 'delete', name)
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
    for (const station of [1, 2, 3]) cable(station, 'down')
    await expect.poll(async () => (await status(3))['voters']).toEqual({ all: 3, reachable: 1 })
    expect(faultCode(await issue(3))).toBe('hall.noMajority')
    for (const station of [1, 2, 3]) cable(station, 'up')
    await expect.poll(async () => (await issue(2)).json['ticket']).toBe('A003')
  })
})

afterAll(() => {
  if (can) ip('netns', 'delete', hub)
})
