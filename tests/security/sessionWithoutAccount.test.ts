import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteAccount, endVerifier, findAccount, saveAccount } from '#electron/worker/core/rows/accounts.ts'
import { fallen } from '#electron/worker/core/standing.ts'
import type { WriteHandle } from '#electron/worker/store/handle.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { aSupervisor, withPeople } from '#tests/builders/people.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

// What is tried: to go on in a session whose account is over.

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
let wall = Date.parse('2026-11-21T09:00:00Z')
let monotonic = 0
const clock: Clock = { now: () => new Date(wall), monotonic: () => monotonic }
/** The hours pass, and the machine knows it. */
const pass = (ms: number): void => {
  wall += ms
  monotonic += ms
}
beforeEach(() => {
  folder = temporaryFolder()
  wall = Date.parse('2026-11-21T09:00:00Z')
})
afterEach(() => {
  folder.remove()
})

/** Looks at the register while nobody works. */
function inside<T>(look: (store: ReturnType<typeof openTestStore>) => T): T {
  const store = openTestStore(folder.path)
  const seen = look(store)
  store.close()
  return seen
}

describe('at the counter', () => {
  const start = (): void => {
    worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), { clock })
  }
  beforeEach(start)
  afterEach(() => worker.close())
  const told = () => worker.events.filter(({ name }) => name === 'session').at(-1)?.payload

  test('an account that ran out stops at its next call, and its window is told', async () => {
    await worker.close()
    inside((store) => {
      const account = findAccount(store.db, 'agent')
      if (account === undefined) throw new Error('no agent')
      valueOf(store.tx((db) => ok(saveAccount(db, { ...account, validUntil: '2026-11-21T10:00:00.000Z' }))))
    })
    start()
    await signedIn(worker)
    await depositFor(worker)
    pass(2 * 60 * 60_000)
    expect(await worker.ask('home.day', {})).toEqual(err(faultOf('session.accountExpired')))
    expect(told()).toEqual({ locked: 'account' })
    expect(await worker.ask('home.day', {})).toEqual(err(faultOf('session.none')))
  })

  test('an account that is ended while it works stops, wherever it is signed in', async () => {
    await signedIn(worker)
    const desk = worker.at('clerk')
    valueOf(await desk.ask('session.signIn', { login: 'admin', password: 'guichet-demo' }))
    valueOf(await desk.ask('account.end', { login: 'agent' }))
    expect(told()).toEqual({ locked: 'account' })
    expect(await worker.ask('home.day', {})).toEqual(err(faultOf('session.none')))
  })
})

describe('what the platform takes away', () => {
  const takes: Readonly<Record<string, (db: WriteHandle) => void>> = {
    'the account': (db) => {
      deleteAccount(db, 'supervisor')
    },
    'its sign-in': (db) => {
      endVerifier(db, { login: 'supervisor', verifier: 'x' }, '2026-11-21T09:00:00.000Z')
    },
    'a role': (db) => {
      db.run(`UPDATE accounts SET roles = '["agent"]' WHERE login = 'supervisor'`)
    },
  }
  test.each(Object.entries(takes))('%s ends the session that had it', async (_, take) => {
    const store = openTestStore(folder.path)
    await withPeople(store, { supervisor: ['CS-002', 'supervisor'] })
    const { context } = issuingOver(store, clock)
    expect(fallen(context, aSupervisor)).toBeUndefined()
    valueOf(store.tx((db) => ok(take(db))))
    expect(fallen(context, aSupervisor)).toEqual(faultOf('session.accountChanged'))
    store.close()
  })

  test('a role that is added, or another name, ends nothing', async () => {
    const store = openTestStore(folder.path)
    await withPeople(store, { supervisor: ['CS-002', 'supervisor'] })
    const { context } = issuingOver(store, clock)
    valueOf(store.tx((db) => ok(db.run(`UPDATE accounts SET roles = '["auditor","supervisor"]', name = 'N. D.'`))))
    expect(fallen(context, aSupervisor)).toBeUndefined()
    store.close()
  })
})
