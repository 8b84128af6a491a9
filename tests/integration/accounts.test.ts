import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { saveAccount } from '#electron/worker/core/rows/accounts.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { readSeed } from '#electron/worker/core/readSeed.ts'
import { mostTries } from '#electron/worker/core/signIn.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
const start = (): void => {
  worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
}
beforeEach(() => {
  folder = temporaryFolder()
  start()
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})
const enter = (login: string, password = 'guichet-demo'): ReturnType<typeof worker.ask<'session.signIn'>> =>
  worker.ask('session.signIn', { login, password })
const seeded = (login: string): Account => {
  const account = valueOf(readSeed(resources)).accounts.find((one) => one.login === login)
  if (account === undefined) throw new Error('no such account')
  return account
}
/** Looks into the register, or writes to it, while nobody works. */
async function aside<T>(look: (store: ReturnType<typeof openTestStore>) => T): Promise<T> {
  await worker.close()
  const store = openTestStore(folder.path)
  const seen = look(store)
  store.close()
  start()
  return seen
}
const accountOf = async (login: string) =>
  valueOf(await worker.ask('account.list', {})).accounts.find((one) => one.login === login)

test('a supervisor sees who is locked out and lets him try again; both are in the journal', async () => {
  for (let tries = 0; tries < mostTries; tries += 1) await enter('agent', 'wrong')
  expect(await enter('agent')).toMatchObject({ fault: { code: 'session.lockedOut' } })
  await signedIn(worker, 'supervisor')
  expect(await accountOf('agent')).toMatchObject({
    code: 'AG-014',
    lockedUntil: expect.any(String),
    cardRequired: false,
  })
  expect((await accountOf('supervisor'))?.lastSignInAt).toBeDefined()
  const unlocked = valueOf(await worker.ask('account.unlock', { login: 'agent' }))
  expect(unlocked).toMatchObject({ wrongTries: 0 })
  expect(unlocked.lockedUntil).toBeUndefined()
  expect(await worker.ask('account.end', { login: 'agent' })).toEqual(err(faultOf('session.forbidden')))
  expect(await worker.ask('account.unlock', { login: 'nobody' })).toEqual(err(faultOf('account.unknown')))
  valueOf(await worker.ask('session.signOut', {}))
  expect((await enter('agent')).ok).toBe(true)
  const kinds = await aside(({ db }) =>
    [...journalLinks(db)].filter(({ subject }) => subject === 'AG-014').map(({ kind, actor }) => `${kind} ${actor}`),
  )
  expect(kinds).toEqual([
    ...Array.from({ length: mostTries - 1 }, () => 'session.refused counter'),
    'session.lockedOut counter',
    'account.unlocked CS-002',
    'account.keyMade AG-014',
    'session.opened AG-014',
  ])
})

test('an ended account opens with no password, not even with the same verifier sent again, but with a new one', async () => {
  valueOf(await enter('agent'))
  valueOf(await worker.ask('session.signOut', {}))
  await signedIn(worker, 'admin')
  expect(valueOf(await worker.ask('account.end', { login: 'agent' })).endedAt).toBeDefined()
  expect(valueOf(await worker.ask('account.end', { login: 'clerk' })).endedAt).toBeDefined()
  for (const login of ['agent', 'clerk'])
    expect(await enter(login)).toMatchObject({ fault: { code: 'session.badCredentials' } })
  await aside((store) => store.tx((db) => ok(saveAccount(db, seeded('agent')))))
  expect(await enter('agent')).toMatchObject({ fault: { code: 'session.badCredentials' } })
  // The platform gives a new one: here that of another demonstration account, with the same password.
  await aside((store) =>
    store.tx((db) => ok(saveAccount(db, { ...seeded('agent'), verifier: seeded('clerk').verifier }))),
  )
  expect((await enter('agent')).ok).toBe(true)
})

test('who ends his own account is out', async () => {
  await signedIn(worker, 'admin')
  valueOf(await worker.ask('account.end', { login: 'admin' }))
  expect(valueOf(await worker.ask('session.current', {})).session).toBeUndefined()
})

test('after the first sign-in nothing tells whether a password is right but opening the key with it', async () => {
  expect(
    await aside(
      ({ db }) => db.get<{ verifier: string }>(`SELECT verifier FROM accounts WHERE login = 'agent'`)?.verifier,
    ),
  ).toBe(seeded('agent').verifier)
  valueOf(await enter('agent'))
  const row = await aside(({ db }) =>
    db.get<{ verifier: string; account_key: string }>(
      `SELECT verifier, account_key FROM accounts WHERE login = 'agent'`,
    ),
  )
  expect(row?.verifier).toBe('')
  expect(row?.account_key).toContain('argon2id')
  expect(await enter('agent', 'wrong')).toMatchObject({ fault: { code: 'session.badCredentials' } })
  expect((await enter('agent')).ok).toBe(true)
})
