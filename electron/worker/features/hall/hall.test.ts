import { execFileSync } from 'node:child_process'
import { createServer } from 'node:net'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v4 } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import type { HallView } from '#shared/contract/features/hall/views.ts'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import type { CommandId } from '#shared/ids.ts'
import type { TicketPrinter } from '#shared/ports/ticketPrinter.ts'
import { ok } from '#shared/result.ts'
import { hallHere, type TestHall } from '#tests/builders/hallHost.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

/** A worker over a real station in this process: its TLS, its log, its rules. */
const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function office(): Promise<{ worker: TestWorker; hall: TestHall; data: string }> {
  const folder = temporaryFolder()
  const hall = hallHere(folder.path)
  const worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper'))), { hall: hall.hall })
  open.push(
    async () => folder.remove(),
    () => hall.close(),
    worker.close,
  )
  await signedIn(worker)
  await vi.waitFor(async () => {
    expect(await look(worker)).toMatchObject({ role: 'serving', open: true })
  }, 10_000)
  return { worker, hall, data: folder.path }
}
const id = (): CommandId => v4() as CommandId
const look = async (worker: Pick<TestWorker, 'ask'>): Promise<HallView> => valueOf(await worker.ask('hall.view', {}))
const issue = async (worker: TestWorker, service = 'A') =>
  valueOf(await worker.ask('hall.issue', { commandId: id(), service })).ticket.ticket
const next = async (worker: TestWorker, commandId = id()) => worker.ask('hall.next', { commandId })
const act = (worker: TestWorker, ticket: string, what: 'here' | 'takeBack' | 'park' | 'recall' | 'done') =>
  worker.ask('hall.ticket', { commandId: id(), ticket, act: what })

test('a morning at one counter: signs on, calls, serves, calls again in one stroke, signs out', async () => {
  const { worker } = await office()
  expect(await look(worker)).toMatchObject({
    counter: '2',
    services: [{ letter: 'A', name: { fr: 'État civil' }, procedure: 'EXTRAIT-NAISSANCE' }, {}, {}],
  })
  valueOf(await worker.ask('hall.signOn', { commandId: id(), services: ['A', 'B'] }))
  for (const service of ['A', 'C', 'A']) await issue(worker, service)
  expect(valueOf(await next(worker)).ticket).toMatchObject({ ticket: 'A001', state: 'called', counter: '2' })
  expect(await next(worker)).toMatchObject({ ok: false, fault: { code: 'ticket.notHere' } })
  valueOf(await act(worker, 'A001', 'here'))
  expect((await look(worker)).counters).toMatchObject([
    { counter: '2', state: 'serving', services: ['A', 'B'], ticket: { ticket: 'A001' } },
  ])
  const again = id()
  expect(valueOf(await next(worker, again)).ticket?.ticket).toBe('A002')
  expect(valueOf(await next(worker, again)).ticket?.ticket).toBe('A002')
  valueOf(await act(worker, 'A002', 'takeBack'))
  const seen = await look(worker)
  expect(seen.waiting.map(({ ticket }) => ticket)).toEqual(['C001', 'A002'])
  expect(seen.figures).toMatchObject({ served: 1, missed: 0 })
  expect(seen.counters[0]?.state).toBe('free')

  valueOf(await worker.ask('session.signOut', {}))
  const board = worker.at('board')
  await signedIn(worker, 'supervisor')
  await vi.waitFor(async () => {
    expect((await look(worker)).counters).toEqual([])
  })
  expect(valueOf(await board.ask('hall.board', {}))).toMatchObject({ role: 'serving', calls: [], paper: 'none' })
})

test('a locked screen leaves counter and citizen where they are', async () => {
  const { worker } = await office()
  valueOf(await worker.ask('hall.signOn', { commandId: id(), services: [] }))
  await issue(worker)
  valueOf(await next(worker))
  valueOf(await worker.ask('session.lock', {}))
  await signedIn(worker)
  expect((await look(worker)).counters).toMatchObject([{ state: 'called', ticket: { ticket: 'A001' } }])
})

/** The counter as its hall has it: who is there, and whom it called. */
const counterOf = ({ hall }: TestHall) =>
  hall.facts()?.hall.counters.map(({ counter, agent, ticket }) => ({ counter, agent, ticket: ticket?.ticket }))

test('who closes the program is signed off; whom he called stays where a supervisor sees him', async () => {
  const { worker, hall } = await office()
  valueOf(await worker.ask('hall.signOn', { commandId: id(), services: [] }))
  await issue(worker)
  valueOf(await next(worker))
  expect(counterOf(hall)).toMatchObject([{ counter: '2', agent: expect.any(String), ticket: 'A001' }])
  await worker.close()
  await vi.waitFor(() => {
    expect(counterOf(hall)).toEqual([{ counter: '2', agent: undefined, ticket: 'A001' }])
    expect(hall.hall.facts()?.hall.counters[0]?.ticket?.leftAt).toBeDefined()
  })
})

