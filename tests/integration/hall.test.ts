import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfSigned, pemOf } from '#electron/hall/office/certificate.ts'
import { faultCode, hallOffice, loopbackAddresses, type HallOffice } from '#tests/builders/hallOffice.ts'

/** Three stations in processes of their own; the tests follow each other through one day. */
let office: HallOffice
const clock = ['--clock', '2026-12-01T09:00:00Z']
const issue = async (station: number, ...more: string[]) =>
  (await office.at(station, 'ticket', 'issue', '--service', 'A', ...more)).json['ticket']
const call = async (station: number, counter: string) =>
  (await office.at(station, 'ticket', 'call', '--counter', counter)).json['ticket']
const replayed = async (station: number) => {
  const out = join(office.path, `log-${String(station)}`)
  expect((await office.at(station, 'hall', 'log', '--out', out)).code).toBe(0)
  const { tickets } = (await office.at(station, 'hall', 'replay', out)).json as {
    tickets: { ticket: string; state: string }[]
  }
  return {
    bytes: await readFile(out, 'utf8'),
    tickets: Object.fromEntries(tickets.map((one) => [one.ticket, one.state])),
  }
}

beforeAll(async () => {
  office = await hallOffice(await loopbackAddresses(3))
  await Promise.all([1, 2, 3].map((station) => office.run(station, ...clock)))
})
afterAll(() => office.close())

