import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { command } from '#shared/contract/platform.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, ReceiptId, RequestId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { insertClosing } from '../core/rows/closings.ts'
import { journalLinks } from '../journal/rows/journalRows.ts'
import { verifyJournal } from '../journal/verify.ts'
import type { Store } from '../store/open.ts'
import { oneAct } from './oneAct.ts'

const { who } = anOrder()
const supervisor = { ...who, view: { ...who.view, roles: ['supervisor' as const] } }

/** A counter with one kind of act: a deposit that keeps nothing but what `oneAct` writes. */
function aCounterIn(folder: string, at = Date.parse('2026-11-21T09:00:00.000Z')) {
  const store = openTestStore(folder)
  const time = { now: at }
  const { context } = issuingOver(store, { now: () => new Date(time.now), monotonic: () => 0 })
  const deposit = (
    commandId: CommandId,
    note: string,
    {
      crash,
      refuse,
      by = who,
    }: { crash?: 'decide' | 'data' | 'keep'; refuse?: 'decide' | 'keep'; by?: typeof who } = {},
  ): Result<string> =>
    oneAct(
      context,
      by,
      {
        act: acts.requestDeposited,
        commandId,
        asked: { note },
        again: () =>
          ok(store.db.get<{ number: string }>('SELECT number FROM outbox WHERE id = ?', [commandId])?.number ?? ''),
      },
      (_, { place }) => {
        if (crash === 'decide') throw new Error('cut')
        if (refuse === 'decide' || place === undefined) return err(faultOf('request.invalid'))
        return ok({
          subject: commandId,
          body: { note },
          data: () => {
            if (crash === 'data') throw new Error('cut')
            return {
              requestId: commandId as string as RequestId,
              receiptId: v7() as ReceiptId,
              number: place.number,
              procedure: { code: 'SPECIMEN', version: '2026.1' },
              complete: true,
              note,
            }
          },
          keep: () => {
            if (crash === 'keep') throw new Error('cut')
            return refuse === 'keep' ? err(faultOf('request.invalid')) : ok(place.number)
          },
        })
      },
    )
  return { store, context, time, deposit }
}

const written = (store: Store) => ({
  links: store.db.all<{ subject: string; seq: number; hash: string }>(
    "SELECT subject, seq, hash FROM journal WHERE kind = 'request.deposited' ORDER BY seq",
  ),
  items: store.db
    .all<{ id: string; number: string; envelope: string }>(
      'SELECT id, number, envelope FROM outbox JOIN envelopes USING (seq) ORDER BY seq',
    )
    .map(({ id, number, envelope }) => ({ id, number, sent: command.parse(JSON.parse(envelope)) })),
})

/** One closing of a day, as nothing but its place: what is refused afterwards is what is tested. */
const close = (
  store: Store,
  context: ReturnType<typeof aCounterIn>['context'],
  day: string,
  position: number,
): void => {
  valueOf(
    store.tx((db) => {
      const link = context.journal.appendAct(db, { actor: 'x', kind: 'day.closed', subject: day, body: { day } })
      insertClosing(db, {
        id: v7(),
        position,
        day,
        ordinal: 1,
        facts: { closedAt: '2026-11-21T09:00:00.000Z' } as never,
        hash: String(position).padStart(64, '0'),
        anchor: {} as never,
        journalSeq: link.seq,
      })
      return ok(undefined)
    }),
  )
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('act' as const), id: fc.nat(6), note: fc.constantFrom('a', 'b') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      id: fc.nat(6),
      how: fc.constantFrom(
        { crash: 'decide' as const },
        { crash: 'data' as const },
        { crash: 'keep' as const },
        { refuse: 'decide' as const },
        { refuse: 'keep' as const },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('nextDay' as const), days: fc.constantFrom(1, 45) }) },
)

