import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandId, CounterId } from '#shared/ids.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { findDepositByCommand } from '#electron/worker/core/rows/requests.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'
import { nothingHeard, numbersOf, workAndKill } from '#tests/faults/kill.ts'

const kills = 30
let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

const said = nothingHeard()

const count = (store: Store, sql: string): number =>
  store.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n ?? -1

test(
  `${String(kills)} kills at any step lose no act, leave no gap and print no original twice`,
  { timeout: 600_000 },
  async () => {
    for (let kill = 0; kill < kills; kill += 1) await workAndKill(folder.path, said)
    const heard = numbersOf(said)
    expect(heard.size).toBeGreaterThan(kills / 2)

    const store = openTestStore(folder.path)
    expect(store.check()).toEqual([])
    expect(verifyJournal('RAB03-G2' as CounterId, journalLinks(store.db)).ok).toBe(true)
    const requests = store.db.all<{ number: string; sequence: number; id: string }>(
      'SELECT number, sequence, id FROM requests ORDER BY year, sequence',
    )
    expect(requests.map((row) => row.sequence)).toEqual(requests.map((_, index) => index + 1))
    for (const table of ['papers', 'identities', 'outbox', 'print_jobs WHERE copy = 0'])
      expect(count(store, table)).toBe(requests.length)
    expect(count(store, `journal WHERE kind = 'request.deposited'`)).toBe(requests.length)
    expect(store.db.all<{ seq: number }>('SELECT seq FROM outbox ORDER BY seq').map((row) => row.seq)).toEqual(
      requests.map((_, index) => index + 1),
    )

    for (const [commandId, number] of heard)
      expect(findDepositByCommand(store.db, commandId as CommandId)?.number).toBe(number)
    const known = [...said.tried].filter(
      (commandId) => findDepositByCommand(store.db, commandId as CommandId) !== undefined,
    )
    expect(known.length).toBe(requests.length)
    store.close()

    const unheard = known.filter((commandId) => !heard.has(commandId))
    await settleAndAskAgain(unheard)
  },
)

/**
 * After the last kill: what was committed but not heard is found again, and every original ends up printed or in
 * question, once.
 */
async function settleAndAskAgain(unheard: readonly string[]): Promise<void> {
  const trail = join(folder.path, 'paper.txt')
  const worker = await signedIn(startWorker(folder.path, devicesWith(paperTrail(trail))))
  const identityId = '00000000-0000-7000-8000-000000000001'
  const draft = { procedure: 'ANY', procedureVersion: '2026.1', pieces: [] }
  for (const commandId of unheard)
    // The act is there: the same id with another question is neither a second deposit nor the answer to the first.
    expect(await worker.ask('receipt.issue', { commandId, identityId, draft })).toMatchObject({
      ok: false,
      fault: { code: 'command.reused' },
    })
  const waiting = async (): Promise<number> =>
    valueOf(await worker.ask('print.list', {})).jobs.filter(
      (job) => !['printed', 'failed', 'unknown'].includes(job.state),
    ).length
  while ((await waiting()) > 0)
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  await worker.close()
  const printed = existsSync(trail) ? readFileSync(trail, 'utf8').trim().split('\n') : []
  expect(printed.length).toBeGreaterThan(0)
  expect(new Set(printed).size).toBe(printed.length)
}
