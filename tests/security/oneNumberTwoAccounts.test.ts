import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readSeed } from '#electron/worker/core/readSeed.ts'
import { saveProcedure } from '#electron/worker/core/rows/procedures.ts'
import type { WriteHandle } from '#electron/worker/store/handle.ts'
import { readLink, writeLink } from '#electron/worker/outbox/rows/link.ts'
import { ok } from '#shared/result.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { anOfficeFile, aPlatformKey } from '#tests/builders/platformKeys.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

// What is tried: to give one number twice, from two accounts of a machine, or two machines, that began with one file.

vi.setConfig({ testTimeout: 60_000 })

const by = aPlatformKey()
const { accounts, procedures } = valueOf(readSeed(resources))
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
  for (const account of ['one', 'two']) mkdirSync(join(folder.path, account))
})
afterEach(() => {
  folder.remove()
})
/** The register of one account, begun by the file of the counter; its platform is not to be reached. */
const start = (account: string): Promise<TestWorker> =>
  signedIn(
    startWorker(join(folder.path, account), devicesWith(paperTrail(join(folder.path, 'paper.txt'))), {
      demo: false,
      officeFile: anOfficeFile(by, {
        platform: { address: 'https://127.0.0.1:1', keys: [by.key] },
        accounts: [...accounts],
      }),
    }),
  )
const write = (account: string, what: (db: WriteHandle) => void): void => {
  const store = openTestStore(join(folder.path, account))
  valueOf(
    store.upkeep((db) => {
      what(db)
      return ok(undefined)
    }),
  )
  store.close()
}

test('before the platform approved its machine a register gives no number, and keeps what was entered', async () => {
  for (const account of ['one', 'two']) {
    await (await start(account)).close()
    // What the feed brings with its first page.
    write(account, (db) => {
      for (const sheet of procedures) saveProcedure(db, sheet)
    })
    const worker = await start(account)
    await expect(depositFor(worker)).rejects.toThrow('device.notApproved')
    await worker.close()
  }
  // The platform approves one of them: that one alone goes on.
  write('one', (db) => {
    writeLink(db, { ...readLink(db), enrolledAt: '2026-11-30T09:00:00.000Z' })
  })
  const first = await start('one')
  expect((await depositFor(first)).deposit.number).toMatch(/000001$/u)
  await first.close()
  const second = await start('two')
  await expect(depositFor(second)).rejects.toThrow('device.notApproved')
  await second.close()
})
