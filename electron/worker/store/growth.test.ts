import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestId } from '#shared/ids.ts'
import { openTestStore, temporaryFolder } from '#tests/builders/register.ts'
import { offeredProcedure } from '../core/rows/procedures.ts'
import { searchProcedures } from '../features/catalogue/rows/searchProcedures.ts'
import { openDays, readDayFigures } from '../features/closing/rows/dayFigures.ts'
import type { Params, ReadHandle } from './handle.ts'
import { journalKinds, journalTail, linksBefore, linksOfKinds } from '../journal/rows/journalRows.ts'
import type { Store } from './open.ts'
import { countOutbox, firstUnanswered, outboxItems } from '../outbox/rows/outboxRows.ts'
import { recentPrintJobs, unfinishedJobs } from '../papers/rows/printJobs.ts'
import { repairedActs, repairsOf, unsettledActs } from '../acts/rows/repairs.ts'
import {
  depositsDue,
  depositsOfDay,
  depositsOfDocument,
  findDepositByNumber,
  numberOfSubject,
} from '../core/rows/requests.ts'
import { findRequestsOf } from '../core/rows/people.ts'
import { dueOf, heldOfRequests } from '../retention/rows/wiping.ts'

/** Which tables the names in a plan stand for: a plan says the alias, and another query may use the same one. */
function tablesOf(sql: string): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>()
  const named =
    /\b(?:FROM|JOIN)\s+(\w+)(?:\s+(?:AS\s+)?(?!(?:WHERE|ON|JOIN|LEFT|INNER|ORDER|GROUP|LIMIT|UNION|USING|NOT|INDEXED|CROSS|SET)\b)(\w+))?/gu
  for (const [, table = '', alias = table] of sql.matchAll(named))
    tables.set(alias, (tables.get(alias) ?? new Set()).add(table))
  return tables
}

/** A handle that asks SQLite how it would find what it is asked for. */
function explaining(db: ReadHandle): { readonly db: ReadHandle; readonly plans: () => readonly string[] } {
  const steps = new Set<string>()
  const explain = (sql: string, params: Params = []): void => {
    const tables = tablesOf(sql)
    for (const { detail } of db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params)) {
      const alias = /^(?:SCAN|SEARCH) (\w+)/.exec(detail)?.[1] ?? ''
      // One name for two tables may be either: each has to be one that may be walked.
      for (const table of tables.get(alias) ?? [alias]) steps.add(detail.replace(/^(SCAN|SEARCH) \w+/, `$1 ${table}`))
    }
  }
  return {
    db: {
      get: (sql, params) => {
        explain(sql, params)
        return db.get(sql, params)
      },
      all: (sql, params) => {
        explain(sql, params)
        return db.all(sql, params)
      },
      each: (sql, params) => {
        explain(sql, params)
        return db.each(sql, params)
      },
    },
    plans: () => [...steps],
  }
}

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeAll(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterAll(() => {
  store.close()
  folder.remove()
})

const id = 'x' as RequestId
const [day, instant] = ['2026-11-21', '2026-11-21T09:00:00.000Z']
const kinds = ['draft', 'looseFile', 'sentFile', 'printing', 'sentAct', 'person'] as const
/** What is asked at a start, for a screen, for an act and for a search. */
const questions: Readonly<Record<string, (db: ReadHandle) => unknown>> = {
  'what is past its term': (db) => kinds.map((kind) => dueOf(db, kind, instant, 200)),
  'what is held of some files': (db) => kinds.map((kind) => heldOfRequests(db, kind, [id])),
  'a number': (db) => [
    findRequestsOf(db, { number: 'x' }, 9),
    findDepositByNumber(db, 'x' as never),
    numberOfSubject(db, id),
  ],
  'a document': (db) => [
    findRequestsOf(db, { document: 'x' }, 9),
    findRequestsOf(db, { name: { familyName: 'x', givenNames: '' } }, 9),
    findRequestsOf(db, { document: 'x', name: { familyName: 'x', givenNames: 'y' } }, 9),
    depositsOfDocument(db, { documentNumber: 'x', familyName: 'x' }, 9),
  ],
  'a name': (db) => findRequestsOf(db, { name: { familyName: 'x', givenNames: 'y' } }, 9),
  'the day': (db) => [depositsOfDay(db, day), depositsDue(db, day, day, 9), openDays(db), readDayFigures(db, day, 7)],
  'the catalogue': (db) => [
    searchProcedures(db, { words: 'x', limit: 9 }),
    searchProcedures(db, { words: '', limit: 9 }),
    offeredProcedure(db, 'x'),
  ],
  papers: (db) => [recentPrintJobs(db, 9), unfinishedJobs(db)],
  'acts on their way': (db) => [countOutbox(db), firstUnanswered(db), outboxItems(db, 9)],
  'the correction desk': (db) => [unsettledActs(db, 9), repairedActs(db, 9), repairsOf(db, id)],
  'a page of the journal': (db) => [
    linksBefore(db, 9, 9, {}),
    linksBefore(db, 9, 9, { kind: 'x' }),
    linksOfKinds(db, ['x'], { limit: 9 }),
    journalTail(db, 9),
    journalKinds(db),
  ],
}
/** What may be walked through. */
const mayBeWalked: readonly string[] = [
  // Drafts, files and their uploads: what there is of them was wiped after weeks.
  'drafts',
  'attachments',
  'uploads',
  'uploads USING INDEX uploads_waiting',
  // What waits at the digital mail office: its index holds nothing that was registered.
  'digital_items USING INDEX digital_items_waiting',
  // Repairs, complements and the receipts that came of them: few among deposits.
  'complements',
  'repairs USING INDEX repairs_act',
  'reissues',
  // What is under way; what has the order that is asked for, so that the limit ends it; the days of the office; the
  // kinds of links.
  'print_jobs USING INDEX print_jobs_unended',
  'print_jobs USING INDEX print_jobs_queued',
  'journal',
  'days',
  'n',
  'kinds',
  // The last deposits, ended by the limit; the catalogue, which does not grow with the deposits.
  'requests USING INDEX sqlite_autoindex_requests_4',
  'procedure_entries USING INDEX sqlite_autoindex_procedure_entries_1',
  'procedure_entries USING COVERING INDEX sqlite_autoindex_procedure_entries_1',
]

test.each(Object.entries(questions))('%s: no walk through the whole register', (_, ask) => {
  const { db, plans } = explaining(store.db)
  ask(db)
  expect(plans().length).toBeGreaterThan(0)
  const walked = plans().flatMap(
    (step) => /^SCAN (?!\(subquery)(?!CONSTANT)(?!.*VIRTUAL TABLE)(.+)/.exec(step)?.[1] ?? [],
  )
  expect(walked.filter((what) => !mayBeWalked.includes(what))).toEqual([])
  // Through the index of states to all that was ever applied; through all receipts to those of one day.
  expect(plans()).not.toContain('MULTI-INDEX OR')
  expect(plans().filter((step) => /^SEARCH papers .*\(kind=\?\)$/.test(step))).toEqual([])
})

test('what was repaired is found through the repairs, not through all that was applied', () => {
  const { db, plans } = explaining(store.db)
  repairedActs(db, 9)
  expect(plans()[0]).toBe('SCAN repairs USING INDEX repairs_act')
})
