import { hash } from '@node-rs/argon2'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CounterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { createJournal } from '../journal/journal.ts'
import { countOfKind } from '../journal/rows/journalRows.ts'
import type { Store } from '../store/open.ts'
import type { Context } from './context.ts'
import { counterOf, createRegister } from './createRegister.ts'
import { readSeed } from './readSeed.ts'
import { findAccount, saveAccount, saveTries } from './rows/accounts.ts'
import { lockOut, mostTries, proveWho, signIn } from './signIn.ts'

// Argon2, many times over.
vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let context: Context
let now = Date.parse('2026-11-29T09:00:00Z')
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  now = Date.parse('2026-11-29T09:00:00Z')
  const clock = { now: () => new Date(now), monotonic: () => 0 }
  const seed = valueOf(readSeed(resources))
  const counter: CounterId = counterOf(seed.office)
  valueOf(createRegister(store, createJournal(clock, counter, store.db), seed))
  context = { store, clock, counter, journal: createJournal(clock, counter, store.db), newId: () => 'unused' }
})
afterEach(() => {
  store.close()
  folder.remove()
})
const login = 'agent'
const right = 'guichet-demo'
const tryWith = (password: string) => signIn(context, { login, password })
const account = () => findAccount(store.db, login)

test('a burst of wrong tries is counted one by one: the lock stands, and the tries after it meet it', async () => {
  const outcomes = await Promise.all(Array.from({ length: mostTries + 3 }, () => tryWith('wrong')))
  expect(outcomes.map((one) => (one.ok ? 'in' : one.fault.values))).toEqual([
    { left: 4 },
    { left: 3 },
    { left: 2 },
    { left: 1 },
    { minutes: 5 },
    { minutes: 5 },
    { minutes: 5 },
    { minutes: 5 },
  ])
  expect(account()).toMatchObject({ lockedUntil: new Date(now + lockOut).toISOString() })
  expect(countOfKind(store.db, 'session.lockedOut')).toBe(1)
})

test('a right password behind a burst of wrong ones does not get in', async () => {
  const wrong = Array.from({ length: mostTries }, () => tryWith('wrong'))
  const [signedIn, second] = await Promise.all([
    tryWith(right),
    proveWho(context, { login, password: right }),
    ...wrong,
  ]).then(() => Promise.all([tryWith(right), proveWho(context, { login, password: right })]))
  expect([signedIn, second]).toMatchObject([
    { ok: false, fault: { code: 'session.lockedOut' } },
    { ok: false, fault: { code: 'session.lockedOut' } },
  ])
})

test('sign-in and second person share the count of a login', async () => {
  await Promise.all([
    ...Array.from({ length: 3 }, () => tryWith('wrong')),
    ...Array.from({ length: 3 }, () => proveWho(context, { login, password: 'wrong' })),
  ])
  expect(await tryWith(right)).toMatchObject({ ok: false, fault: { code: 'session.lockedOut' } })
})

test('the lock is looked at again after the password was computed', async () => {
  const trying = tryWith(right)
  // Locked meanwhile, from elsewhere.
  await Promise.resolve()
  valueOf(
    store.upkeep((db) => {
      saveTries(db, login, 0, new Date(now + lockOut).toISOString())
      return ok(undefined)
    }),
  )
  expect(await trying).toMatchObject({ ok: false, fault: { code: 'session.lockedOut' } })
})

test('a wrong try never takes a lock away; after its time one begins anew, and the right password ends it', async () => {
  await Promise.all(Array.from({ length: mostTries }, () => tryWith('wrong')))
  now += lockOut + 1
  expect(await tryWith('wrong')).toMatchObject({ fault: { code: 'session.badCredentials', values: { left: 4 } } })
  expect(account()?.lockedUntil).toBeDefined()
  expect((await tryWith(right)).ok).toBe(true)
  expect(account()).toMatchObject({ wrongTries: 0, lockedUntil: undefined })
})

test('a lock that a clock a year ahead wrote lasts no longer than any other', async () => {
  now += 365 * 86_400_000
  await Promise.all(Array.from({ length: mostTries }, () => tryWith('wrong')))
  now -= 365 * 86_400_000
  expect(await tryWith(right)).toMatchObject({ fault: { code: 'session.lockedOut', values: { minutes: 5 } } })
  now += lockOut + 1
  expect((await tryWith(right)).ok).toBe(true)
})

test('a login is meant whatever case it is typed in, and its tries are counted as one', async () => {
  expect(await signIn(context, { login: 'AGENT', password: right })).toMatchObject({
    ok: true,
    value: { view: { login } },
  })
  for (const typed of ['Agent', 'aGENT']) await signIn(context, { login: typed, password: 'wrong' })
  expect(account()).toMatchObject({ wrongTries: 2 })
  for (const [at, typed] of ['Nobody', 'NOBODY', 'nobody'].entries())
    expect(await signIn(context, { login: typed, password: right })).toMatchObject({
      fault: { code: 'session.badCredentials', values: { left: mostTries - 1 - at } },
    })
})

test('two logins that differ by case alone stay two', async () => {
  const known = account()
  if (known === undefined) throw new Error('no account')
  valueOf(
    store.tx((db) => {
      saveAccount(db, { ...known, login: 'Agent', code: 'AG-900' })
      return ok(undefined)
    }),
  )
  expect(await signIn(context, { login: 'Agent', password: right })).toMatchObject({ value: { code: 'AG-900' } })
  expect(await signIn(context, { login, password: right })).toMatchObject({ value: { code: known.code } })
  expect(await signIn(context, { login: 'AGENT', password: right })).toMatchObject({ ok: false })
})

test('a password opens however a keyboard composes its letters, and one that was made of loose letters still does', async () => {
  const [whole, loose] = ['Été à Salé', 'Été à Salé'.normalize('NFD')]
  const known = account()
  if (known === undefined) throw new Error('no account')
  for (const [at, { made, typed }] of [
    { made: whole, typed: whole },
    { made: whole, typed: loose },
    { made: loose, typed: loose },
  ].entries()) {
    const verifier = await hash(made, { memoryCost: 8, timeCost: 1, parallelism: 1 })
    const name = `of${String(at)}`
    valueOf(
      store.tx((db) => {
        saveAccount(db, { ...known, login: name, code: `AG-80${String(at)}`, verifier })
        return ok(undefined)
      }),
    )
    expect(await signIn(context, { login: name, password: typed })).toMatchObject({ ok: true })
    // From now on the key of the account, which composes by itself.
    expect(await signIn(context, { login: name, password: whole })).toMatchObject({ ok: true })
  }
})