test(
  'whatever is asked, repeated, cut off or asked on a closed day: one link and one item an act, and no gap',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const folder = temporaryFolder()
        const { store, context, time, deposit } = aCounterIn(folder.path)
        try {
          const ids = Array.from({ length: 7 }, () => v7() as CommandId)
          const done = new Map<string, { note: string; number: string }>()
          const closed = new Set<string>()
          let closings = 0
          const dayOf = (): string => new Date(time.now + 3_600_000).toISOString().slice(0, 10)
          for (const one of steps) {
            if (one.do === 'nextDay') {
              time.now += one.days * 86_400_000
              // The date is right, and a person says so.
              context.journal.confirmClock()
            } else if (one.do === 'close') {
              if (!closed.has(dayOf())) close(store, context, dayOf(), (closings += 1))
              closed.add(dayOf())
            } else {
              const id = ids[one.id] ?? ids[0]
              if (id === undefined) continue
              const before = done.get(id)
              if (one.do === 'fail') {
                if (before !== undefined) continue
                const open = !closed.has(dayOf())
                if (open && 'crash' in one.how) expect(() => deposit(id, 'a', one.how)).toThrow('cut')
                else
                  expect(deposit(id, 'a', one.how)).toMatchObject({
                    fault: { code: open ? 'request.invalid' : 'day.closed' },
                  })
                continue
              }
              const answer = deposit(id, one.note)
              if (before !== undefined)
                expect(answer).toMatchObject(
                  before.note === one.note ? ok(before.number) : { fault: { code: 'command.reused' } },
                )
              else if (closed.has(dayOf())) expect(answer).toMatchObject({ fault: { code: 'day.closed' } })
              else done.set(id, { note: one.note, number: valueOf(answer) })
            }
          }
          const { links, items } = written(store)
          expect(items.map(({ id }) => id)).toEqual([...done.keys()])
          expect(links.map(({ subject }) => subject)).toEqual([...done.keys()])
          items.forEach(({ number, sent }, at) => {
            expect(number).toBe(done.get(sent.id)?.number)
            expect(sent).toMatchObject({
              seq: at + 1,
              prevhash: items[at - 1]?.sent.sha256 ?? '0'.repeat(64),
              sha256: createHash('sha256').update(canonicalJson(sent.data)).digest('hex'),
              data: { journal: { seq: links[at]?.seq, hash: links[at]?.hash } },
            })
            expect(acts.requestDeposited.data.safeParse(sent.data).success).toBe(true)
          })
          for (const year of ['2026', '2027']) {
            const ranks = items
              .filter(({ number }) => number.startsWith(year))
              .map(({ number }) => Number(number.slice(-6)))
            expect(ranks).toEqual(ranks.map((_, at) => at + 1))
          }
          expect(verifyJournal(context.counter, journalLinks(store.db)).ok).toBe(true)
        } finally {
          store.close()
          folder.remove()
        }
      }),
      { numRuns: 30 },
    )
  },
)

test('the same id is another kind of act for nobody', () => {
  const folder = temporaryFolder()
  const { store, context, deposit } = aCounterIn(folder.path)
  const id = v7() as CommandId
  valueOf(deposit(id, 'a'))
  expect(
    oneAct(context, who, { act: acts.dayReopened, commandId: id, asked: { note: 'a' }, again: () => ok(1) }, () =>
      err(faultOf('internal')),
    ),
  ).toMatchObject({ fault: { code: 'command.reused' } })
  store.close()
  folder.remove()
})

test('a clock that stands back is on the link and in the act; beyond the limit somebody has to answer for it', () => {
  const folder = temporaryFolder()
  const { store, time, deposit } = aCounterIn(folder.path)
  valueOf(deposit(v7() as CommandId, 'a'))
  time.now -= 60_000
  valueOf(deposit(v7() as CommandId, 'b'))
  time.now -= 3 * 3_600_000
  expect(deposit(v7() as CommandId, 'c')).toMatchObject({ fault: { code: 'clock.behind' } })
  valueOf(deposit(v7() as CommandId, 'd', { by: supervisor }))
  const { items } = written(store)
  expect(items.map(({ sent }) => sent.data['clockBackMs'])).toEqual([undefined, 60_000, 10_860_000])
  const bodies = store.db.all<{ body: string }>('SELECT body FROM journal ORDER BY seq').map(({ body }) => body)
  expect(bodies.map((body) => /"clockBackMs":(\d+)/.exec(body)?.[1])).toEqual([undefined, '60000', '10860000'])
  store.close()
  folder.remove()
})
