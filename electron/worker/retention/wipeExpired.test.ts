import { createHash } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { retentionRules, wipedKinds } from '#shared/domain/retention.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { receiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { CommandId, ReceiptId, RequestId, Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aCitizen, aDraft, anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { logOf, pagesInClear } from '#tests/builders/pages.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { verifyJournal } from '../journal/verify.ts'
import { keepAttachment } from '../files/rows/attachments.ts'
import { listBackups, makeBackup } from '../upkeep/backups.ts'
import { saveDraft } from '../core/rows/drafts.ts'
import { journalLinks } from '../journal/rows/journalRows.ts'
import type { Store } from '../store/open.ts'
import { keepBytes, makePaper, readFacts } from '../papers/rows/papers.ts'
import { insertReissue } from '../papers/rows/reissues.ts'
import { findDepositByNumber } from '../core/rows/requests.ts'
import { limitsSetting, saveSetting } from '../store/settings.ts'
import { issueReceipt } from '../features/intake/issueReceipt.ts'
import type { Issuing } from '../core/deposit/issuing.ts'
import { repairAct } from '../acts/repairAct.ts'
import { rebuildOwed } from '../store/rebuild.ts'
import { viewRetention, wipeExpired } from './wipeExpired.ts'

const keep = (db: Parameters<typeof saveDraft>[0], login: string, draft: RequestDraft, savedAt: string): void => {
  const key = { login, kind: 'request', id: '11111111-1111-4111-8111-111111111111' } as const
  saveDraft(db, key, { draft, revision: 1, writer: undefined, savedAt })
}

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
let now: Date
const start = '2026-11-21T09:00:00.000Z'
const later = (days: number): void => {
  now = new Date(Date.parse(start) + days * 86_400_000)
}
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  later(0)
  issuing = issuingOver(store, { now: () => now, monotonic: () => 0 })
})
afterEach(() => {
  store.close()
  folder.remove()
})

const mark = 'ZZEFFACE'
const marked = (n: number): ReturnType<typeof anOrder> =>
  anOrder({
    citizen: aCitizen({
      identity: {
        familyName: `${mark}${String(n)}`,
        givenNames: `${mark}PRENOM`,
        documentNumber: `${mark}DOC`,
        address: { street: `${mark} 1`, postalCode: '1', municipality: 'X' },
      },
    }),
    draft: aDraft({ note: `${mark} note ${String(n)}`, capacity: 'representative', represented: `${mark} mandant` }),
  })
const wipe = async (): Promise<Record<string, number>> =>
  Object.fromEntries(valueOf(await wipeExpired(issuing.context, folder.path)).map(({ kind, count }) => [kind, count]))
const write = (sql: string, params: readonly (string | Uint8Array)[] = []): void => {
  valueOf(store.tx((db) => ok(db.run(sql, params))))
}
/** The platform has everything, and every paper came out. */
const settle = (): void => {
  write(`UPDATE outbox SET state = 'applied', answered_at = ?, answer = '${mark} answer'`, [now.toISOString()])
  write(`UPDATE print_jobs SET state = 'printed', ended_at = ?, message = '${mark} message'`, [now.toISOString()])
}
const kept = (bytes: Uint8Array): Sha256 => {
  const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256 // a digest has this form
  valueOf(
    store.tx((db) => {
      return keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at: now.toISOString() })
    }),
  )
  return sha256
}

test(
  'what is past its term is gone from every page of the file and from its log; numbers, journal and chain stay',
  { timeout: 60_000 },
  async () => {
    const numbers: string[] = []
    for (let n = 0; n < 60; n += 1) {
      const sha256 = kept(Buffer.from(`%PDF ${mark} ${String(n)} ${'x'.repeat(9_000)}`))
      const order = marked(n)
      const deposit = valueOf(
        issueReceipt(issuing, {
          ...order,
          draft: {
            ...order.draft,
            pieces: [
              { code: 'demande', state: 'received', attachments: [sha256] },
              { code: 'plan', state: 'received', attachments: [] },
            ],
          },
        }),
      )
      numbers.push(deposit.number)
      store.tx((db) => {
        return keepBytes(db, store.files, deposit.receiptId, {
          bytes: Buffer.from(`%PDF ${mark} ${deposit.number}`.repeat(900)),
          template: '2026.1',
        })
      })
      store.tx((db) => {
        keep(db, `agent${String(n)}`, { ...order.draft, pieces: [] }, now.toISOString())
        return ok(undefined)
      })
    }
    settle()
    write('UPDATE uploads SET stored_at = ?', [start])
    store.checkpoint()
    later(2_000)
    expect(await wipe()).toEqual({ draft: 60, sentFile: 60, printing: 60, sentAct: 60, person: 60 })
    expect(await wipe()).toEqual({})
    expect(logOf(join(folder.path, 'register.db')).byteLength).toBe(0)
    for (const number of numbers)
      expect(findDepositByNumber(store.db, number as never)).toMatchObject({ number, citizen: '', complete: true })
    expect(
      readFacts(store.db, 'receipt', store.db.get<{ id: string }>('SELECT id FROM papers')?.id as never),
    ).toMatchObject({
      fault: { code: 'receipt.wiped' },
    })
    expect(verifyJournal(issuing.context.counter, journalLinks(store.db)).ok).toBe(true)
    const said = store.db.all<{ body: string; actor: string }>(
      `SELECT body, actor FROM journal WHERE kind = 'personalData.wiped'`,
    )
    // Wiped in short transactions: each says its own share.
    const persons = said.flatMap(({ body }) =>
      (JSON.parse(body) as { wiped: { count: number; kind: string }[] }).wiped.filter(({ kind }) => kind === 'person'),
    )
    expect(persons.reduce((sum, { count }) => sum + count, 0)).toBe(60)
    expect(rebuildOwed(issuing.context)).toBe(true)
    expect(rebuildOwed(issuing.context)).toBe(false)
    expect(store.check()).toEqual([])
    store.close()
    const pages = pagesInClear(join(folder.path, 'register.db'))
    expect(pages.includes('2026/RAB03-G2/000001')).toBe(true)
    expect(pages.toString('latin1').split(mark).length - 1).toBe(0)
    store = openTestStore(folder.path)
  },
)

