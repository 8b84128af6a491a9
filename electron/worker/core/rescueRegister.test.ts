import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pressHere } from '#electron/press/pressHere.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { composeWorker } from '../compose.ts'
import { registerFile } from '../keys/openKey.ts'
import { makeBackup } from '../upkeep/backups.ts'
import { systemClock } from './systemClock.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, sheetsOf, signedIn, startWorker } from '#tests/builders/worker.ts'
import { createSessions } from './sessions.ts'
import { rescueRegister } from './rescueRegister.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})
const devices = () => devicesWith(paperTrail(join(folder.path, 'paper.txt')))
const rescue = (login: string, password = 'guichet-demo') =>
  rescueRegister({ dataDir: folder.path, key: testKey, clock: systemClock }, { login, password })

/** A register with one session in it, copies of it, a deposit, then nothing but zeros. */
async function damaged(copies = 1): Promise<void> {
  await (await signedIn(startWorker(folder.path, devices()))).close()
  for (let at = 0; at < copies; at += 1) {
    const store = openTestStore(folder.path)
    valueOf(
      await makeBackup(store, folder.path, new Date(Date.UTC(2026, 10, 21, 9 + at)), { free: Infinity, reserve: 0 }),
    )
    store.close()
  }
  const worker = await signedIn(startWorker(folder.path, devices()))
  const citizen = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' }, reason: 'noCard' }),
  )
  const [sheet] = await sheetsOf(worker)
  const draft = {
    procedure: sheet?.code ?? '',
    procedureVersion: sheet?.version ?? '',
    pieces: sheet?.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })) ?? [],
  }
  valueOf(await worker.ask('receipt.issue', { commandId: v7(), identityId: citizen.identityId, draft }))
  await worker.close()
  spoil(registerFile(folder.path))
}
function spoil(file: string): void {
  const bytes = readFileSync(file)
  bytes.fill(0, 0, bytes.length)
  writeFileSync(file, bytes)
}
const composed = () =>
  composeWorker({
    dataDir: folder.path,
    resourcesDir: resources,
    key: testKey,
    devices: devices(),
    press: pressHere({ resourcesDir: resources }),
    clock: systemClock,
    demo: true,
    training: false,
    versions: { app: '0', electron: 'none', standIn: false },
    sessions: createSessions(),
  })

test('a damaged register is set aside whole, by a supervisor; the copy is in quarantine until a new series is opened', async () => {
  await damaged()
  const before = readFileSync(registerFile(folder.path))
  expect(composed()).toMatchObject({ fault: { code: 'register.corrupt' } })
  expect(await rescue('agent')).toEqual(err(faultOf('session.badCredentials', undefined, { left: 4 })))
  expect(await rescue('supervisor', 'wrong')).toEqual(err(faultOf('session.badCredentials', undefined, { left: 3 })))
  expect(readFileSync(registerFile(folder.path)).equals(before)).toBe(true)
  const { setAside = '', restoredFrom } = valueOf(await rescue('supervisor'))
  expect(restoredFrom).toBe('2026-11-21T09:00:00Z')
  expect(readFileSync(join(setAside, 'register.db')).equals(before)).toBe(true)
  expect(JSON.parse(readFileSync(join(setAside, 'why.json'), 'utf8'))).toMatchObject({
    by: 'CS-002',
    why: 'register.corrupt',
    replacedBy: restoredFrom,
  })
  expect(readdirSync(folder.path).filter((name) => name.includes('examined'))).toEqual([])
  const worker = await signedIn(startWorker(folder.path, devices()), 'supervisor')
  expect(valueOf(await worker.ask('app.state', {})).quarantine).toMatchObject({ code: 'register.quarantined' })
  valueOf(await worker.ask('series.renew', { reason: 'registre endommagé' }))
  expect(valueOf(await worker.ask('app.state', {})).quarantine).toBeUndefined()
  await worker.close()
}, 120_000)

test('a copy that is damaged too is passed over; without a sound one nothing moves', async () => {
  await damaged(2)
  const [older = '', newer = ''] = readdirSync(join(folder.path, 'backups'))
    .filter((name) => name.endsWith('.db'))
    .sort()
    .map((name) => join(folder.path, 'backups', name))
  spoil(newer)
  expect(valueOf(await rescue('supervisor')).restoredFrom).toBe('2026-11-21T09:00:00Z')
  spoil(registerFile(folder.path))
  spoil(older)
  expect(await rescue('supervisor')).toMatchObject({ fault: { code: 'register.noBackup' } })
  expect(existsSync(registerFile(folder.path))).toBe(true)
}, 120_000)
