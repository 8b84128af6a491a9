import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { v4 } from 'uuid'
import { writeWhole } from '#electron/worker/keys/wholeFile.ts'
import { makeOffice } from '#electron/hall/office/makeOffice.ts'
import { runStation, type Station } from '#electron/hall/station.ts'
import { loopbackAddresses } from '#tests/builders/hallOffice.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { parseAddress } from '#electron/hall/office/roster.ts'
import { median, timed, type Figure } from './measure.ts'

const stations = 20
const citizens = 400

/**
 * Twenty stations, all of which vote, and four hundred who wait: what a call of the next one takes, until a display has
 * it, and a take-over. All run in this one process, on one disk: eleven syncs and as many answers over TLS lie in each call. The floor
 * is one round trip over the loopback and one sync of a record.
 */
export async function benchHall(runs: number): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const running: Station[] = []
  try {
    const addresses = (await loopbackAddresses(stations)).flatMap((text) => parseAddress(text) ?? [])
    for (const { name, files } of makeOffice({ addresses, services: ['A', 'B'], closed: [] })) {
      for (const [file, content] of Object.entries(files)) valueOf(writeWhole(join(folder.path, name, file), content))
      running.push(valueOf(await runStation(join(folder.path, name))))
    }
    const [first, second, display] = running
    if (first === undefined || second === undefined || display === undefined) return []
    await waitFor(() => first.state.heard.size === stations - 1)
    valueOf(await first.takeOver({ open: true }))
    for (let n = 0; n < citizens; n += 40)
      await Promise.all(
        Array.from({ length: 40 }, () => first.ask(v4(), { type: 'issue', service: 'A' }).then(valueOf)),
      )
    const floor = await floorOf(folder.path)
    const [calls, shown, floors]: [number[], number[], number[]] = [[], [], []]
    for (let run = 0; run < runs; run += 1) {
      const at = running[run % stations] ?? first
      const begun = performance.now()
      const { ticket } = valueOf(await at.ask(v4(), { type: 'call', counter: 1 + (run % stations) }))
      calls.push(performance.now() - begun)
      await waitFor(() => display.state.hall.tickets.get(ticket ?? '')?.state === 'called')
      shown.push(performance.now() - begun)
      floors.push(await floor.once())
      if (ticket !== null) valueOf(await at.ask(v4(), { type: 'return', ticket: ticket ?? '' }))
    }
    floor.close()
    await first.close()
    const takeOver = await timed(() => second.takeOver({}).then(valueOf))
    const base = { unit: 'ms', runs } as const
    const round = { name: 'one round trip and one sync', value: median(floors) }
    return [
      { ...base, name: 'hall: call next, 20 stations, 400 waiting', value: median(calls), floor: round },
      {
        ...base,
        name: 'hall: call next, p99',
        value: p99(calls),
        floor: { name: 'the same, p99', value: p99(floors) },
      },
      { ...base, name: 'hall: a display has the call, p99', value: p99(shown), floor: { name: 'goal', value: 200 } },
      {
        ...base,
        name: 'hall: take-over after the server ended',
        value: takeOver,
        floor: { name: 'goal', value: 5_000 },
        runs: 1,
      },
    ]
  } finally {
    await Promise.all(running.map((one) => one.close()))
    folder.remove()
  }
}

const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1] ?? Number.NaN

async function waitFor(there: () => boolean): Promise<void> {
  while (!there()) await new Promise((done) => setImmediate(done))
}

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
      rmSync(join(folder, 'floor'), { recursive: true })
    },
  }
}