test('nothing that the platform does not hold is wiped, however old: acts without an answer, refused ones that nobody settled, files on their way', async () => {
  const sha256 = kept(Buffer.from(`%PDF ${mark}`))
  const order = marked(1)
  valueOf(
    issueReceipt(issuing, {
      ...order,
      draft: {
        ...order.draft,
        pieces: [
          { code: 'demande', state: 'received', attachments: [sha256] },
          { code: 'plan', state: 'received', attachments: [] },
        ],
      },
    }),
  )
  write(`UPDATE print_jobs SET state = 'printed', ended_at = ?`, [start])
  later(20_000)
  for (const state of ['pending', 'sending', 'rejected', 'conflict']) {
    write('UPDATE outbox SET state = ?, answered_at = ?', [state, start])
    expect([state, await wipe()]).toEqual([state, {}])
  }
  write(`UPDATE outbox SET state = 'applied'`)
  // The act is over; its file is not there yet.
  expect(await wipe()).toEqual({ sentAct: 1, person: 1 })
  expect(store.db.get<{ n: number }>('SELECT count(*) AS n FROM attachments')?.n).toBe(1)
  write('UPDATE uploads SET stored_at = ?', [start])
  expect(await wipe()).toEqual({ sentFile: 1 })
  expect(() => store.tx((db) => ok(db.run(`UPDATE papers SET file_sha256 = '${'a'.repeat(64)}'`)))).toThrow(
    /never changes/,
  )
})

test('a receipt that waits for paper keeps its name, and a file that a draft needs stays', async () => {
  valueOf(issueReceipt(issuing, marked(1)))
  write(`UPDATE outbox SET state = 'applied', answered_at = ?`, [start])
  const sha256 = kept(Buffer.from('%PDF draft'))
  const draft = aDraft({ pieces: [{ code: 'demande', state: 'received', attachments: [sha256] }] })
  later(3_000)
  valueOf(
    store.tx((db) => {
      keep(db, 'agent', draft, now.toISOString())
      return ok(undefined)
    }),
  )
  expect(await wipe()).toEqual({ sentAct: 1 })
  later(3_007.5)
  expect(await wipe()).toEqual({ draft: 1, looseFile: 1 })
})

test('a wiped act keeps its place and its hash, says nothing of the person, and changes no more', async () => {
  valueOf(issueReceipt(issuing, marked(1)))
  const before = store.db.get<{ sha256: string; seq: number; number: string }>('SELECT sha256, seq, number FROM outbox')
  settle()
  later(181)
  await wipe()
  const row = store.db.get<{ sha256: string; seq: number; number: string; envelope: string; answer: string | null }>(
    'SELECT sha256, seq, number, envelope, answer FROM outbox JOIN envelopes USING (seq)',
  )
  expect(row).toMatchObject({ ...before, answer: null })
  expect(row?.envelope).not.toContain(mark)
  expect(JSON.parse(row?.envelope ?? '')).toMatchObject({ seq: 1, data: { number: before?.number, complete: true } })
  expect(() => store.tx((db) => ok(db.run(`UPDATE envelopes SET envelope = '{}'`)))).toThrow(/never changes/)
  expect(() => store.tx((db) => ok(db.run(`UPDATE papers SET seal = ''`)))).toThrow(/never changes/)
})

