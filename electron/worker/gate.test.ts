import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Calls, In } from '#shared/contract/calls.ts'
import type { AppState } from '#shared/contract/features/app/calls.ts'
import type { Answers } from './core/caller.ts'
import { createSessions } from './core/sessions.ts'
import { createDispatch } from './dispatch.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import type { OfficeFile } from '#shared/contract/officeFile.ts'
import { anOfficeFile, aPlatformKey, officeBytes } from '#tests/builders/platformKeys.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { createGate, type Gate } from './gate.ts'
import type { Worker } from './core/workerOptions.ts'

let folder: ReturnType<typeof temporaryFolder>
let states: AppState[]
let composed: Uint8Array[]
beforeEach(() => {
  folder = temporaryFolder()
  states = []
  composed = []
})
afterEach(() => {
  folder.remove()
})

const versions = { app: '1', electron: '45', standIn: false }
const keystore: Keystore = { wrap: (key) => Promise.resolve(ok(key)), unwrap: (blob) => Promise.resolve(ok(blob)) }
const passphrase = 'une phrase de passe'
const signal = new AbortController().signal

/** A register that knows its state and lists nothing. */
const state: AppState = {
  phase: 'ready',
  version: '1',
  runtime: { electron: '45', standIn: false },
  training: false,
  demoLogins: [],
}
const worker: Worker = {
  answers: {
    'app.state': () => ok(state),
    'home.day': () => ok({ day: '2026-11-21' }),
  } as unknown as Answers<Calls>, // the gate only passes calls on: two are enough
  afterwards: () => undefined,
  standing: () => undefined,
  state: () => state,
  away: () => undefined,
  leave: () => undefined,
  close: () => Promise.resolve(),
}
/** Asks the gate as the window of an agent does. */
const ask = <C extends keyof Calls>(gate: Gate, name: C, input: In<C>): Promise<Result<unknown>> => {
  const session = createSessions().open('clerk', () => undefined)
  session.set({
    view: { login: 'a', name: 'A', roles: ['agent'], language: 'fr', since: '2026-11-21T09:00:00.000Z' },
    code: 'A',
  })
  return createDispatch(gate)(name, input, { session, signal })
}
const gateWith = (over: Partial<Parameters<typeof createGate>[0]> = {}): Gate =>
  createGate({
    dataDir: join(folder.path, 'data'),
    keystore: undefined,
    passphrase: undefined,
    training: false,
    versions,
    compose: (key): Result<Worker> => {
      composed.push(key)
      return ok(worker)
    },
    rescue: () => Promise.resolve(err(faultOf('register.noBackup'))),
    log: () => undefined,
    onState: (state) => {
      states.push(state)
    },
    ...over,
  })
const phases = (): readonly string[] => states.map((state) => state.phase)

test('with a keystore the register opens by itself, the first time and the next', async () => {
  await gateWith({ keystore }).begin()
  await gateWith({ keystore }).begin()
  expect(phases()).toEqual(['ready', 'ready'])
  expect(Buffer.from(composed[0] ?? [])).toEqual(Buffer.from(composed[1] ?? []))
})

test('without one a passphrase is chosen, and asked again at the next start', async () => {
  const first = gateWith()
  await first.begin()
  expect(await ask(first, 'home.day', {})).toEqual(err(faultOf('register.locked')))
  expect(await ask(first, 'app.state', {})).toMatchObject({ value: { phase: 'create' } })
  expect(await ask(first, 'register.unlock', { passphrase })).toEqual(ok({}))
  expect(await ask(first, 'home.day', {})).toEqual(ok({ day: '2026-11-21' }))

  const second = gateWith()
  await second.begin()
  expect(await ask(second, 'register.unlock', { passphrase: 'une autre phrase' })).toEqual(
    err(faultOf('register.badPassphrase')),
  )
  expect((await ask(second, 'register.unlock', { passphrase })).ok).toBe(true)
  expect(phases()).toEqual(['create', 'ready', 'unlock', 'ready'])
})

test('two who unlock at once open one register', async () => {
  const gate = gateWith()
  await gate.begin()
  await Promise.all([1, 2].map(async () => ask(gate, 'register.unlock', { passphrase })))
  expect(composed.length).toBe(1)
})

test('the passphrase of the environment spares the question; a wrong one is asked on the screen', async () => {
  await gateWith({ passphrase }).begin()
  await gateWith({ passphrase: 'une autre phrase' }).begin()
  expect(phases()).toEqual(['ready', 'unlock'])
  expect(states[1]?.fault).toEqual(faultOf('register.badPassphrase'))
})

test('what cannot be opened is failed, in words', async () => {
  await gateWith({ keystore }).begin()
  await gateWith().begin()
  await gateWith({ keystore, compose: () => err(faultOf('journal.broken', 'link 3')) }).begin()
  writeFileSync(join(folder.path, 'data', 'key.json'), 'torn')
  await gateWith({ keystore }).begin()
  await gateWith({ dataDir: join(folder.path, 'data', 'key.json') }).begin()
  expect(states.map((state) => state.fault?.code)).toEqual([
    undefined,
    'register.noKeystore',
    'journal.broken',
    'register.corrupt',
    'register.readOnly',
  ])
  expect(
    phases()
      .slice(1)
      .every((phase) => phase === 'failed'),
  ).toBe(true)
})

