import { expect, test } from 'vitest'
import { requestDeposited } from '#shared/contract/features/intake/acts.ts'
import { command } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { aCitizen, aDraft, anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { valueOf } from '#tests/builders/register.ts'
import { verifyJournal } from '../../journal/verify.ts'
import { journalLinks } from '../../journal/rows/journalRows.ts'
import type { Store } from '../../store/open.ts'
import { findDepositByCommand } from '../../core/rows/requests.ts'
import { viewDrafts } from '../../core/viewDrafts.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { issueReceipt } from './issueReceipt.ts'
import { keepDraft } from './keepDraft.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})

const tables = ['series', 'journal', 'requests', 'identities', 'papers', 'print_jobs', 'outbox'] as const
const rows = (): Record<string, number> =>
  Object.fromEntries(
    tables.map((table) => [table, store.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? -1]),
  )
const each = (count: number): Record<string, number> => ({
  ...Object.fromEntries(tables.map((table) => [table, count])),
  series: Math.min(count, 1),
})

test('one act writes a row of each kind, linked to each other', () => {
  const deposit = valueOf(issueReceipt(issuing, anOrder()))
  expect(deposit).toMatchObject({
    number: '2026/RAB03-G2/000001',
    complete: true,
    lastDay: '2026-12-06',
    citizen: 'SPÉCIMEN Omar',
  })
  expect(rows()).toEqual(each(1))
  const { facts, seal } = valueOf(readFacts(store.db, 'receipt', deposit.receiptId))
  expect(facts).toMatchObject({
    number: deposit.number,
    requestId: deposit.requestId,
    citizen: { identifier: '*****456', typedReason: 'noCard' },
  })
  expect(seal).toMatch(/^GU1:/)
  const envelope = command.parse(
    JSON.parse(store.db.get<{ envelope: string }>('SELECT envelope FROM envelopes')?.envelope ?? ''),
  )
  expect(requestDeposited.parse(envelope.data)).toMatchObject({ number: deposit.number })
  expect(envelope).toMatchObject({
    seq: 1,
    counterid: 'RAB03-G2',
    prevhash: '0'.repeat(64),
    data: { receipt: { seal } },
  })
  expect(verifyJournal(issuing.context.counter, journalLinks(store.db))).toMatchObject(
    ok({ head: (envelope.data['journal'] as { hash: string }).hash }),
  )
})

test('what the law does not need of the citizen is not kept', () => {
  issueReceipt(issuing, anOrder())
  const kept = store.db.get<{ kept: string }>('SELECT kept FROM identities')?.kept ?? ''
  expect(JSON.parse(kept)).toEqual({
    familyName: 'SPÉCIMEN',
    givenNames: 'Omar',
    documentNumber: 'D0001',
    maskedNumber: '*****456',
  })
})

test('a file for which nothing was brought owes what the sheet demands, and no piece that nobody must bring', () => {
  const said = (draft: Parameters<typeof aDraft>[0]): readonly string[] => {
    const { receiptId } = valueOf(issueReceipt(issuing, anOrder({ draft: aDraft(draft) })))
    return valueOf(readFacts(store.db, 'receipt', receiptId)).facts.pieces.map(({ state }) => state)
  }
  expect(said({ pieces: [] })).toEqual(['missing', 'missing', 'notApplicable'])
  expect(said({ pieces: [{ code: 'mandat', state: 'missing', attachments: [] }] })).toEqual([
    'missing',
    'missing',
    'notApplicable',
  ])
})

test('acts are numbered and chained to each other', () => {
  const numbers = [1, 2, 3].map(() => valueOf(issueReceipt(issuing, anOrder())).number)
  expect(numbers).toEqual(['2026/RAB03-G2/000001', '2026/RAB03-G2/000002', '2026/RAB03-G2/000003'])
  const sent = store.db
    .all<{ envelope: string }>('SELECT envelope FROM envelopes ORDER BY seq')
    .map((row) => command.parse(JSON.parse(row.envelope)))
  expect(sent.map((one) => one.seq)).toEqual([1, 2, 3])
  expect(sent.slice(1).map((one) => one.prevhash)).toEqual(sent.slice(0, 2).map((one) => one.sha256))
})

test('the same command is one receipt, also when nobody knows the citizen any more', () => {
  const order = anOrder()
  const first = issueReceipt(issuing, order)
  expect(issueReceipt(issuing, order)).toEqual(first)
  expect(issueReceipt(issuing, { ...order, citizen: undefined })).toEqual(first)
  // Two answers more, which name him: two accesses.
  expect(rows()).toEqual({ ...each(1), journal: 3 })
  expect(issueReceipt(issuing, anOrder({ citizen: undefined }))).toEqual(err(faultOf('identity.gone')))
})

test('another draft, another citizen or another signature under the same id is refused, and changes nothing', () => {
  const order = anOrder()
  const first = issueReceipt(issuing, order)
  const other = aCitizen({ identity: { familyName: 'AUTRE', givenNames: 'Personne', documentNumber: 'D0002' } })
  for (const over of [
    { draft: aDraft({ note: 'autre' }) },
    { draft: aDraft({ note: 'autre' }), citizen: undefined },
    { citizen: other },
    { signed: { statement: '0'.repeat(64) as Sha256, signature: undefined } },
  ])
    expect(issueReceipt(issuing, { ...order, ...over })).toMatchObject({ fault: { code: 'command.reused' } })
  expect(rows()).toEqual(each(1))
  // What was asked names people: it ends with the copy that was sent, and the id still gives its one answer.
  store.tx((db) => ok(db.run('UPDATE outbox SET asked = NULL')))
  expect(issueReceipt(issuing, { ...order, draft: aDraft({ note: 'autre' }) })).toEqual(first)
})

test('what was begun for one citizen is deposited for nobody else; nothing is written, and his own deposit takes it', () => {
  const order = anOrder()
  const draftId = '11111111-1111-4111-8111-111111111111'
  const { context } = issuing
  valueOf(
    keepDraft(context, order.who, {
      id: draftId,
      draft: order.draft,
      revision: 0,
      writer: draftId,
      citizen: order.citizen,
    }),
  )
  const other = aCitizen({ identity: { familyName: 'AUTRE', givenNames: 'Personne', documentNumber: 'D0002' } })
  expect(issueReceipt(issuing, { ...anOrder(), draftId, citizen: other })).toEqual(err(faultOf('draft.otherCitizen')))
  expect(rows()).toEqual(each(0))
  valueOf(issueReceipt(issuing, { ...order, draftId }))
  expect(viewDrafts(context, order.who)).toEqual([])
})

test('what is answered is what is read back later', () => {
  const order = anOrder()
  const deposit = valueOf(issueReceipt(issuing, order))
  expect(findDepositByCommand(store.db, order.commandId)).toEqual(deposit)
})

test('the year of the number is that of the legal time of the office, here ahead of UTC', () => {
  const late = issuingOver(store, { now: () => new Date('2026-12-31T23:30:00.000Z'), monotonic: () => 0 })
  expect(valueOf(issueReceipt(late, anOrder())).number).toBe('2027/RAB03-G2/000001')
})

test.each(tables.flatMap((table) => (['BEFORE', 'AFTER'] as const).map((when) => [when, table] as const)))(
  'a failure %s the row of %s leaves no row and no gap',
  (when, table) => {
    valueOf(issueReceipt(issuing, anOrder()))
    store.tx((db) =>
      ok(
        ['INSERT', 'UPDATE'].map((verb) =>
          db.run(
            `CREATE TEMP TRIGGER fail_${verb} ${when} ${verb} ON main.${table} BEGIN SELECT RAISE(ABORT, 'injected'); END`,
          ),
        ),
      ),
    )
    expect(() => issueReceipt(issuing, anOrder())).toThrow('injected')
    expect(rows()).toEqual(each(1))
    store.tx((db) => ok(['INSERT', 'UPDATE'].map((verb) => db.run(`DROP TRIGGER fail_${verb}`))))
    expect(valueOf(issueReceipt(issuing, anOrder())).number).toBe('2026/RAB03-G2/000002')
    expect(rows()).toEqual(each(2))
    expect(verifyJournal(issuing.context.counter, journalLinks(store.db)).ok).toBe(true)
  },
)

test('a disk that is full at any page refuses the act whole, and takes it when there is room', () => {
  const note = 'une longue remarque '.repeat(90)
  let refused = 0
  for (let act = 1; act <= 12; act += 1) {
    const order = anOrder({ draft: aDraft({ note }) })
    const pages = store.db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0
    for (let room = 0; ; room += 1) {
      store.db.get(`PRAGMA max_page_count = ${String(pages + room)}`)
      const issued = issueReceipt(issuing, order)
      if (issued.ok) break
      refused += 1
      expect(issued.fault.code).toBe('register.diskFull')
      expect(rows()).toEqual(each(act - 1))
    }
    expect(rows()).toEqual(each(act))
  }
  expect(refused).toBeGreaterThan(5)
  expect(store.check()).toEqual([])
})

test.each([
  ['an unknown sheet', { draft: aDraft({ procedure: 'NONE' }) }, 'procedure.unknown'],
  ['another version', { draft: aDraft({ procedureVersion: '2025.1' }) }, 'procedure.unknown'],
  [
    'a piece that is not on the sheet',
    { draft: aDraft({ pieces: [{ code: 'facture', state: 'received', attachments: [] }] }) },
    'request.invalid',
  ],
  ['a mandate without a name', { draft: aDraft({ capacity: 'representative' }) }, 'request.invalid'],
  [
    'a file that nobody added',
    { draft: aDraft({ pieces: [{ code: 'demande', state: 'received', attachments: ['0'.repeat(64) as Sha256] }] }) },
    'attachment.unknown',
  ],
] as const)('%s is refused and takes no number', (_, over, code) => {
  expect(issueReceipt(issuing, anOrder(over))).toMatchObject({ ok: false, fault: { code } })
  expect(rows()).toEqual(each(0))
})

test('a letter that no font has is refused before anything is written', () => {
  const blind: Issuing = {
    ...issuing,
    paper: { ...issuing.paper, checkGlyphs: () => err(faultOf('receipt.glyphMissing', 'U+4E2D')) },
  }
  expect(
    issueReceipt(blind, anOrder({ citizen: aCitizen({ identity: { familyName: '中', givenNames: '' } }) })),
  ).toMatchObject({ ok: false })
  expect(rows()).toEqual(each(0))
})

test.each([
  ['not named', []],
  ['said to be missing', [{ code: 'mandat', state: 'missing' as const, attachments: [] }]],
])(
  'an incomplete file gets the time to complete it, and is not asked for what nobody must bring: %s',
  (_, optional) => {
    const pieces = [{ code: 'demande', state: 'received' as const, attachments: [] }, ...optional]
    const deposit = valueOf(issueReceipt(issuing, anOrder({ draft: aDraft({ pieces }) })))
    expect(deposit).toMatchObject({ complete: false, lastDay: '2026-12-21' })
    expect(valueOf(readFacts(store.db, 'receipt', deposit.receiptId)).facts.pieces.map((piece) => piece.state)).toEqual(
      ['received', 'missing', 'notApplicable'],
    )
  },
)
