import { createSecureContext, createServer, type TLSSocket } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { generateKeyPairSync } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { pemOf, selfSigned } from '../office/certificate.ts'
import { makeOffice, stationFile } from '../office/makeOffice.ts'
import { openRoster, type Roster } from '../office/roster.ts'
import { makeDialer } from './dialer.ts'

const host = '127.0.0.1'
const office = makeOffice({ addresses: [1, 2].map(() => ({ host, port: 1 })), services: ['A'], closed: [] })
const textOf = (station: number, name: string): string => office[station - 1]?.files[name] ?? ''
const roster = openRoster(textOf(1, stationFile.roster), textOf(1, stationFile.officeKey)) as Roster
const [one, two] = roster.stations
const ca = roster.stations.map(({ certificate }) => pemOf(certificate))

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

/** A server that says what it was told. */
const listening = (key: string, certificate: string, told: (text: string) => void): Promise<number> =>
  new Promise((done) => {
    const server = createServer({ key, cert: pemOf(certificate), ca, requestCert: true, rejectUnauthorized: false })
    server.on('tlsClientError', () => undefined)
    server.on('secureConnection', (socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (bytes: Buffer) => {
        told(bytes.toString('utf8', 4))
      })
    })
    open.push(server)
    server.listen(0, host, () => {
      done((server.address() as AddressInfo).port)
    })
  })

test('a station is spoken to where it was found, after the address of the roster; who else is there is told nothing', async () => {
  if (one === undefined || two === undefined) throw new Error('two stations')
  const strangers = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = strangers.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  let toStranger = ''
  const wrong = await listening(pem, selfSigned('station-2', strangers).toString('base64'), (text) => {
    toStranger += text
  })
  const greeted: string[] = []
  const right = await listening(textOf(2, stationFile.key), two.certificate, (text) => greeted.push(text))
  const tried: TLSSocket[] = []
  const dialer = makeDialer({
    // Nobody listens at the port that the roster names.
    peer: two,
    secureContext: createSecureContext({ key: textOf(1, stationFile.key), cert: pemOf(one.certificate), ca }),
    log: roster.log,
    elsewhere: () => [wrong, right].map((port) => ({ host, port })),
    keep: (socket) => {
      tried.push(socket)
      socket.on('error', () => socket.destroy())
    },
    lost: () => undefined,
  })
  open.push({
    close: () => {
      dialer.stop()
      for (const socket of tried) socket.destroy()
    },
  })
  dialer.now()
  await expect.poll(() => greeted).toEqual([roster.log])
  expect(dialer.isReached()).toBe(true)
  expect(tried).toHaveLength(3)
  dialer.stayAt([host])
  expect(dialer.isReached()).toBe(true)

  // The machine has another address now: the connection from the one of before leads nowhere.
  dialer.stayAt(['192.0.2.1'])
  await expect.poll(() => greeted).toEqual([roster.log, roster.log])
  expect(tried, 'the address of the roster first again').toHaveLength(6)
  expect(toStranger).toBe('')
})

test('a station that has moved is called where it called from, before the address that it has lost', async () => {
  if (one === undefined || two === undefined) throw new Error('two stations')
  const greeted: string[] = []
  const hear = (at: string) => (): void => void greeted.push(at)
  const before = await listening(textOf(2, stationFile.key), two.certificate, hear('before'))
  const now = await listening(textOf(2, stationFile.key), two.certificate, hear('now'))
  const places: { host: string; port: number }[] = []
  const tried: TLSSocket[] = []
  const dialer = makeDialer({
    peer: { ...two, port: before },
    secureContext: createSecureContext({ key: textOf(1, stationFile.key), cert: pemOf(one.certificate), ca }),
    log: roster.log,
    elsewhere: () => places,
    keep: (socket) => {
      tried.push(socket)
      socket.on('error', () => socket.destroy())
    },
    lost: () => undefined,
  })
  open.push({
    close: () => {
      dialer.stop()
      for (const socket of tried) socket.destroy()
    },
  })
  dialer.now()
  await expect.poll(() => greeted).toEqual(['before'])
  places.push({ host, port: now })
  dialer.moved()
  await expect.poll(() => greeted).toEqual(['before', 'now'])
  expect(tried).toHaveLength(2)
})
