import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import type { Out } from '#shared/contract/calls.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { PaperOutcome } from '#shared/ports/printer.ts'
import { err } from '#shared/result.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { composeWorker } from '#electron/worker/compose.ts'
import { createSessions } from '#electron/worker/core/sessions.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { lockOut, mostTries } from '#electron/worker/core/signIn.ts'
import { aCardReading } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import {
  devicesWith,
  paperTrail,
  resources,
  signedIn,
  startWorker,
  type TestWorker,
  sheetsOf,
} from '#tests/builders/worker.ts'

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
let outcome: PaperOutcome
let hear: (event: CardEvent) => void
let ahead = 0
const clock: Clock = {
  now: () => new Date(systemClock.now().getTime() + ahead),
  monotonic: () => systemClock.monotonic() + ahead,
}

const start = (): TestWorker => {
  const devices = devicesWith(paperTrail(join(folder.path, 'paper.txt'), () => outcome))
  return startWorker(
    folder.path,
    {
      ...devices,
      cards: {
        ...devices.cards,
        watch: (listener) => {
          hear = listener
          return () => undefined
        },
      },
    },
    { clock },
  )
}

beforeEach(async () => {
  folder = temporaryFolder()
  ahead = 0
  outcome = { state: 'printed' }
  worker = await signedIn(start())
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})

const restart = async (): Promise<void> => {
  await worker.close()
  worker = await signedIn(start())
}
const draftOf = async (states: 'received' | 'missing' = 'received'): Promise<RequestDraft> => {
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const pieces = sheet.pieces.map((piece) => ({ code: piece.code, state: states, attachments: [] }))
  return { procedure: sheet.code, procedureVersion: sheet.version, pieces, capacity: 'self', language: 'ar' }
}
const typed = async (): Promise<Out<'identity.type'>> =>
  valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Leïla' }, reason: 'noCard' }),
  )
const deposit = async (commandId = v7(), draftId?: string): Promise<Out<'receipt.issue'>> =>
  valueOf(
    await worker.ask('receipt.issue', {
      commandId,
      identityId: (await typed()).identityId,
      draft: await draftOf(),
      draftId,
    }),
  )
const jobState = async (id: string | undefined): Promise<string | undefined> =>
  valueOf(await worker.ask('print.list', {})).jobs.find((job) => job.printJobId === id)?.state
const until = async (id: string | undefined, state: string): Promise<void> => {
  while ((await jobState(id)) !== state)
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
}

describe('a deposit', () => {
  test('is printed, listed, told to the window, and its paper is the same for ever', async () => {
    const made = await deposit()
    await until(made.printJobId, 'printed')
    const paper = valueOf(await worker.ask('receipt.pdf', { receiptId: made.receiptId }))
    expect(valueOf(await worker.ask('home.day', {}))).toMatchObject({ served: 1, deposits: [{ number: made.number }] })
    expect(valueOf(await worker.ask('outbox.list', {})).items).toMatchObject([
      { seq: 1, number: made.number, state: 'pending' },
    ])
    expect(worker.events.map((event) => event.name)).toEqual(
      expect.arrayContaining(['session', 'card', 'print', 'sync', 'outbox']),
    )
    await restart()
    expect(valueOf(await worker.ask('receipt.pdf', { receiptId: made.receiptId })).sha256).toBe(paper.sha256)
  })

  test('is found by its command after a restart, when nobody knows the citizen any more', async () => {
    const commandId = v7()
    const made = await deposit(commandId)
    await restart()
    const order = { commandId, identityId: v7(), draft: await draftOf() }
    expect(valueOf(await worker.ask('receipt.issue', order))).toEqual(made)
    expect(await worker.ask('receipt.issue', { ...order, commandId: v7() })).toEqual(err(faultOf('identity.gone')))
  })

  test('says beforehand what the receipt will say', async () => {
    const { identityId } = await typed()
    const preview = valueOf(await worker.ask('receipt.preview', { identityId, draft: await draftOf('missing') }))
    expect(preview).toMatchObject({
      complete: false,
      citizen: { familyName: 'SPÉCIMEN', typedReason: 'noCard' },
      agent: { code: 'AG-014' },
    })
    expect(preview.number).toBeUndefined()
    expect(valueOf(await worker.ask('home.day', {})).served).toBe(0)
  })

  test('is reprinted as a numbered duplicata', async () => {
    const made = await deposit()
    await until(made.printJobId, 'printed')
    for (const copy of [1, 2]) {
      const job = valueOf(await worker.ask('receipt.reprint', { receiptId: made.receiptId, reason: 'bourrage papier' }))
      expect(job.copy).toBe(copy)
      await until(job.printJobId, 'printed')
    }
  })

  test('whose paper is in question is settled by the agent, once', async () => {
    outcome = { state: 'unknown', message: '' }
    const made = await deposit()
    await until(made.printJobId, 'unknown')
    const printJobId = made.printJobId ?? v7()
    expect(valueOf(await worker.ask('print.resolve', { printJobId, cameOut: false })).state).toBe('failed')
    expect(valueOf(await worker.ask('print.resolve', { printJobId, cameOut: true })).state).toBe('failed')
  })
})

