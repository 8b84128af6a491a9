import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { valueOf } from '#tests/builders/register.ts'
import { canFollow, openDoors, type Doors } from './doors.ts'

/** Addresses of the loopback network stand for those of a machine. */
const [home, other, third] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'] as const
/** Of documentation (RFC 5737): no machine has it. */
const lost = '192.0.2.1'
let machine: readonly string[] = []
const open: { close(): unknown }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const make = (): Server => createServer((socket) => socket.destroy())
const listening = (host: string, port = 0): Promise<number> =>
  new Promise((done, fail) => {
    const server = make()
    open.push(server)
    server.once('error', fail)
    server.listen({ host, port }, () => {
      done((server.address() as AddressInfo).port)
    })
  })
const freePort = async (): Promise<number> => {
  const port = await listening(home)
  await new Promise((done) => (open.pop() as Server).close(done))
  return port
}
const openAt = (host: string, port: number, follows = true) =>
  openDoors({ home: { host, port }, follows, make, addresses: () => machine })
const doorsAt = async (...where: Parameters<typeof openAt>): Promise<Doors> => {
  const doors = valueOf(await openAt(...where))
  open.push(doors)
  return doors
}
const answers = async (port: number): Promise<readonly string[]> => {
  const tried = [home, other, third].map(
    (host) =>
      new Promise<string | undefined>((done) => {
        const socket = connect({ host, port })
        socket.on('connect', () => {
          socket.destroy()
          done(host)
        })
        socket.on('error', () => {
          done(undefined)
        })
      }),
  )
  return (await Promise.all(tried)).flatMap((one) => one ?? [])
}

test('at its address, nowhere else', async () => {
  machine = [home, other]
  const port = await freePort()
  const doors = await doorsAt(home, port)
  expect(doors.isAway()).toBe(false)
  expect(await answers(port)).toEqual([home])
})

test('its address goes while it runs: it listens at the others, and at its own alone once that is back', async () => {
  machine = [home]
  const port = await freePort()
  const doors = await doorsAt(home, port)
  machine = [other, third]
  await doors.look()
  expect(doors.isAway()).toBe(true)
  // The system answers at the loopback network in any case; a machine without the address does not.
  expect(await answers(port)).toEqual([home, other, third])
  machine = [home, third]
  await doors.look()
  expect(await answers(port)).toEqual([home])
})

test('it begins without its address, and moves once more', async () => {
  machine = [other]
  const port = await freePort()
  const doors = await doorsAt(lost, port)
  expect(await answers(port)).toEqual([other])
  machine = [third]
  await doors.look()
  expect(await answers(port)).toEqual([third])
  machine = []
  await doors.look()
  expect(await answers(port), 'the last one is the lock of its log').toEqual([third])
})

test('the cable is out when it begins: the address is the machine’s all the same', async () => {
  machine = []
  const port = await freePort()
  await doorsAt(home, port)
  expect(await answers(port)).toEqual([home])
})

test.each([
  ['its address is taken', home, home],
  ['one of the others is taken: another process of this station may be there', lost, third],
])('%s: it does not start, and holds nothing', async (_what, host, taken) => {
  machine = [other, third]
  const port = await freePort()
  await listening(taken, port)
  expect(await openAt(host, port)).toMatchObject({ ok: false, fault: { code: 'hall.address' } })
  expect(await answers(port)).toEqual([taken])
})

test.each([
  ['a machine without any address', true, []],
  ['stations are not followed', false, [other]],
])('%s: a station without its address does not start', async (_what, follows, addresses) => {
  machine = addresses
  const port = await freePort()
  expect(await openAt(lost, port, follows)).toMatchObject({ ok: false, fault: { code: 'hall.address' } })
  expect(await answers(port)).toEqual([])
})

test('where stations are not followed, other addresses are never listened at', async () => {
  machine = [other]
  const port = await freePort()
  const doors = await doorsAt(home, port, false)
  await doors.look()
  expect(doors.isAway()).toBe(false)
  expect(await answers(port)).toEqual([home])
})

test('stations of one machine alone are followed nowhere', () => {
  const hosts = ['127.0.0.1', '127.9.0.1', '::1', 'localhost', 'counter.example', 'fd00::1', '192.0.2.1', '10.0.0.7']
  expect(hosts.filter((host) => canFollow({ host, port: 1 }))).toEqual(['192.0.2.1', '10.0.0.7'])
})