test('who signs in while the register opens by itself waits for it', async () => {
  let unwrapped = (): void => undefined
  const slow: Keystore = {
    ...keystore,
    unwrap: async (blob) => {
      await new Promise<void>((resolve) => {
        unwrapped = resolve
      })
      return ok(blob)
    },
  }
  await gateWith({ keystore }).begin()
  const gate = gateWith({ keystore: slow })
  const begun = gate.begin()
  const answered: string[] = []
  const asked = ask(gate, 'home.day', {}).then((list) => {
    answered.push('list')
    return list
  })
  expect(await ask(gate, 'app.state', {})).toMatchObject({ value: { phase: 'starting' } })
  expect(answered).toEqual([])
  unwrapped()
  await begun
  expect(await asked).toEqual(ok({ day: '2026-11-21' }))
})

test('and is refused when it stays closed', async () => {
  await gateWith({ keystore }).begin()
  const gate = gateWith({ keystore, compose: () => err(faultOf('register.corrupt')) })
  const begun = gate.begin()
  expect(await ask(gate, 'home.day', {})).toEqual(err(faultOf('register.locked')))
  await begun
})

test('what throws while the register opens is a fault, and the next attempt finds everything as it was', async () => {
  let broken = true
  const gate = gateWith({
    compose: () => {
      if (broken) throw new Error('out of memory')
      return ok(worker)
    },
  })
  await gate.begin()
  expect(await ask(gate, 'register.unlock', { passphrase })).toEqual(err(faultOf('internal', 'open')))
  expect(phases().at(-1)).toBe('failed')
  broken = false
  const again = gateWith()
  await again.begin()
  expect((await ask(again, 'register.unlock', { passphrase })).ok).toBe(true)
})

test('a stop while a passphrase is tried waits, and closes what was opened', async () => {
  let closed = 0
  const gate = gateWith({
    compose: () =>
      ok({
        ...worker,
        close: () => {
          closed += 1
          return Promise.resolve()
        },
      }),
  })
  await gate.begin()
  const unlocked = ask(gate, 'register.unlock', { passphrase })
  await Promise.resolve()
  await gate.close()
  expect((await unlocked).ok).toBe(true)
  expect(closed).toBe(1)
})

test('where there is no register its office file begins it; a wrong one leaves everything as it was', async () => {
  const by = aPlatformKey()
  const begun: (OfficeFile | undefined)[] = []
  const compose = (_: Uint8Array, office?: OfficeFile): Result<Worker> => {
    begun.push(office)
    return office === undefined ? err(faultOf('register.none')) : ok(worker)
  }
  const gate = gateWith({ keystore, compose })
  await gate.begin()
  const asked = { file: officeBytes(anOfficeFile(by), by), fingerprint: by.fingerprint }
  expect(await ask(gate, 'home.day', {})).toEqual(err(faultOf('register.locked')))
  expect(await ask(gate, 'register.begin', { ...asked, fingerprint: aPlatformKey().fingerprint })).toEqual(
    err(faultOf('office.fingerprint')),
  )
  expect(await ask(gate, 'register.begin', { ...asked, file: asked.file.subarray(1) })).toEqual(
    err(faultOf('office.notOffice')),
  )
  expect(await ask(gate, 'register.begin', asked)).toEqual(ok({}))
  expect(begun).toEqual([undefined, anOfficeFile(by)])
  expect(phases()).toEqual(['office', 'ready'])
})

test('a passphrase is chosen first, then the office file is asked for, also at the next start', async () => {
  const compose = (): Result<Worker> => err(faultOf('register.none'))
  const gate = gateWith({ compose })
  await gate.begin()
  expect(await ask(gate, 'register.unlock', { passphrase })).toEqual(ok({}))
  const next = gateWith({ compose, passphrase })
  await next.begin()
  expect(phases()).toEqual(['create', 'office', 'office'])
})

test('an office file of the machine begins a register by itself; a wrong one is said beside the question', async () => {
  const by = aPlatformKey()
  const compose = (_: Uint8Array, office?: OfficeFile): Result<Worker> =>
    office === undefined ? err(faultOf('register.none')) : ok(worker)
  const handed = { file: officeBytes(anOfficeFile(by), by), fingerprint: by.fingerprint }
  await gateWith({ keystore, compose, office: () => ok(handed) }).begin()
  expect(states.map(({ phase, fault }) => [phase, fault?.code])).toEqual([
    ['office', undefined],
    ['ready', undefined],
  ])
  states = []
  const gate = gateWith({ keystore, compose, office: () => ok({ ...handed, fingerprint: 'ABCD' }) })
  await gate.begin()
  expect(states.map(({ phase, fault }) => [phase, fault?.code])).toEqual([
    ['office', undefined],
    ['office', 'office.fingerprint'],
  ])
  expect(await ask(gate, 'register.begin', handed)).toEqual(ok({}))
})

test('a keystore that stays closed is no missing one: no second key is made, and the start is tried again', async () => {
  let again = 0
  const over = {
    keystoreLocked: true,
    startAgain: () => {
      again += 1
    },
  }
  const fresh = gateWith(over)
  await fresh.begin()
  expect(states.at(-1)).toMatchObject({ phase: 'failed', fault: { code: 'register.keystoreLocked' } })
  await gateWith({ keystore }).begin()
  const gate = gateWith(over)
  await gate.begin()
  expect(states.at(-1)).toMatchObject({ phase: 'failed', fault: { code: 'register.keystoreLocked' } })
  expect(await ask(gate, 'register.startAgain', {})).toEqual(ok({}))
  expect(again).toBe(1)
})

test('a key that another keystore wrapped is said to be so', async () => {
  await gateWith({ keystore }).begin()
  const other: Keystore = { ...keystore, unwrap: () => Promise.resolve(err(faultOf('register.otherKeystore'))) }
  await gateWith({ keystore: other }).begin()
  expect(states.at(-1)).toMatchObject({ phase: 'failed', fault: { code: 'register.otherKeystore' } })
})
