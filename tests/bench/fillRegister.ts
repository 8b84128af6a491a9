import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { anchorEvery, anchorKind, anchorOver, signPoint } from '#electron/worker/journal/anchor.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import { genesis } from '#electron/worker/journal/link.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { readCounterKey } from '#electron/worker/keys/counterKey.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { insertClosing } from '#electron/worker/core/rows/closings.ts'
import { readDayFigures } from '#electron/worker/features/closing/rows/dayFigures.ts'
import type { WriteHandle } from '#electron/worker/store/handle.ts'
import { journalHead, journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { openStore } from '#electron/worker/store/open.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { addDay, type ClosingFacts } from '#shared/domain/closing/closing.ts'
import { counterId, type Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { testKey, valueOf } from '#tests/builders/register.ts'

/** Deposits of one day at a busy counter. */
const perDay = 200
/** Days of one transaction: each waits for the disk once, and moves the log into the file once. */
const daysAtOnce = 200
/**
 * The pages of the indexes stay in memory while the register grows, in KiB: a page that is read again is decrypted
 * again.
 */
const cache = 2_000_000

/** A line of its own, made from the one deposit that is there. */
const copies = [
  `INSERT INTO outbox (seq, id, type, number, request_id, sha256, created_at, state, attempts, answered_at)
    SELECT :line, :command, type, :number, :request, sha256, created_at, 'applied', 1, created_at FROM outbox WHERE seq = 1`,
  `INSERT INTO envelopes (seq, envelope) SELECT :line, json_set(envelope, '$.data.requestId', :request) FROM envelopes WHERE seq = 1`,
  `INSERT INTO requests (id, command_id, year, sequence, number, deposited_at, day, procedure, procedure_version, draft, complete, last_day, agent, journal_seq)
    SELECT :request, :command, year, :line, :number, deposited_at, :day, procedure, procedure_version, draft, complete, date(:day, '+30 days'), agent, :link
    FROM requests WHERE id = :template`,
  'INSERT INTO identities (request_id, kept, source, read_at, name_key, native_key, document_key) SELECT :request, kept, source, read_at, name_key, native_key, document_key FROM identities WHERE request_id = :template',
  `INSERT INTO papers (id, kind, subject, number, rank, facts, seal, size, made_at)
    SELECT :receipt, kind, :request, :number, rank, facts, seal, size, made_at FROM papers WHERE kind = 'receipt' AND subject = :template AND rank = 0`,
  `INSERT INTO print_jobs SELECT :job, :receipt, copy, mark, medium, printer, spooler_job, 'printed', reasons, message, queued_at, queued_at
    FROM print_jobs WHERE paper_id = (SELECT id FROM papers WHERE kind = 'receipt' AND subject = :template AND rank = 0)`,
]

/**
 * Fills the register of a folder up to so many lines: busy days before today, each closed, every line with its own link
 * of the journal, identity,
 * receipt, paper job and answered act. The chain, its anchors and the closings are real, and the chain is walked at the
 * end. What is
 * not: all acts have the envelope of the first one, and seals and answers are its copies.
 */
export function fillRegister(folder: string, lines: number): void {
  const store = valueOf(openStore({ file: registerFile(folder), key: testKey, now: new Date().toISOString() }))
  const counter = counterId.parse('RAB03-G2')
  const journal = createJournal(systemClock, counter, store.db)
  const key = readCounterKey(store.db, counter)
  const template =
    store.db.get<{ id: string; number: string; agent: string }>('SELECT id, number, agent FROM requests LIMIT 1') ??
    (() => {
      throw new Error('no deposit to copy')
    })()
  const days = Math.ceil((lines - 1) / perDay)
  const today = Date.now()
  let [closings, before, previous, links]: [number, ClosingFacts['totals'] | undefined, Sha256, number] = [
    0,
    undefined,
    genesis as Sha256,
    0,
  ]
  let since = 0

  const deposit = (db: WriteHandle, line: number, day: string): void => {
    const request = v7()
    const link = journal.appendAct(db, {
      actor: template.agent,
      kind: 'request.deposited',
      subject: request,
      body: { line },
    })
    if ((links += 1) >= anchorEvery - 1) {
      journal.append(db, anchorOver(counter, link, key))
      links = 0
    }
    const number = template.number.replace('000001', String(line).padStart(6, '0'))
    const values = {
      line,
      number,
      day,
      link: link.seq,
      request,
      template: template.id,
      command: v7(),
      receipt: v7(),
      job: v7(),
    }
    for (const sql of copies) db.run(sql, values)
  }

  const close = (db: WriteHandle, day: string): void => {
    const figures = readDayFigures(db, day, since)
    const [id, moment] = [v7(), journal.moment()]
    before = addDay(before, figures.amounts)
    const facts: ClosingFacts = {
      version: 1,
      counter,
      ordinal: 1,
      closedAt: moment.at,
      utcOffsetMinutes: 60,
      agent: template.agent,
      figures,
      totals: before,
      previous,
    }
    const hash = createHash('sha256').update(canonicalJson(facts)).digest('hex') as Sha256
    const link = journal.appendAct(
      db,
      {
        actor: template.agent,
        kind: 'day.closed',
        subject: id,
        body: { day, ordinal: 1, hash, previous, issued: figures.amounts.issued },
      },
      moment,
    )
    const anchor = signPoint(counter, link, key)
    journal.append(db, { actor: 'counter', kind: anchorKind, subject: counter, body: anchor }, moment)
    insertClosing(db, { id, position: (closings += 1), day, ordinal: 1, facts, hash, anchor, journalSeq: link.seq })
    ;[previous, since, links] = [hash, link.seq, 0]
  }

  for (let first = 0; first < days; first += daysAtOnce) {
    valueOf(
      store.tx((db) => {
        if (first === 0) {
          db.run(`PRAGMA cache_size = -${String(cache)}`)
          db.run(`UPDATE outbox SET state = 'applied', attempts = 1, answered_at = created_at WHERE seq = 1`)
        }
        for (let at = first; at < Math.min(first + daysAtOnce, days); at += 1) {
          const day = new Date(today - (days - at) * 86_400_000).toISOString().slice(0, 10)
          for (let line = at * perDay + 2; line <= Math.min((at + 1) * perDay + 1, lines); line += 1)
            deposit(db, line, day)
          close(db, day)
        }
        db.run('UPDATE series SET last = ?', [Math.min((first + daysAtOnce) * perDay + 1, lines)])
        return ok(undefined)
      }),
    )
  }
  const { links: walked } = valueOf(verifyJournal(counter, journalLinks(store.db)))
  if (walked !== journalHead(store.db)?.seq) throw new Error('the chain does not reach its newest link')
  store.checkpoint()
  store.close()
}
