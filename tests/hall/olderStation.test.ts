import { afterAll, expect, test, vi } from 'vitest'
import type * as Commands from '#shared/domain/hall/command.ts'
import type { HallAnswer } from '#shared/domain/hall/command.ts'
import type * as Events from '#shared/domain/hall/event.ts'
import type { DiskRecord } from '#electron/hall/node/record.ts'
import type { Result } from '#shared/result.ts'
import { officeOf } from './simulation/office.ts'

/** A version before anybody could be parked: neither the command nor the event is known to it. */
vi.mock('#shared/domain/hall/event.ts', async (original) => {
  const events = await original<typeof Events>()
  const { z } = await import('zod')
  const known = events.hallEvent.options.filter(({ shape }) => shape.type.value !== 'parked')
  return { ...events, hallEvent: z.union(known) }
})
vi.mock('#shared/domain/hall/command.ts', async (original) => {
  const commands = await original<typeof Commands>()
  const { z } = await import('zod')
  const known = commands.hallCommand.options.filter(({ shape }) => shape.type.value !== 'park')
  return { ...commands, hallCommand: z.union(known) }
})

/** The program as it is mocked now: its station, and how it reads what others say. */
async function load() {
  vi.resetModules()
  const { HallNode } = await import('#electron/hall/node/hallNode.ts')
  const { readMessage } = await import('#electron/hall/node/message.ts')
  const { statusOf } = await import('#electron/hall/view.ts')
  return { HallNode, readMessage, statusOf }
}
type Program = Awaited<ReturnType<typeof load>>
const before = await load()
vi.doUnmock('#shared/domain/hall/event.ts')
vi.doUnmock('#shared/domain/hall/command.ts')
const now = await load()
// Test files share their modules: the next one loads its own.
afterAll(() => {
  vi.resetModules()
})

/** Three stations of these programs, whose messages travel as text. */
function office(programs: readonly Program[]) {
  const make = officeOf(programs.length)
  const { stations } = make('station-1')
  let instant = 0
  let tokens = 0
  const moment = () => ({ now: instant, civil: Date.parse('2026-12-01T09:00:00Z') + instant })
  const answers = new Map<number, Result<HallAnswer>>()
  const machines = new Map(
    programs.map((program, index) => {
      const name = stations[index] ?? ''
      const disk: DiskRecord[] = []
      return [name, { program, disk, node: new program.HallNode(make(name), disk, moment()) }]
    }),
  )
  const at = (station: number) => {
    const machine = machines.get(`station-${String(station)}`)
    if (machine === undefined) throw new RangeError(String(station))
    return machine
  }
  const settle = (): boolean => {
    let moved = false
    for (const [from, { node, disk }] of machines) {
      const { records, sends, replies } = node.settle()
      disk.push(...records)
      for (const { token, result } of replies) answers.set(token, result)
      for (const { to, message } of sends) {
        const other = machines.get(to)
        const read = other?.program.readMessage(JSON.stringify(message))
        if (read === undefined) throw new Error(`${to} ends the connection over ${message.type}`)
        if (read !== 'later' && read.type !== 'wantFile' && read.type !== 'file')
          other?.node.receive(moment(), from, read)
        moved = true
      }
    }
    return moved
  }
  const live = (ms: number): void => {
    for (const until = instant + ms; instant < until; instant += 50) {
      for (const { node } of machines.values()) node.tick(moment())
      while (settle());
    }
  }
  const asked = (act: (token: number) => void): string => {
    tokens += 1
    act(tokens)
    live(500)
    const result = answers.get(tokens)
    return result === undefined ? 'no answer' : result.ok ? (result.value.ticket ?? 'done') : result.fault.code
  }
  const ask = (station: number, command: Commands.HallCommand): string =>
    asked((token) => {
      at(station).node.ask(moment(), token, `command-${String(token)}`, command)
    })
  const takeOver = (station: number): string =>
    asked((token) => {
      at(station).node.takeOver(moment(), { open: true, token })
    })
  const status = (station: number) => at(station).program.statusOf(at(station).node.state, moment().civil)
  live(500)
  return { at, ask, takeOver, status, live, moment, make }
}

test('what a later version wrote is kept, counted and handed on by a station that does not understand it', () => {
  const { at, ask, takeOver, status, live, moment, make } = office([now, before, before])
  expect(takeOver(1)).toBe('done')
  expect(ask(1, { type: 'issue', service: 'A' })).toBe('A001')
  expect(ask(1, { type: 'call', counter: 1 })).toBe('A001')
  // Answered: a majority has it on disk, and one of the older ones is in every majority.
  expect(ask(1, { type: 'park', ticket: 'A001' })).toBe('A001')
  live(500)
  const [newer, old] = [at(1).node.state, at(2).node.state]
  expect([old.log.head, old.commit]).toEqual([newer.log.head, newer.commit])
  expect(newer.hall.tickets.get('A001')?.state).toBe('parked')
  expect(old.hall.tickets.get('A001')?.state).toBe('called')
  expect([status(1).later, status(2).later]).toEqual([0, 1])
  // What it can, it does: its own counters go on.
  expect(ask(2, { type: 'issue', service: 'A' })).toBe('A002')
  // Updated, it reads its own disk, and has the whole hall.
  const updated = new now.HallNode(make('station-2'), JSON.parse(JSON.stringify(at(2).disk)) as DiskRecord[], moment())
  expect(updated.state.hall.tickets.get('A001')?.state).toBe('parked')
})

test('a station that does not understand its whole log serves nobody; one that does may', () => {
  const { ask, takeOver, status } = office([now, before, now])
  expect(takeOver(1)).toBe('done')
  ask(1, { type: 'issue', service: 'A' })
  ask(1, { type: 'call', counter: 1 })
  ask(1, { type: 'park', ticket: 'A001' })
  expect(takeOver(2)).toBe('hall.older')
  expect(status(1).role).toBe('serving')
  expect(takeOver(3)).toBe('done')
})

test('who serves and is older than who asks says so, and goes on', () => {
  const { ask, takeOver, status } = office([before, now, now])
  expect(takeOver(1)).toBe('done')
  expect(ask(2, { type: 'issue', service: 'A' })).toBe('A001')
  expect(ask(2, { type: 'call', counter: 2 })).toBe('A001')
  expect(ask(2, { type: 'park', ticket: 'A001' })).toBe('hall.older')
  expect(ask(2, { type: 'done', ticket: 'A001' })).toBe('A001')
  expect(status(1).role).toBe('serving')
})

test('a message of a later kind is passed over; what is no message ends the connection', () => {
  expect(now.readMessage('{"type":"wave","hands":2}')).toBe('later')
  for (const text of ['', '{}', '{"type":7}', '{"type":"alive"}', '{"type":"alive","epoch":-1}'])
    expect(now.readMessage(text)).toBeUndefined()
  const answer = { type: 'answer', id: 'a', result: { ok: false, fault: { code: 'hall.ofTomorrow' } } }
  expect(now.readMessage(JSON.stringify(answer))).toMatchObject({ result: { fault: { code: 'hall.older' } } })
})
