import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { v4 } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import type { HallFacts } from '#shared/contract/hallCalls.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import type { CommandId } from '#shared/ids.ts'
import type { HallPort } from '#shared/ports/hall.ts'
import type { Result } from '#shared/result.ts'
import { answerTo, openDay } from '#electron/hall/local/answerTo.ts'
import { writeLog } from '#electron/hall/logFile.ts'
import { makeOffice } from '#electron/hall/office/makeOffice.ts'
import { parseAddress } from '#electron/hall/office/roster.ts'
import { runStation, type Station } from '#electron/hall/station.ts'
import { watchStation } from '#electron/hall/watchStation.ts'
import { loopbackAddresses } from '#tests/builders/hallOffice.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, sheetsOf, signedIn, startWorker } from '#tests/builders/worker.ts'
import { longestFile } from '#shared/contract/hallCalls.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
const id = (): CommandId => v4() as CommandId
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.fault.code)

/** The resources of the demonstration, for a counter of another number. */
function resourcesOf(path: string, counter: string): string {
  mkdirSync(join(path, 'seed'), { recursive: true })
  for (const name of readdirSync(resources)) if (name !== 'seed') symlinkSync(join(resources, name), join(path, name))
  cpSync(join(resources, 'seed'), join(path, 'seed'), { recursive: true })
  const office = JSON.parse(readFileSync(join(path, 'seed/office.json'), 'utf8')) as object
  writeFileSync(join(path, 'seed/office.json'), JSON.stringify({ ...office, counter }))
  return path
}

/** Three stations that hear each other over TLS; at the first two a register each, counters 2 and 3. */
async function office() {
  const folder = temporaryFolder()
  open.push(() => {
    folder.remove()
  })
  const addresses = (await loopbackAddresses(3)).flatMap((text) => parseAddress(text) ?? [])
  for (const { name, files } of makeOffice({ addresses, services: ['A', 'B'], closed: [] }))
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, name, file)), { recursive: true })
      writeFileSync(join(folder.path, name, file), content)
    }
  const machine = async (number: number) => {
    const data = join(folder.path, `station-${String(number)}`)
    let give: (asked: string) => string | undefined = () => undefined
    let facts: HallFacts | undefined
    const hears = new Set<() => void>()
    const station: Station = valueOf(await runStation(data, { give: (asked) => Promise.resolve(give(asked)) }))
    const watch = watchStation(station, (now) => {
      facts = now
      for (const hear of hears) hear()
    })
    const off = async (): Promise<void> => {
      watch.close()
      await station.close()
    }
    open.push(off)
    const hall: HallPort = {
      ask: async (request) => {
        const answer = await answerTo(station, request)
        await station.look()
        watch.now()
        return answer
      },
      file: (ticket) => station.files.fetch(ticket),
      onWanted: (next) => {
        give = next
        return () => {
          give = () => undefined
        }
      },
      facts: () => facts,
      onChange: (hear) => {
        hears.add(hear)
        return () => hears.delete(hear)
      },
    }
    return {
      station,
      hall,
      data,
      off,
      /** From now on its files are given like this. */
      gives: (how: (asked: string, real: typeof give) => string | undefined) => {
        const real = give
        give = (asked) => how(asked, real)
      },
    }
  }
  const counter = async (number: number) => {
    const here = await machine(number)
    const resourcesDir = resourcesOf(`${here.data}-resources-${v4()}`, `G${String(number + 1)}`)
    const devices = devicesWith(paperTrail(join(folder.path, `paper-${String(number)}`)))
    const worker = await signedIn(startWorker(here.data, devices, { hall: here.hall, resourcesDir }))
    open.push(worker.close)
    const drafts = async () => valueOf(await worker.ask('draft.list', {})).drafts.map((one) => one.id)
    return { ...here, worker, drafts }
  }
  const [first, second, third] = [await counter(1), await counter(2), await machine(3)]
  await vi.waitFor(() => {
    expect([...third.station.state.heard.keys()].sort()).toEqual(['station-1', 'station-2'])
  })
  valueOf(await openDay(third.station))
  await vi.waitFor(() => {
    for (const { hall } of [first, second]) expect(hall.facts()?.hall.serving).toBe('station-3')
  })
  valueOf(await first.worker.ask('hall.signOn', { commandId: id(), services: ['A'] }))
  valueOf(await second.worker.ask('hall.signOn', { commandId: id(), services: ['B'] }))
  /** Somebody comes to counter 2, and something is begun for him there. */
  const serve = async (note: string, scan?: Uint8Array<ArrayBuffer>) => {
    const { worker } = first
    valueOf(await worker.ask('hall.issue', { commandId: id(), service: 'A', aloud: true }))
    const ticket = valueOf(await worker.ask('hall.next', { commandId: id() })).ticket?.ticket ?? ''
    valueOf(await worker.ask('hall.ticket', { commandId: id(), ticket, act: 'here' }))
    const [sheet] = await sheetsOf(worker)
    if (sheet === undefined) throw new Error('no sheet')
    const added =
      scan === undefined ? undefined : valueOf(await worker.ask('attachment.add', { name: 'a', bytes: scan }))
    const attachments = added === undefined ? [] : [added.sha256]
    const draft: RequestDraft = {
      procedure: sheet.code,
      procedureVersion: sheet.version,
      capacity: 'self',
      language: 'ar',
      note,
      pieces: sheet.pieces.map(({ code }, index) => ({
        code,
        state: 'received',
        attachments: index === 0 ? attachments : [],
      })),
    }
    const draftId = v4()
    valueOf(await worker.ask('draft.save', { id: draftId, draft, revision: 0, writer: v4() }))
    return { ticket, draft, draftId }
  }
  const transfer = async ({ ticket, draftId }: { ticket: string; draftId: string }) => {
    const commandId = id()
    const ask = () => first.worker.ask('hall.ticket', { commandId, ticket, act: 'transfer', service: 'B', draftId })
    valueOf(await ask())
    // An answer that was lost is asked for again.
    valueOf(await ask())
  }
  const call = async () => valueOf(await second.worker.ask('hall.next', { commandId: id() })).ticket
  const take = (ticket: string) => second.worker.ask('hall.takeFile', { ticket })
  return { first, second, third, counter, serve, transfer, call, take }
}