test('who was at a counter whose program died is signed off when it starts again', async () => {
  const folder = temporaryFolder()
  const hall = hallHere(folder.path)
  open.push(
    async () => folder.remove(),
    () => hall.close(),
  )
  const command = (one: HallCommand) => hall.hall.ask({ call: 'command', id: v4(), command: one })
  await vi.waitFor(() => {
    expect(hall.hall.facts()?.hall.open).toBe(true)
  }, 10_000)
  for (const counter of [2, 3])
    valueOf(await command({ type: 'signOn', counter, agent: `Salma ${String(counter)}`, services: [] }))
  valueOf(await command({ type: 'issue', service: 'A' }))
  valueOf(await command({ type: 'next', counter: 2 }))
  const worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper'))), { hall: hall.hall })
  open.push(worker.close)
  await vi.waitFor(() => {
    expect(counterOf(hall)).toEqual([
      { counter: '2', agent: undefined, ticket: 'A001' },
      { counter: '3', agent: 'Salma 3', ticket: undefined },
    ])
  })
})

test('whose account is ended while he works is signed off', async () => {
  const { worker, hall } = await office()
  valueOf(await worker.ask('hall.signOn', { commandId: id(), services: [] }))
  const desk = worker.at('clerk')
  valueOf(await desk.ask('session.signIn', { login: 'admin', password: 'guichet-demo' }))
  expect(counterOf(hall)).toMatchObject([{ counter: '2', agent: expect.any(String) }])
  valueOf(await desk.ask('account.end', { login: 'agent' }))
  await vi.waitFor(() => {
    expect(counterOf(hall)).toEqual([])
  })
})

test('windows hear the hall as far as their door goes; a wall sees numbers and no reason', async () => {
  const { worker } = await office()
  const [board, kiosk] = [worker.at('board'), worker.at('kiosk')]
  const answer = valueOf(await kiosk.ask('kiosk.issue', { commandId: id(), service: 'A', priority: true }))
  expect(answer).toEqual({ ticket: 'A001', before: 0, printed: false })
  valueOf(await next(worker))
  expect((await look(worker)).counters[0]?.ticket?.priority).toBe('declared')
  const heard = board.events.findLast(({ name }) => name === 'board')?.payload
  expect(heard).toMatchObject({ calls: [{ ticket: 'A001', counter: '2', times: 1 }] })
  expect(JSON.stringify(heard)).not.toMatch(/declared|agent|Salma/)
  expect(board.events.some(({ name }) => name === 'hall')).toBe(false)
  expect(worker.events.some(({ name }) => name === 'hall')).toBe(true)
})

test('a kiosk is asked through its own door, and rights hold', async () => {
  const { worker } = await office()
  expect(await worker.ask('kiosk.issue', { commandId: id(), service: 'A', priority: false })).toMatchObject({
    fault: { code: 'session.forbidden' },
  })
  expect(await worker.ask('hall.close', { commandId: id() })).toMatchObject({ fault: { code: 'session.forbidden' } })
  await signedIn(worker, 'supervisor')
  valueOf(await worker.ask('hall.service', { commandId: id(), service: 'A', open: false, opensAt: '14:00' }))
  const kiosk = worker.at('kiosk')
  expect(await kiosk.ask('kiosk.issue', { commandId: id(), service: 'A', priority: false })).toMatchObject({
    fault: { code: 'ticket.serviceClosed' },
  })
  valueOf(await worker.ask('hall.message', { commandId: id(), text: 'Deux guichets de plus' }))
  valueOf(await kiosk.ask('kiosk.help', { commandId: id() }))
  expect((await look(worker)).messages.map(({ text }) => text)).toEqual([
    expect.stringContaining('borne'),
    'Deux guichets de plus',
  ])
  expect(valueOf(await worker.ask('hall.close', { commandId: id() }))).toMatchObject({
    open: false,
    trouble: 'hall.notOpen',
  })
  expect(valueOf(await worker.ask('hall.open', {}))).toMatchObject({ open: true, role: 'serving' })
})

test('a call of another counter is taken back by who runs the hall, and by no agent', async () => {
  const { worker, hall } = await office()
  await issue(worker)
  const command = { type: 'call', counter: 7 } as const
  valueOf(await hall.hall.ask({ call: 'command', id: v4(), command }))
  const takeBack = () => worker.ask('hall.ticket', { commandId: id(), ticket: 'A001', act: 'takeBack', counter: '7' })
  expect(await takeBack()).toMatchObject({ fault: { code: 'session.forbidden' } })
  expect(await act(worker, 'A001', 'done')).toMatchObject({ fault: { code: 'ticket.state' } })
  await signedIn(worker, 'supervisor')
  expect(valueOf(await takeBack()).ticket).toMatchObject({ ticket: 'A001', state: 'waiting' })
})

