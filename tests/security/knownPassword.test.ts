import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { platformPaths } from '#shared/contract/platform.ts'
import { demoAccounts } from '#shared/domain/demo.ts'
import { main } from '../../electron/cli/main.ts'
import { anOfficeFile, aPlatformKey, officeBytes, seedAccounts } from '#tests/builders/platformKeys.ts'
import { playPlatform } from '#tests/builders/playedPlatform.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { readSeeds } from '#tests/platform/feed.ts'

// What is tried: to sign in at a real counter with the accounts that everybody knows of the demonstration.

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker | undefined
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  await worker?.close()
  worker = undefined
  folder.remove()
})
const start = (demo: boolean): TestWorker =>
  (worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), { demo }))
const enter = (at: TestWorker, login: string) => at.ask('session.signIn', { login, password: 'guichet-demo' })

test('without an office file there is no register, and no demonstration account to sign in with', () => {
  expect(() => start(false)).toThrow('register.none')
  expect(readdirSync(folder.path)).toEqual([])
})

test('a register that was a demonstration lets none of its accounts in after the first real feed', async () => {
  await start(true).close()
  const ours = aPlatformKey()
  const platform = await playPlatform(ours)
  const [own] = seedAccounts.map((one) => ({ ...one, login: 'f.alaoui', code: 'AG-900', name: 'F. A.' }))
  platform.pages = [
    {
      changes: [
        ...readSeeds(resources).filter(({ kind }) => kind !== 'account'),
        { kind: 'account', key: 'f.alaoui', deleted: false, body: own },
      ],
      cursor: 'p1',
      more: false,
    },
  ]
  const office = anOfficeFile(ours, { platform: { address: platform.url, keys: [ours.key] } })
  const file = officeBytes(office, ours)
  const at = start(false)
  expect(valueOf(await at.ask('app.state', {})).demoLogins).toEqual([])
  await signedIn(at, 'admin')
  valueOf(await at.ask('platform.trust', { file, fingerprint: ours.fingerprint }))
  valueOf(await at.ask('outbox.drain', {}))
  expect(platform.asked).toContain(`GET ${platformPaths.changes}`)
  // Whoever was in is out, too.
  expect(await at.ask('home.day', {})).toMatchObject({ fault: { code: 'session.none' } })
  for (const { login } of demoAccounts)
    expect([login, await enter(at, login)]).toMatchObject([login, { fault: { code: 'session.badCredentials' } }])
  await at.close()
  worker = undefined
  const again = start(false)
  for (const { login } of demoAccounts) expect((await enter(again, login)).ok).toBe(false)
  platform.close()
})

test('the command line fills in no password outside a demonstration', async () => {
  await start(true).close()
  worker = undefined
  const guichet = async (env: Readonly<Record<string, string>>): Promise<unknown> => {
    let said = ''
    await main(['trust', 'remove', '0'.repeat(64), '--login', 'admin', '--json'], {
      env: { GUICHET_DATA: folder.path, GUICHET_PASSPHRASE: 'une phrase de passe', ...env },
      signal: new AbortController().signal,
      stdin: Readable.from([]),
      out: (text) => (said += text),
      err: () => undefined,
    })
    return JSON.parse(said) as unknown
  }
  expect(await guichet({})).toMatchObject({ fault: { code: 'call.invalid', detail: 'GUICHET_PASSWORD' } })
  expect(await guichet({ GUICHET_DEMO: '1' })).not.toMatchObject({ fault: { code: 'call.invalid' } })
})