test('a corrected receipt is wiped with the first one: its facts, its seal and its paper; its place and its rank stay', async () => {
  const order = marked(1)
  valueOf(issueReceipt(issuing, order))
  write(`UPDATE outbox SET state = 'rejected', answered_at = ?`, [start])
  const act = store.db.get<{ id: string }>('SELECT id FROM outbox')?.id ?? ''
  const commandId = v7() as CommandId
  valueOf(
    repairAct(
      issuing.context,
      order.who,
      { order: { commandId, act, reason: 'spécimen' }, kind: 'overridden', show: ok },
      () => ok({ witness: 'CS-002' }),
    ),
  )
  const first = store.db.get<{ request_id: string; facts: string }>('SELECT subject AS request_id, facts FROM papers')
  if (first === undefined) throw new Error('no receipt')
  const facts = receiptFacts.parse(JSON.parse(first.facts))
  valueOf(
    store.tx((db) => {
      const id = v7() as ReceiptId
      makePaper(db, {
        kind: 'receipt',
        id,
        subject: first.request_id,
        number: facts.number ?? '',
        rank: 1,
        replaces: facts.receiptId,
        facts,
        seal: `${mark} seal`,
        at: start,
      })
      insertReissue(db, {
        id,
        requestId: first.request_id as RequestId,
        rank: 1,
        commandId,
        complete: true,
        lastDay: '2026-12-21',
      })
      return keepBytes(db, store.files, id, { bytes: Buffer.from(`%PDF ${mark}`), template: '2026.1' })
    }),
  )
  expect(() => {
    write(`UPDATE papers SET seal = '' WHERE rank = 1`)
  }).toThrow(/never changes/)
  settle()
  later(3_000)
  expect(await wipe()).toMatchObject({ person: 1 })
  const row = store.db.get<{ rank: number; last_day: string; facts: string; seal: string; file_sha256: string | null }>(
    'SELECT rank, last_day, facts, seal, file_sha256 FROM papers JOIN reissues USING (id, rank)',
  )
  expect(row).toMatchObject({ rank: 1, last_day: '2026-12-21', seal: '', file_sha256: null })
  expect(row?.facts).not.toContain(mark)
  expect(receiptFacts.parse(JSON.parse(row?.facts ?? '')).number).toBe(facts.number)
})

test('terms are those that the platform sets; each counts from its own day, not an hour sooner', async () => {
  for (const kind of ['draft', 'printing', 'sentAct', 'person'] as const) {
    fc.assert(
      fc.property(fc.integer({ min: retentionRules[kind].least, max: retentionRules[kind].most }), (days) => {
        store.tx((db) => {
          saveSetting(db, limitsSetting, { retention: { [kind]: days } })
          return ok(undefined)
        })
        expect(viewRetention(issuing.context, folder.path).kinds.find((one) => one.kind === kind)).toMatchObject({
          days,
          set: days !== retentionRules[kind].days,
        })
      }),
      { numRuns: 5 },
    )
  }
  store.tx((db) => {
    saveSetting(db, limitsSetting, { retention: { draft: 3 } })
    keep(db, 'agent', aDraft(), start)
    return ok(undefined)
  })
  later(2.99)
  expect(await wipe()).toEqual({})
  expect(viewRetention(issuing.context, folder.path)).toMatchObject({
    kinds: [
      { kind: 'draft', held: 1, next: { at: '2026-11-24T09:00:00.000Z', count: 1 } },
      ...wipedKinds.slice(1).map((kind) => ({ kind, held: 0 })),
    ],
  })
  later(3.01)
  expect(await wipe()).toEqual({ draft: 1 })
  expect(viewRetention(issuing.context, folder.path).last).toEqual({
    at: now.toISOString(),
    wiped: [{ kind: 'draft', count: 1 }],
  })
})

test('old copies of the register go by their own term, never the newest', async () => {
  const copy = async (): Promise<void> => {
    valueOf(await makeBackup(store, folder.path, now, { free: 1e12, reserve: 0 }))
  }
  for (const days of [0, 1, 2]) {
    later(days)
    await copy()
  }
  later(40)
  expect(await wipe()).toEqual({})
  await copy()
  expect(await wipe()).toEqual({ backup: 3 })
  expect(listBackups(folder.path).map((one) => one.at)).toEqual([`${now.toISOString().slice(0, 19)}Z`])
})

test('in quarantine nothing is wiped', async () => {
  store.tx((db) => {
    keep(db, 'agent', aDraft(), start)
    return ok(undefined)
  })
  later(100)
  store.setReadOnly({ code: 'register.quarantined' })
  expect(await wipe()).toEqual({})
  store.endReadOnly('register.quarantined')
  expect(await wipe()).toEqual({ draft: 1 })
})

test('who was to come is forgotten after the day, what was decided of a letter after its year', async () => {
  write(
    `INSERT INTO appointments (id, starts_at, body) VALUES ('past', ?, '{}'), ('next', '2026-12-24T09:00:00.000Z', '{}')`,
    [start],
  )
  write(`INSERT INTO mail_dispositions (id, number, decided_at, body) VALUES ('old', '12', ?, '{}')`, [start])
  later(7.1)
  expect(await wipe()).toEqual({ appointment: 1 })
  later(365.1)
  expect(await wipe()).toEqual({ appointment: 1, disposition: 1 })
})
