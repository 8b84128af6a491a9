import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { linkHash } from '#electron/worker/journal/link.ts'
import { journalLinks, type JournalRow } from '#electron/worker/journal/rows/journalRows.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, startWorker } from '#tests/builders/worker.ts'

// What is tried: with the register's key, to write into the journal that a colleague was at work.

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})
const counter = 'RAB03-G2' as Parameters<typeof verifyJournal>[0] // the seed's counter

/** The journal after the agent was here twice. */
async function journalOf(): Promise<readonly JournalRow[]> {
  const worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
  for (let turn = 0; turn < 2; turn += 1) {
    valueOf(await worker.ask('session.signIn', { login: 'agent', password: 'guichet-demo' }))
    valueOf(await worker.ask('session.signOut', {}))
  }
  await worker.close()
  const store = openTestStore(folder.path)
  const rows = [...journalLinks(store.db)]
  store.close()
  return rows
}
/** A link chained anew behind these: whoever holds the register can do that. */
const behind = (rows: readonly JournalRow[], link: JournalRow, body: unknown): JournalRow => {
  const { hash: _, body: __, ...rest } = link
  const last = rows.at(-1)
  if (last === undefined) throw new Error('no link before')
  const content = { ...rest, seq: last.seq + 1, prev: last.hash }
  return {
    ...content,
    body: canonicalJson(body as never),
    hash: linkHash({ counter, ...content, body: body as never }),
  }
}
const broken = (seq: number) => ({ ok: false, fault: { code: 'journal.broken', values: { seq } } })

test('a session written into the journal by somebody who has not the password shows, even with a whole new chain', async () => {
  const rows = await journalOf()
  expect(verifyJournal(counter, rows).ok).toBe(true)
  const [earlier, later] = rows.filter(({ kind }) => kind === 'session.opened')
  if (earlier === undefined || later === undefined) throw new Error('no sessions')
  const before = rows.slice(0, rows.indexOf(later))
  // The signature of the first session does not fit the second, nor does one that nobody made, nor none.
  for (const body of [JSON.parse(earlier.body) as unknown, { signature: 'A'.repeat(86) }, {}])
    expect(verifyJournal(counter, [...before, behind(before, later, body)])).toMatchObject(broken(later.seq))
  // Behind the newest link, where nothing is rewritten: for another moment, and an opening of before once more.
  const said: unknown = JSON.parse(later.body)
  const moved = { ...later, hlc: later.hlc.replace(/^\d+/u, (ms) => String(Number(ms) + 60_000)) }
  for (const link of [moved, later])
    expect(verifyJournal(counter, [...rows, behind(rows, link, said)])).toMatchObject(broken(rows.length + 1))
})