const png = (size: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(8 + size).fill(7)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return bytes
}

test('what was begun goes with the ticket to the counter that calls it, and nobody else sees it', async () => {
  const { first, second, third, serve, transfer, call, take } = await office()
  const begun = await serve('Deux enfants à charge', png(2_000))
  await transfer(begun)
  expect(await first.drafts()).toEqual([begun.draftId])
  expect(await call()).toMatchObject({ ticket: begun.ticket, file: { station: 'station-1', id: begun.draftId } })
  // Whoever did not call the ticket is given nothing.
  expect(codeOf(await third.station.files.fetch(begun.ticket))).toBe('ticket.state')
  expect(valueOf(await take(begun.ticket))).toEqual({ id: begun.draftId, left: 0 })
  expect(valueOf(await second.worker.ask('draft.load', { id: begun.draftId })).draft).toEqual(begun.draft)
  await vi.waitFor(async () => {
    expect(await first.drafts()).toEqual([])
  })
  // Once more: it is here already.
  expect(valueOf(await take(begun.ticket))).toEqual({ id: begun.draftId, left: 0 })
  expect(await second.drafts()).toEqual([begun.draftId])
  const log = writeLog(third.station.state)
  expect(log).toContain(begun.draftId)
  expect(log).not.toContain('enfants')
})

test('a counter that is off, or has no program open, keeps the file; it comes when that counter is back', async () => {
  const { first, second, third, counter, serve, transfer, call, take } = await office()
  const begun = await serve('À compléter')
  await transfer(begun)
  await call()
  await first.worker.close()
  expect(codeOf(await take(begun.ticket))).toBe('hall.fileGone')
  await first.off()
  await vi.waitFor(
    async () => {
      expect(codeOf(await take(begun.ticket))).toBe('hall.fileAway')
    },
    { timeout: 5_000 },
  )
  expect(await second.drafts()).toEqual([])
  const again = await counter(1)
  await vi.waitFor(
    () => {
      expect(again.hall.facts()?.hall.serving).toBe('station-3')
      expect(third.station.state.heard.has('station-1')).toBe(true)
      expect(second.station.state.heard.has('station-1')).toBe(true)
    },
    { timeout: 5_000 },
  )
  await vi.waitFor(async () => {
    expect(valueOf(await take(begun.ticket))).toEqual({ id: begun.draftId, left: 0 })
  })
  expect(valueOf(await second.worker.ask('draft.load', { id: begun.draftId })).draft?.note).toBe('À compléter')
})

test('what is of another version stays where it is', async () => {
  const { first, second, serve, transfer, call, take } = await office()
  const begun = await serve('Une demande')
  await transfer(begun)
  await call()
  first.gives(() => '{"version":2,"draft":{}}')
  expect(codeOf(await take(begun.ticket))).toBe('hall.fileUnreadable')
  expect([await first.drafts(), await second.drafts()]).toEqual([[begun.draftId], []])
})

test('what somebody went on with after it was given is not dropped', async () => {
  const { first, second, serve, transfer, call, take } = await office()
  const begun = await serve('Première version')
  await transfer(begun)
  await call()
  const changed = { id: begun.draftId, draft: { ...begun.draft, note: 'Suite' }, revision: 1, writer: v4() }
  let saved: Promise<unknown> = Promise.resolve()
  first.gives((asked, real) => {
    const text = real(asked)
    saved = first.worker.ask('draft.save', changed)
    return text
  })
  expect(codeOf(await take(begun.ticket))).toBe('ok')
  await saved
  // Its counter knows that another one has it.
  await vi.waitFor(() => {
    const at = first.hall.facts()?.hall.counters.find(({ counter }) => counter === '3')
    expect(at?.ticket?.file?.station).toBe('station-2')
  })
  expect([await first.drafts(), await second.drafts()]).toEqual([[begun.draftId], [begun.draftId]])
})

test('scans beyond what may travel stay, and it is said how many', async () => {
  const { second, serve, transfer, call, take } = await office()
  const begun = await serve('Grand dossier', png(longestFile))
  await transfer(begun)
  await call()
  expect(valueOf(await take(begun.ticket))).toEqual({ id: begun.draftId, left: 1 })
  const { draft } = valueOf(await second.worker.ask('draft.load', { id: begun.draftId }))
  expect(draft?.pieces.flatMap(({ attachments }) => attachments)).toEqual([])
  expect(draft?.note).toBe('Grand dossier')
})
