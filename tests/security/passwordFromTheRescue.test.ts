import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rescueRegister } from '#electron/worker/core/rescueRegister.ts'
import { lockOut } from '#electron/worker/core/signIn.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { makeBackup } from '#electron/worker/upkeep/backups.ts'
import { faultOf } from '#shared/fault.ts'
import { err, type Result } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, startWorker } from '#tests/builders/worker.ts'

// What is tried: to damage a register, and to ask its rescue which password is right, where nobody counts.

const right = 'guichet-demo'
let folder: ReturnType<typeof temporaryFolder>
let now: number
beforeEach(() => {
  folder = temporaryFolder()
  now = Date.parse('2026-11-21T09:00:00Z')
})
afterEach(() => {
  folder.remove()
})
const clock = { now: () => new Date(now), monotonic: () => 0 }
const codeOf = (answer: Result<unknown>): string => (answer.ok ? 'ok' : answer.fault.code)

/** A counter whose register is damaged, and that has one sound copy. */
async function damaged(): Promise<void> {
  const devices = devicesWith(paperTrail(join(folder.path, 'paper.txt')))
  await startWorker(folder.path, devices).close()
  const store = openTestStore(folder.path)
  valueOf(await makeBackup(store, folder.path, new Date('2026-11-21T08:00:00Z'), { free: 1e12, reserve: 0 }))
  store.close()
  const bytes = readFileSync(registerFile(folder.path))
  writeFileSync(registerFile(folder.path), bytes.fill(0))
}
/** Each as after a restart: nothing of the one before is in memory. */
const rescue = (login: string, password: string) =>
  rescueRegister({ dataDir: folder.path, key: testKey, clock }, { login, password })

test(
  'a rescue counts its tries over every restart, and answers alike to all that is not right',
  { timeout: 120_000 },
  async () => {
    await damaged()
    const left = (tries: number) => err(faultOf('session.badCredentials', undefined, { left: tries }))
    expect(await rescue('agent', right)).toEqual(left(4))
    expect(await rescue('agent', 'wrong')).toEqual(left(3))
    expect(await rescue('nobody', 'wrong')).toEqual(left(2))
    expect(await rescue('supervisor', 'wrong')).toEqual(left(1))
    expect(await rescue('supervisor', 'wrong')).toEqual(left(0))
    expect(codeOf(await rescue('supervisor', right))).toBe('session.lockedOut')
    // What somebody else writes into the file hides nothing.
    now += lockOut + 1
    writeFileSync(
      join(folder.path, 'rescue-tries'),
      JSON.stringify({ row: 0, all: 0, lockedUntil: 0, mac: 'a'.repeat(64) }),
    )
    expect(codeOf(await rescue('supervisor', right))).toBe('session.lockedOut')
    now += lockOut + 1
    // A try that cannot be counted is not made.
    rmSync(join(folder.path, 'rescue-tries'))
    mkdirSync(join(folder.path, 'rescue-tries'))
    now += lockOut + 1
    expect(codeOf(await rescue('supervisor', right))).toBe('register.readOnly')
    rmSync(join(folder.path, 'rescue-tries'), { recursive: true })
    expect(await rescue('agent', right)).toEqual(left(4))
    expect((await rescue('supervisor', right)).ok).toBe(true)

    const worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
    valueOf(await worker.ask('session.signIn', { login: 'supervisor', password: right }))
    if (valueOf(await worker.ask('app.state', {})).quarantine !== undefined)
      valueOf(await worker.ask('series.renew', { reason: 'registre endommagé' }))
    await worker.close()
    const store = openTestStore(folder.path)
    const told = [...journalLinks(store.db)].find(({ kind }) => kind === 'register.rescued')
    store.close()
    expect(told?.actor).toBe('CS-002')
    expect(JSON.parse(told?.body ?? '{}')).toMatchObject({ tries: 1, from: '2026-11-21T08:00:00Z' })
  },
)
