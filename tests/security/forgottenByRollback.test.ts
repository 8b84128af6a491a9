import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { journalHead } from '#electron/worker/journal/rows/journalRows.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, startWorker, type TestWorker } from '#tests/builders/worker.ts'

// What is tried: an old register.db is put back, without the marks beside it, to forget what is no act.

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
const start = (): TestWorker =>
  (worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt')))))
beforeEach(() => {
  folder = temporaryFolder()
  start()
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})

const register = ['register.db', 'register.db-wal'] as const
const marks = ['high-water.a', 'high-water.b'] as const
const at = (name: string): string => join(folder.path, name)
const keep = (names: readonly string[]): void => {
  for (const name of names) if (existsSync(at(name))) cpSync(at(name), at(`${name}.kept`))
}
const putBack = (names: readonly string[]): void => {
  for (const name of names) {
    rmSync(at(name), { force: true })
    if (existsSync(at(`${name}.kept`))) cpSync(at(`${name}.kept`), at(name))
  }
}
const enter = (login: string, password = 'guichet-demo') => worker.ask('session.signIn', { login, password })
/** What put a register into quarantine, as every window is told. */
const quarantine = async (): Promise<string | undefined> => valueOf(await worker.ask('app.state', {})).quarantine?.code

interface Forgotten {
  readonly as?: string
  readonly does: () => Promise<unknown>
}
const links: Readonly<Record<string, Forgotten>> = {
  'a sign-in': { does: () => enter('agent') },
  'a refused try': { does: () => enter('supervisor', 'guess') },
  'a sign-out': { as: 'agent', does: () => worker.ask('session.signOut', {}) },
  'an account that was ended': { as: 'admin', does: () => worker.ask('account.end', { login: 'agent' }) },
  'a card that was unbound': { as: 'admin', does: () => worker.ask('account.unbindCard', { login: 'agent' }) },
  'a lock that was lifted': { as: 'admin', does: () => worker.ask('account.unlock', { login: 'agent' }) },
  'what a reader is for': {
    as: 'admin',
    does: () => worker.ask('reader.setRole', { reader: 'Lecteur 1', role: 'agent' }),
  },
  'a sight of somebody': {
    as: 'supervisor',
    does: () => worker.ask('personalData.find', { number: '2026/RAB03-G2/000001' }),
  },
  'a deposit': { as: 'agent', does: () => depositFor(worker) },
  'a citizen at the desk': {
    as: 'agent',
    does: () =>
      worker.ask('identity.type', {
        identity: { familyName: 'X', givenNames: 'Y' },
        reason: 'other',
        note: 'carte en renouvellement',
      }),
  },
}

describe.each(Object.entries(links))('%s', (_, { as, does }) => {
  test('is not forgotten by an old register', async () => {
    if (as !== undefined) valueOf(await enter(as))
    keep(register)
    await does()
    // The marks as they are when the answer is there: an orderly end would move them once more.
    keep(marks)
    await worker.close()
    putBack([...register, ...marks])
    start()
    expect(await quarantine()).toBe('register.quarantined')
  })
})

const seqIn = (name: string): number => (JSON.parse(readFileSync(at(name), 'utf8')) as { readonly seq: number }).seq

test('the anchor of an orderly end is covered too', async () => {
  valueOf(await enter('agent'))
  await worker.close()
  const store = openTestStore(folder.path)
  const head = journalHead(store.db)
  store.close()
  expect(head?.kind).toBe('journal.anchored')
  expect(Math.max(...marks.map(seqIn))).toBe(head?.seq)
  start()
})

test('a mark of another register, or of another installation of this counter, is not believed', async () => {
  valueOf(await enter('agent'))
  await worker.close()
  const elsewhere = temporaryFolder()
  /** What another installation, which has come further, left beside its register. */
  const foreign = async (key: Uint8Array): Promise<void> => {
    const other = startWorker(elsewhere.path, devicesWith(paperTrail(join(elsewhere.path, 'paper.txt'))), { key })
    for (let times = 0; times < 4; times += 1)
      await other.ask('session.signIn', { login: `nobody ${String(times)}`, password: 'x' })
    await other.close()
    for (const name of marks) cpSync(join(elsewhere.path, name), at(name))
    rmSync(elsewhere.path, { recursive: true, force: true })
    mkdirSync(elsewhere.path)
  }
  await foreign(new Uint8Array(32).fill(7))
  start()
  expect(await quarantine()).toBeUndefined()
  await worker.close()
  await foreign(testKey)
  start()
  expect(await quarantine()).toBeUndefined()

  // One of them in the place of the newest mark hides nothing either: the other one is ours.
  keep(register)
  await enter('agent')
  await enter('agent')
  keep(marks)
  await worker.close()
  putBack([...register, ...marks])
  const newest = marks.find((name) => seqIn(name) === Math.max(...marks.map(seqIn))) ?? marks[0]
  await foreign(testKey).then(() => {
    for (const name of marks) if (name !== newest) putBack([name])
  })
  start()
  expect(await quarantine()).toBe('register.quarantined')
  elsewhere.remove()
})

test('a register that is deleted is not begun anew with numbers that were given', async () => {
  valueOf(await enter('agent'))
  await depositFor(worker)
  await worker.close()
  for (const name of register) rmSync(at(name), { force: true })
  start()
  expect(await quarantine()).toBe('register.quarantined')
})
