import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { v4 } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTicketPrinter } from '#drivers/printer/escpos/openTicketPrinter.ts'
import { serveDevices } from '#electron/devices/serveDevices.ts'
import { openRemoteDevices } from '#electron/worker/devices/remoteDevices.ts'
import { wireOf } from '#shared/contract/hostPort.ts'
import type { CommandId } from '#shared/ids.ts'
import { hallHere, hostPort } from '#tests/builders/hallHost.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { startEscposPrinter, type EscposPrinter } from '#tests/emulators/escpos/escposPrinter.ts'

// The first ticket waits for fonts.
vi.setConfig({ testTimeout: 60_000 })

/** A hall and its kiosk over a printer on TCP, for the narrow roll; a busy machine takes its time. */
const patience = { connect: 2_000, answer: 2_000, send: 2_000, print: 3_000 }
const open: (() => Promise<void>)[] = []
let worker: TestWorker
let printer: EscposPrinter
let kiosk: ReturnType<TestWorker['at']>

beforeEach(async () => {
  const folder = temporaryFolder()
  const hall = hallHere(folder.path)
  printer = await startEscposPrinter()
  const tickets = openTicketPrinter({ host: '127.0.0.1', port: printer.port, dots: 384 }, patience)
  const others = devicesWith(paperTrail(join(folder.path, 'paper')))
  // The printer is the devices process's: what the worker asks goes over its wire.
  const { port1, port2 } = new MessageChannel()
  const { cards, signers, printer: office, scanner } = others
  const served = {
    cards,
    signers,
    plugins: [],
    printer: office,
    scanner,
    scans: [],
    tickets,
    close: () => Promise.resolve(),
  }
  serveDevices(wireOf(hostPort(port1)), served, () => undefined)
  const remote = openRemoteDevices({ training: false })
  remote.attach(wireOf(hostPort(port2)))
  open.push(() => {
    remote.detach()
    port1.close()
    return Promise.resolve()
  })
  const devices = { ...others, ...(remote.devices.tickets && { tickets: remote.devices.tickets }) }
  worker = startWorker(folder.path, devices, { hall: hall.hall })
  open.push(
    async () => folder.remove(),
    () => printer.close(),
    hall.close,
    worker.close,
  )
  await signedIn(worker)
  kiosk = worker.at('kiosk')
  await vi.waitFor(async () => {
    expect(valueOf(await worker.ask('hall.view', {}))).toMatchObject({ role: 'serving', open: true })
  }, 10_000)
})
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const touch = (commandId = v4() as CommandId) => kiosk.ask('kiosk.issue', { commandId, service: 'A', priority: false })
const waiting = async () => valueOf(await worker.ask('hall.view', {})).waiting.map(({ ticket }) => ticket)
const paper = async () => valueOf(await kiosk.ask('hall.board', {})).paper

test('a kiosk and the desk print what they give out, once for each touch', async () => {
  expect(await paper()).toBe('ready')
  const commandId = v4() as CommandId
  const [first, again] = await Promise.all([touch(commandId), touch(commandId)])
  expect(valueOf(first)).toEqual({ ticket: 'A001', before: 0, printed: true })
  expect(again).toEqual(first)
  expect(await touch(commandId)).toEqual(first)
  const desk = await worker.ask('hall.issue', { commandId: v4(), service: 'B', priority: 'elderly' })
  expect(valueOf(desk)).toMatchObject({ ticket: { ticket: 'B001' }, printed: true })
  expect(printer.tickets).toHaveLength(2)
  expect(printer.tickets.every(({ width, height, dots }) => width === 384 && height > 200 && dots.includes(1))).toBe(
    true,
  )
  expect((await waiting()).toSorted()).toEqual(['A001', 'B001'])
})

test('without paper no ticket is counted, and every window hears it; with paper it goes on', async () => {
  printer.set('out')
  expect(await touch()).toMatchObject({ ok: false, fault: { code: 'ticket.noPaper', detail: 'paper' } })
  expect(await waiting()).toEqual([])
  await vi.waitFor(() => {
    expect(kiosk.events.findLast(({ name }) => name === 'board')?.payload).toMatchObject({ paper: 'out' })
  }, 8_000)
  // Who works in the hall hears it too: nobody sits at a kiosk.
  const heard = async () => valueOf(await worker.ask('hall.view', {})).messages.map(({ text }) => text)
  await vi.waitFor(async () => {
    expect(await heard()).toEqual([expect.stringContaining('Plus de papier')])
  })
  printer.set('low')
  expect(valueOf(await touch())).toMatchObject({ ticket: 'A001', printed: true })
  expect(await paper()).toBe('ready')
  await vi.waitFor(async () => {
    expect(await heard()).toHaveLength(2)
  }, 8_000)
  expect(await heard()).toContainEqual(expect.stringContaining('bientôt fini'))
})

test.each(['out', 'vanish'] as const)(
  '%s in the middle: the number stands, is told, and is not doubled',
  async (what) => {
    printer.after(120, what)
    const commandId = v4() as CommandId
    const given = await touch(commandId)
    expect(valueOf(given)).toEqual({ ticket: 'A001', before: 0, printed: false })
    expect(await touch(commandId)).toEqual(given)
    printer.set('ready')
    expect(valueOf(await touch())).toMatchObject({ ticket: 'A002', printed: true })
    expect(printer.tickets).toHaveLength(1)
    expect(await waiting()).toEqual(['A001', 'A002'])
  },
)

test('without paper the desk gives nothing by itself, and says a number aloud when it is asked to', async () => {
  printer.set('out')
  const commandId = v4() as CommandId
  const refused = await worker.ask('hall.issue', { commandId, service: 'B' })
  expect(refused).toMatchObject({ ok: false, fault: { code: 'ticket.noPaper' } })
  const said = await worker.ask('hall.issue', { commandId, service: 'B', aloud: true })
  expect(valueOf(said)).toMatchObject({ ticket: { ticket: 'B001' }, printed: false })
  expect(await worker.ask('hall.issue', { commandId, service: 'B', aloud: true })).toEqual(said)
  expect(await waiting()).toEqual(['B001'])
  expect(printer.tickets).toHaveLength(0)
})

test('a printer that is switched off gives out nothing', async () => {
  await printer.close()
  expect(await touch()).toMatchObject({ fault: { code: 'ticket.noPaper', detail: 'unreachable' } })
  expect(await waiting()).toEqual([])
  expect(await paper()).toBe('out')
})