describe('the agent', () => {
  test('finds the draft of the last keystroke again', async () => {
    const draft = { ...(await draftOf()), note: 'à moitié écr' }
    const id = v7()
    valueOf(await worker.ask('draft.save', { id, draft, revision: 0, writer: v7() }))
    await restart()
    expect(valueOf(await worker.ask('draft.load', { id })).draft).toEqual(draft)
    await deposit(v7(), id)
    expect(valueOf(await worker.ask('draft.load', { id })).draft).toBeUndefined()
  })

  test('is locked out after wrong tries, also over a restart, and let in again later', async () => {
    const wrong = (): ReturnType<typeof worker.ask<'session.signIn'>> =>
      worker.ask('session.signIn', { login: 'supervisor', password: 'wrong' })
    for (let left = mostTries - 1; left > 0; left -= 1)
      expect(await wrong()).toEqual(err(faultOf('session.badCredentials', undefined, { left })))
    expect(await wrong()).toMatchObject({ fault: { code: 'session.lockedOut', values: { minutes: 5 } } })
    await restart()
    expect(await worker.ask('session.signIn', { login: 'supervisor', password: 'guichet-demo' })).toMatchObject({
      fault: { code: 'session.lockedOut' },
    })
    ahead += lockOut + 1000
    expect((await worker.ask('session.signIn', { login: 'supervisor', password: 'guichet-demo' })).ok).toBe(true)
    expect(await worker.ask('session.signIn', { login: 'nobody', password: 'guichet-demo' })).toEqual(
      err(faultOf('session.badCredentials', undefined, { left: 4 })),
    )
  })

  test('whose account has expired is not let in', async () => {
    ahead = Date.parse('2029-01-01T00:00:00Z') - systemClock.now().getTime()
    expect(await worker.ask('session.signIn', { login: 'agent', password: 'guichet-demo' })).toEqual(
      err(faultOf('session.accountExpired')),
    )
  })

  test('keeps the language of the screens', async () => {
    valueOf(await worker.ask('session.language', { language: 'ar' }))
    await restart()
    expect(valueOf(await worker.ask('session.current', {})).session?.language).toBe('ar')
  })
})

describe('the citizen', () => {
  test('comes from the card, and is wiped by release and by sign-out', async () => {
    hear({ state: 'done', reader: 'A', reading: aCardReading() })
    const shown = valueOf(await worker.ask('card.state', {}))
    expect(shown).toMatchObject({ card: { state: 'done' }, citizen: { source: { kind: 'card' } } })
    valueOf(await worker.ask('identity.release', { identityId: crypto.randomUUID() }))
    expect(valueOf(await worker.ask('card.state', {})).citizen).toBeDefined()
    valueOf(await worker.ask('identity.release', { identityId: shown.citizen?.identityId ?? '' }))
    expect(valueOf(await worker.ask('card.state', {})).citizen).toBeUndefined()
    await typed()
    valueOf(await worker.ask('session.signOut', {}))
    valueOf(await worker.ask('session.signIn', { login: 'agent', password: 'guichet-demo' }))
    expect(valueOf(await worker.ask('card.state', {})).citizen).toBeUndefined()
    expect(await worker.ask('training.insertCard', { card: 'citizen' })).toEqual(err(faultOf('training.off')))
  })
})

describe('the register', () => {
  const compose = (): ReturnType<typeof composeWorker> =>
    composeWorker({
      dataDir: folder.path,
      resourcesDir: resources,
      key: testKey,
      devices: devicesWith(paperTrail(join(folder.path, 'paper.txt'))),
      press: pressHere({ resourcesDir: resources }),
      clock: systemClock,
      demo: true,
      training: false,
      versions: { app: '0', electron: 'none', standIn: false },
      sessions: createSessions(),
    })

  test('is at work in one place only', () => {
    expect(compose()).toEqual(err(faultOf('register.inUse', 'SQLITE_BUSY')))
  })

  test('whose newest links were changed is not put to work', async () => {
    await deposit()
    await worker.close()
    const store = openTestStore(folder.path)
    store.tx((db) => {
      db.run('DROP TRIGGER journal_fixed')
      db.run(`UPDATE journal SET actor = 'AG-999' WHERE kind = 'request.deposited'`)
      return { ok: true, value: undefined }
    })
    store.close()
    expect(compose()).toMatchObject({ ok: false, fault: { code: 'journal.broken' } })
  })

  test('keeps files by their content, and refuses what is none', async () => {
    const pdf = new TextEncoder().encode('%PDF-1.7 1 0 obj spécimen')
    const [one, other] = [
      await worker.ask('attachment.add', { name: 'a.pdf', bytes: pdf }),
      await worker.ask('attachment.add', { name: 'b.exe', bytes: pdf }),
    ]
    expect(valueOf(one)).toEqual(valueOf(other))
    expect(valueOf(one)).toMatchObject({ mime: 'application/pdf', size: pdf.byteLength })
    expect(await worker.ask('attachment.add', { name: 'x.pdf', bytes: new TextEncoder().encode('MZ') })).toEqual(
      err(faultOf('attachment.type')),
    )
    expect(await worker.ask('attachment.add', { name: 'x.pdf', bytes: new Uint8Array() })).toMatchObject({
      fault: { code: 'attachment.unreadable' },
    })
    const large = new Uint8Array(25 * 1024 * 1024 + 1)
    large.set(pdf)
    expect(await worker.ask('attachment.add', { name: 'x.pdf', bytes: large })).toMatchObject({
      fault: { code: 'attachment.tooLarge' },
    })
  })
})