describe('a hall of three stations', () => {
  test('does nothing before its day is open, and says so', async () => {
    expect(faultCode(await office.at(2, 'ticket', 'issue', '--service', 'A'))).toBe('hall.noServer')
    const opened = await office.at(1, 'hall', 'open')
    expect(opened.json).toMatchObject({
      role: 'serving',
      epoch: 1,
      voters: { all: 3, reachable: 3 },
      day: '2026-12-01',
    })
    expect(faultCode(await office.at(2, 'hall', 'open'))).toBe('hall.isOpen')
  })

  test('gives numbers in one line at every station, and calls by the rule', async () => {
    expect([await issue(1), await issue(2), await issue(3), await issue(2, '--priority', 'pregnant')]).toEqual([
      'A001',
      'A002',
      'A003',
      'A004',
    ])
    expect(await call(3, '7')).toBe('A004')
    expect(await call(2, '8')).toBe('A001')
    expect((await office.at(3, 'hall', 'status')).json).toMatchObject({
      role: 'member',
      serving: 'station-1',
      waiting: [
        { service: 'A', count: 2 },
        { service: 'B', count: 0 },
      ],
      called: [
        { ticket: 'A001', counter: 8 },
        { ticket: 'A004', counter: 7 },
      ],
    })
    expect(faultCode(await office.at(1, 'ticket', 'call', 'A001', '--counter', '9'))).toBe('ticket.state')
    expect((await office.at(2, 'ticket', 'done', 'A001')).json).toEqual({ ticket: 'A001' })
    expect((await office.at(2, 'ticket', 'call', '--counter', '8', '--service', 'B')).json).toEqual({ ticket: null })
  })

  test('does a command once, however often it is asked under its id', async () => {
    const id = ['--command-id', '019ad2b0-0000-7000-8000-000000000001']
    expect([await issue(1, ...id), await issue(3, ...id), await issue(2, ...id)]).toEqual(['A005', 'A005', 'A005'])
    expect(faultCode(await office.at(2, 'ticket', 'call', '--counter', '1', ...id))).toBe('command.reused')
  })

  test('books appointments, thirteen at once never', async () => {
    const book = (at: string) => office.at(2, 'appointment', 'book', '--service', 'B', '--at', at)
    const booked = await Promise.all(Array.from({ length: 13 }, () => book('2026-12-02T10:00')))
    expect(booked.filter(({ code }) => code === 0)).toHaveLength(12)
    expect(booked.map(faultCode).filter((code) => code !== undefined)).toEqual(['appointment.full'])
    expect(faultCode(await book('2026-12-06T10:00'))).toBe('appointment.closed')
    expect(faultCode(await book('2026-12-02T16:30'))).toBe('appointment.closed')
    const today = String((await book('2026-12-01T10:00')).json['appointment'])
    const early = String((await book('2026-12-01T09:30')).json['appointment'])
    expect((await office.at(1, 'appointment', 'check-in', today)).json).toEqual({ ticket: 'B001' })
    expect((await office.at(1, 'appointment', 'check-in', early)).json).toEqual({ ticket: 'B002' })
    expect(await call(1, '1')).toBe('B002')
    expect(faultCode(await office.at(1, 'ticket', 'missed', 'B002'))).toBe('ticket.early')
    const paper = join(office.path, 'day.pdf')
    const list = ['appointment', 'list', '--date', '2026-12-01', '--out', paper]
    expect((await office.at(3, ...list)).json).toMatchObject({ appointments: 2 })
    const said = execFileSync('pdftotext', ['-layout', paper, '-'], { encoding: 'utf8' })
    for (const words of ['Rendez-vous du jour', today, early, '09:30']) expect(said).toContain(words)
    const byCard = [...['--service', 'B', '--at', '2026-12-01T11:00'], '--document', 'ab 123456']
    expect((await office.at(2, 'appointment', 'book', ...byCard)).code).toBe(0)
    const checkIn = (number: string) => office.at(3, 'appointment', 'check-in', '--document', number)
    expect((await checkIn('AB123456')).json).toEqual({ ticket: 'B003' })
    expect(faultCode(await checkIn('AB654321'))).toBe('appointment.noneToday')
  })

  test('loses its server to a power cut, and nothing else: taken over in seconds', async () => {
    await office.signal(1, 'SIGKILL')
    const begun = performance.now()
    expect((await office.at(2, 'hall', 'take-over')).json).toMatchObject({
      role: 'serving',
      epoch: 2,
      voters: { all: 3, reachable: 2 },
    })
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(await issue(3)).toBe('A006')
  })

  test('goes on nowhere without a majority, and says so; forced, it goes on with numbers of its own', async () => {
    await office.signal(3, 'SIGKILL')
    expect(faultCode(await office.at(2, 'ticket', 'issue', '--service', 'A'))).toBe('hall.noMajority')
    expect(faultCode(await office.at(2, 'hall', 'take-over'))).toBe('hall.noMajority')
    expect((await office.at(2, 'hall', 'take-over', '--forced')).json).toMatchObject({
      role: 'island',
      voters: { all: 3, reachable: 1 },
    })
    expect(await issue(2)).toBe('S2-A001')
    expect([await call(2, '4'), await call(2, '4')]).toEqual(['S2-A001', null])
    expect(faultCode(await office.at(2, 'ticket', 'call', 'A002', '--counter', '4'))).toBe('hall.island')
  })

  test('comes together again: one log, and in it all that was ever answered', async () => {
    await Promise.all([office.run(1, ...clock), office.run(3, ...clock)])
    expect((await office.at(3, 'hall', 'take-over')).json).toMatchObject({ role: 'serving' })
    await expect.poll(async () => (await office.at(2, 'hall', 'status')).json['role']).toBe('member')
    await expect.poll(async () => Object.keys((await replayed(3)).tickets)).toContain('S2-A001')
    const logs = [await replayed(1), await replayed(2), await replayed(3)]
    expect(new Set(logs.map(({ bytes }) => bytes)).size).toBe(1)
    expect(logs[0]?.tickets).toEqual({
      A001: 'done',
      A002: 'waiting',
      A003: 'waiting',
      A004: 'called',
      A005: 'waiting',
      A006: 'waiting',
      B001: 'waiting',
      B002: 'called',
      B003: 'waiting',
      'S2-A001': 'called',
    })
  })

  test('resumes its day after all stations stopped', async () => {
    for (const station of [1, 2, 3]) await office.signal(station, 'SIGTERM')
    expect(faultCode(await office.at(1, 'hall', 'status'))).toBe('hall.notRunning')
    await Promise.all([1, 2, 3].map((station) => office.run(station, ...clock)))
    expect((await office.at(1, 'hall', 'status')).json).toMatchObject({ role: 'member', open: true })
    expect((await office.at(1, 'hall', 'take-over')).code).toBe(0)
    expect(await issue(2)).toBe('A007')
  })

  test('two supervisors at once: one serves, nobody serves beside', async () => {
    const both = await Promise.all([office.at(2, 'hall', 'take-over'), office.at(3, 'hall', 'take-over')])
    expect(both.some(({ code }) => code === 0)).toBe(true)
    const roles = await Promise.all([1, 2, 3].map(async (station) => (await office.at(station, 'hall', 'status')).json))
    expect(roles.filter(({ role }) => role === 'serving')).toHaveLength(1)
    expect(await issue(1)).toBe('A008')
  })

  test('a server that slept is a member when it wakes, and hears what happened meanwhile', async () => {
    const serving =
      1 +
      (
        await Promise.all([1, 2, 3].map(async (station) => (await office.at(station, 'hall', 'status')).json['role']))
      ).indexOf('serving')
    const other = serving === 1 ? 2 : 1
    await office.signal(serving, 'SIGSTOP')
    expect((await office.at(other, 'hall', 'take-over')).json).toMatchObject({ role: 'serving' })
    expect(await issue(other)).toBe('A009')
    await office.signal(serving, 'SIGCONT')
    await expect.poll(() => issue(serving, '--command-id', '019ad2b0-0000-7000-8000-000000000002')).toBe('A010')
    expect((await office.at(serving, 'hall', 'status')).json).toMatchObject({
      role: 'member',
      serving: `station-${String(other)}`,
    })
  })
})

describe('a stranger', () => {
  const knock = (options: { key: string; cert: string } | undefined) =>
    new Promise<string>((done) => {
      const [host, port] = (office.addresses[0] ?? '').split(':')
      const socket = connect({ host, port: Number(port), rejectUnauthorized: false, ...options })
      socket.on('secureConnect', () => socket.write('GET / HTTP/1.1\r\n\r\n'))
      socket.on('error', () => undefined)
      socket.on('data', () => {
        done('was answered')
      })
      socket.on('close', () => {
        done('was refused')
      })
    })

  test('without a certificate, or with one that is not in the roster, is refused and hears nothing', async () => {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(await knock(undefined)).toBe('was refused')
    expect(await knock({ key, cert: pemOf(selfSigned('station-2', keys).toString('base64')) })).toBe('was refused')
    expect((await office.at(1, 'hall', 'status')).code).toBe(0)
  })

  test('on this machine finds nothing open: folder, key, log and socket are their owner’s', () => {
    const mode = (name: string) => (statSync(join(office.data(1), name)).mode & 0o777).toString(8)
    expect(['hall', 'hall/station-key.pem', 'hall/hall.log', 'hall/hall.sock'].map(mode)).toEqual([
      '700',
      '600',
      '600',
      '600',
    ])
  })
})
