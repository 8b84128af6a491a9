import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { writeWhole } from '#electron/worker/keys/wholeFile.ts'
import { makeOffice } from '#electron/hall/office/makeOffice.ts'
import { parseAddress } from '#electron/hall/office/roster.ts'
import { loopbackAddresses } from '#tests/builders/hallOffice.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { shared, startFleet, type Fleet } from './hall/fleet.ts'
import type { StationQuestion } from './hall/station.ts'
import { median, timed, type Figure } from './measure.ts'

const stations = 20
const citizens = 400
/** Between two calls, in milliseconds. */
const restMs = 60

/**
 * Twenty stations, each a process of its own, and four hundred who wait: what a call of the next one takes, until a
 * display has it, and a take-over; in an office in which five stations vote, and in one in which all do. The processes
 * share the cores and the disk of this machine. So there are two floors: one round trip over the loopback and one sync,
 * which twenty machines could come near to; and the same number of messages and syncs among as many bare processes
 * here, in turns with the calls.
 */
export async function benchHall(runs: number): Promise<readonly Figure[]> {
  return [...(await benchOffice(runs, 5)), ...(await benchOffice(runs, stations))]
}

async function benchOffice(runs: number, voters: number): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  let [office, bare]: (Fleet | undefined)[] = []
  try {
    office = await startOffice(folder.path, voters)
    bare = await startBare(folder.path, voters)
    const ask = (machine: number, question: StationQuestion) => office?.ask(machine, question) ?? Promise.reject(gone)
    await ask(0, { do: 'hear', others: stations - 1 })
    await ask(0, { do: 'serve' })
    await ask(0, { do: 'issue', count: citizens })
    const floor = await floorOf(folder.path)
    const [calls, shown, bares, floors]: [number[], number[], number[], number[]] = [[], [], [], []]
    for (let run = 0; run < runs; run += 1) {
      const at = run % stations
      const begun = shared()
      calls.push(await ask(at, { do: 'call', counter: 1 + at }))
      shown.push((await ask(stations - 1, { do: 'shown', after: begun })) - begun)
      bares.push(await bare.ask(at, {}))
      floors.push(await floor.once())
      await ask(at, { do: 'return' })
      // Twenty machines do not sync on one disk: what is still being written of this turn is none of the next one's.
      await pause(restMs)
    }
    floor.close()
    const takeOver = await ask(1, { do: 'serve' })
    const base = { unit: 'ms', runs } as const
    const what = `hall, ${String(voters)} of ${String(stations)} vote`
    const [round, machine] = ['one round trip and one sync', 'bare processes here']
    return [
      { ...base, name: `${what}: call next`, value: median(calls), floor: { name: round, value: median(floors) } },
      { ...base, name: `${what}: call next`, value: median(calls), floor: { name: machine, value: median(bares) } },
      { ...base, name: `${what}: call next, p99`, value: p99(calls), floor: { name: round, value: p99(floors) } },
      { ...base, name: `${what}: call next, p99`, value: p99(calls), floor: { name: machine, value: p99(bares) } },
      { ...base, name: `${what}: a display has it, p99`, value: p99(shown), floor: { name: 'goal', value: 200 } },
      { ...base, name: `${what}: take-over`, value: takeOver, floor: { name: 'goal', value: 5_000 }, runs: 1 },
    ]
  } finally {
    await Promise.all([office?.close(), bare?.close()])
    folder.remove()
  }
}

const gone = new Error('the office is gone')

async function startOffice(path: string, voters: number): Promise<Fleet> {
  const addresses = (await loopbackAddresses(stations)).flatMap((text) => parseAddress(text) ?? [])
  const made = makeOffice({ addresses, services: ['A', 'B'], closed: [], voters })
  for (const { name, files } of made)
    for (const [file, content] of Object.entries(files)) valueOf(writeWhole(join(path, name, file), content))
  return startFleet(
    'station.ts',
    made.map(({ name }, index) => [join(path, name), index === stations - 1 ? 'display' : 'counter']),
  )
}

async function startBare(path: string, voters: number): Promise<Fleet> {
  const addresses = await loopbackAddresses(stations)
  return startFleet(
    'bare.ts',
    addresses.map((_, index) => [join(path, 'bare'), String(index), String(voters), ...addresses]),
  )
}

const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1] ?? Number.NaN

/** A bare socket that gives back what it gets, and a file: what nobody can go below. */
async function floorOf(folder: string) {
  const record = Buffer.alloc(400)
  mkdirSync(join(folder, 'floor'))
  const file = openSync(join(folder, 'floor', 'log'), 'a')
  const server = createServer((socket) => socket.pipe(socket))
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.setNoDelay(true)
  return {
    once: () =>
      timed(async () => {
        const back = new Promise((done) => socket.once('data', done))
        socket.write(record)
        await back
        writeSync(file, record)
        fdatasyncSync(file)
      }),
    close: () => {
      socket.destroy()
      server.close()
      closeSync(file)
    },
  }
}