test('an appointment: free times, booked, moved, checked in, in the list and the calendar', async () => {
  const { worker } = await office()
  const day = await nextWorkingDay(worker)
  const free = valueOf(await worker.ask('appointments.free', { service: 'B', day })).times
  expect(free[0]).toEqual({ time: '08:30', places: 12 })
  const book = await worker.ask('appointments.book', { commandId: id(), service: 'B', day, time: '08:30' })
  expect(valueOf(book).appointment).toMatchObject({ appointment: 'R0001', minutes: 15, state: 'booked' })
  expect(valueOf(await worker.ask('appointments.free', { service: 'B', day })).times[0]?.places).toBe(11)
  const moved = { commandId: id(), appointment: 'R0001', day, time: '09:00' }
  expect(valueOf(await worker.ask('appointments.move', moved)).appointment.time).toBe('09:00')
  expect(valueOf(await worker.ask('appointments.list', { day })).appointments).toHaveLength(1)
  const { pdf } = valueOf(await worker.ask('appointments.paper', { day }))
  const said = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  for (const words of ['Rendez-vous du jour', '09:00', 'R0001', 'Urbanisme']) expect(said).toContain(words)
  expect(valueOf(await worker.ask('appointments.calendar', {})).text).toContain('UID:R0001@')
  expect(await worker.ask('appointments.checkIn', { commandId: id(), appointment: 'R0001' })).toMatchObject({
    fault: { code: 'appointment.otherDay' },
  })
  await signedIn(worker, 'supervisor')
  const today = valueOf(await worker.ask('hall.history', { from: '2020-01-01', to: '2099-01-01' }))
  expect(today.days).toEqual([])
  expect(valueOf(await worker.ask('hall.forecast', { day }))).toEqual({ services: [] })
})

test('a hall that dies is unanswered, then heard again with everything that was said', async () => {
  const { worker, hall } = await office()
  await issue(worker)
  hall.detach()
  expect((await look(worker)).role).toBe('starting')
  expect(await next(worker)).toMatchObject({ fault: { code: 'hall.notRunning' } })
  hall.join()
  await vi.waitFor(async () => {
    expect((await look(worker)).waiting).toHaveLength(1)
  })
})

test('an address that is taken is trouble, told and tried again; the counter goes on', async () => {
  const first = await office()
  const text = await readFile(join(first.data, 'hall', 'roster.json'), 'utf8')
  const { roster } = JSON.parse(text) as { roster: { stations: { port: number }[] } }
  const port = roster.stations[0]?.port ?? 0
  await first.hall.close()
  const other = createServer().listen(port, '127.0.0.1')
  await new Promise((done) => other.once('listening', done))
  const hall = hallHere(first.data)
  open.push(() => hall.close())
  await vi.waitFor(() => {
    expect(hall.hall.facts()?.hall).toMatchObject({ role: 'starting', trouble: 'hall.address' })
  })
  await new Promise((done) => other.close(done))
  await vi.waitFor(() => {
    expect(hall.hall.facts()?.hall.role).toBe('serving')
  }, 10_000)
})

test('a ticket printer that never says a word is told of once, and gives tickets', { timeout: 40_000 }, async () => {
  const mute = { state: 'ready', dots: 576, low: false, mute: true } as const
  let looks = 0
  const tickets: TicketPrinter = {
    status: () => {
      looks += 1
      return Promise.resolve(ok(mute))
    },
    seen: () => mute,
    print: () => Promise.resolve(ok({})),
  }
  const folder = temporaryFolder()
  const hall = hallHere(folder.path)
  const devices = { ...devicesWith(paperTrail(join(folder.path, 'paper'))), tickets }
  const worker = startWorker(folder.path, devices, { hall: hall.hall })
  open.push(
    async () => folder.remove(),
    () => hall.close(),
    worker.close,
  )
  await signedIn(worker)
  const told = async () => (await look(worker)).messages.map(({ text }) => text)
  await vi.waitFor(async () => {
    expect(await told()).toEqual([expect.stringContaining('ne dit pas si elle a du papier')])
  }, 15_000)
  const before = looks
  await vi.waitFor(() => {
    expect(looks).toBeGreaterThan(before + 1)
  }, 20_000)
  expect(await told()).toHaveLength(1)
  const given = await worker.ask('hall.issue', { commandId: id(), service: 'A' })
  expect(valueOf(given)).toMatchObject({ ticket: { ticket: 'A001' }, printed: true })
})

test('a counter in no hall says so', async () => {
  const folder = temporaryFolder()
  const worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper'))))
  open.push(async () => folder.remove(), worker.close)
  await signedIn(worker)
  expect((await look(worker)).role).toBe('none')
  expect(await next(worker)).toMatchObject({ fault: { code: 'hall.notRunning' } })
})

/** The next day on which an office takes appointments: neither week end nor holiday. */
async function nextWorkingDay(worker: TestWorker): Promise<string> {
  for (let ahead = 1; ahead < 30; ahead += 1) {
    const day = new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
    if (valueOf(await worker.ask('appointments.free', { service: 'B', day })).times.length > 0) return day
  }
  throw new Error('no day')
}
