import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import type { CounterId } from '#shared/ids.ts'
import { brokenAnchor } from '#electron/worker/journal/anchor.ts'
import { openRollbackGuard } from '#electron/worker/journal/rollbackGuard.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { counterPublicKeys } from '#electron/worker/keys/counterKey.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import type { ReadHandle } from '#electron/worker/store/handle.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { testKey } from '#tests/builders/register.ts'
import { drivers } from './acts.ts'
import type { HeardAct } from './kill.ts'

const demoCounter = 'RAB03-G2' as CounterId

/**
 * What does not hold in a register, in words; nothing when all does: chain, anchors, pages, series, outbox, and every
 * act that was heard.
 */
export function whatFails(store: Store, acts: readonly HeardAct[], counter = demoCounter): readonly string[] {
  const { db } = store
  const chain = verifyJournal(counter, journalLinks(db))
  const count = (what: string): number => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)?.n ?? -1
  const run = (sql: string): boolean => db.all<{ n: number }>(sql).every((row, at) => row.n === at + 1)
  const deposits = count('requests')
  const lost = acts.filter(({ kind, id, evidence }) => drivers[kind]?.held(db, id, evidence) !== true)
  return [
    ...store.check(),
    ...(chain.ok ? [] : [`chain: ${chain.fault.detail ?? ''}`]),
    ...(brokenAnchor(counter, journalLinks(db), counterPublicKeys(db, counter)) === undefined
      ? []
      : ['an anchor does not hold']),
    ...(run('SELECT sequence AS n FROM requests ORDER BY year, sequence') ? [] : ['a gap in the series']),
    ...(run('SELECT seq AS n FROM outbox ORDER BY seq') ? [] : ['a gap in the outbox']),
    ...(run('SELECT seq AS n FROM outbox JOIN envelopes USING (seq) ORDER BY seq') &&
    count('outbox') === count('envelopes')
      ? []
      : ['an act without its envelope']),
    ...[
      `papers WHERE kind = 'receipt' AND rank = 0`,
      'identities',
      `print_jobs j JOIN papers p ON p.id = j.paper_id WHERE j.copy = 0 AND p.kind = 'receipt' AND p.rank = 0`,
      `journal WHERE kind = 'request.deposited'`,
    ]
      .filter((table) => count(table) !== deposits)
      .map((table) => `${table}: not one for each deposit`),
    ...(count('outbox o WHERE o.id IN (SELECT command_id FROM requests)') === deposits
      ? []
      : ['a deposit that waits for nobody']),
    ...(count('repairs r WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.command_id)') === 0
      ? []
      : ['a repair that waits for nobody']),
    ...mailFails(db),
    ...lost.map(({ kind, id, evidence }) => `heard and lost: ${kind} ${id} ${evidence}`).slice(0, 5),
    ...(lost.length === 0 ? [] : [`${String(lost.length)} acts that were heard are lost`]),
  ]
}

/** What does not hold in the registers of the mail: numbers of each, of slips, reminders and closings; their papers. */
function mailFails(db: ReadHandle): readonly string[] {
  const failed: string[] = []
  const last = new Map<string, number>()
  for (const { number } of db.all<{ number: string }>('SELECT number FROM letters ORDER BY seq')) {
    const { register = '', year, rank } = parseRegisterNumber(number) ?? {}
    const series = `${register} ${String(year)}`
    if (rank !== (last.get(series) ?? 0) + 1) failed.push(`mail: ${number} does not follow`)
    last.set(series, rank ?? 0)
  }
  for (const [table, place] of [
    ['slips', 'rank'],
    ['reminders', 'rank'],
    ['mail_closings', 'position'],
  ] as const)
    if (db.all<{ n: number }>(`SELECT ${place} AS n FROM ${table} ORDER BY n`).some(({ n }, at) => n !== at + 1))
      failed.push(`mail: a gap in ${table}`)
  const count = (what: string): number => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)?.n ?? -1
  for (const [table, kind] of [
    ['slips', 'mailSlip'],
    ['mail_closings', 'mailRegister'],
  ] as const)
    if (
      count(table) !== count(`print_jobs j JOIN papers p ON p.id = j.paper_id WHERE j.copy = 0 AND p.kind = '${kind}'`)
    )
      failed.push(`mail: not one paper for each of ${table}`)
  const reminded = `papers WHERE kind = 'mailReminder' AND subject NOT IN (SELECT id FROM reminders)`
  if (count(reminded) > 0) failed.push('mail: a paper of a reminder that is not there')
  return failed.slice(0, 5)
}

const mark = z.object({ seq: z.int() })

/**
 * What is wrong with the marks beside a register: ahead of it although nothing was lost, or behind a deposit that was
 * heard.
 */
export function marksFail(folder: string, store: Store, acts: readonly HeardAct[]): readonly string[] {
  const ahead = openRollbackGuard(folder, testKey, store.db).lost
  const last = acts.findLast(({ kind }) => kind === 'request.deposited')
  const seq =
    last === undefined
      ? 0
      : (store.db.get<{ n: number }>('SELECT journal_seq AS n FROM requests WHERE command_id = ?', [last.id])?.n ?? 0)
  const marks = ['high-water.a', 'high-water.b'].map((name) => readSeq(join(folder, name)))
  return [
    ...(ahead === undefined ? [] : ['the mark is ahead of the register']),
    ...(Math.max(...marks) >= seq
      ? []
      : [`the mark (${marks.join(', ')}) is behind an act that was heard (${String(seq)})`]),
  ]
}

const readSeq = (path: string): number => {
  try {
    return mark.parse(JSON.parse(readFileSync(path, 'utf8'))).seq
  } catch {
    // Killed while it was written: the other one counts.
    return 0
  }
}
