import { join } from 'node:path'
import { v7 } from 'uuid'
import { createJournal } from '#electron/worker/journal/journal.ts'
import { systemClock } from '#electron/worker/systemClock.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { openStore } from '#electron/worker/store/open.ts'
import type { In } from '#shared/contract/calls.ts'
import { counterId, registerNumber } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { depositing } from './issue.ts'
import { against, timed, type Figure } from './measure.ts'

/** Lines of the register: a small counter's years, a large one's, and more than any has. */
const sizes = [10_000, 100_000, 1_000_000] as const
/** Deposits of one day at a busy counter. */
const perDay = 200

/**
 * What a register costs when it is full: a deposit to its commit, the start of the worker, and the lists of the first screens
 * (the day, the outbox, the correction desk), each against the same on a new register, in turns.
 */
export async function benchGrowth(runs: number, of: readonly number[] = sizes): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const size of of) {
    const [small, full] = [await openRegister(0), await openRegister(size)]
    try {
      const add = async (what: string, measure: (register: Register) => Promise<number>): Promise<void> => {
        const [value, floor] = await against(runs, () => measure(full), () => measure(small))
        figures.push({ name: `${what}, ${size.toLocaleString('en')} lines`, value, floor: { name: 'new register', value: floor }, unit: 'ms', runs })
      }
      await add('deposit to the commit', (register) => register.deposit())
      await add('first lists', (register) => register.lists())
      await add('a deposit by its number', (register) => register.find({ number: registerNumber.parse(register.number) }))
      await add('a person by the document', (register) => register.find({ document: 'ZZ000000' }))
      await add('a person by name', (register) => register.find({ name: { familyName: 'NOBODY', givenNames: 'AT ALL' } }))
      await add('start of the worker', (register) => register.restart())
    } finally {
      for (const one of [small, full]) await one.remove()
    }
  }
  return figures
}

/** A register at work in a folder of its own; every measure is in milliseconds. */
interface Register {
  readonly deposit: () => Promise<number>
  readonly lists: () => Promise<number>
  readonly find: (whom: In<'personalData.find'>) => Promise<number>
  readonly number: string
  readonly restart: () => Promise<number>
  readonly remove: () => Promise<void>
}

async function openRegister(lines: number): Promise<Register> {
  const folder = temporaryFolder()
  const open = (): TestWorker => startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
  let worker = await signedIn(open(), 'supervisor')
  let deposit = await depositing(worker)
  await deposit()
  if (lines > 0) {
    await worker.close()
    fill(folder.path, lines)
    worker = await signedIn(open(), 'supervisor')
    deposit = await depositing(worker)
  }
  return {
    deposit: () => deposit(),
    lists: () => timed(async () => { for (const call of ['home.day', 'outbox.list', 'correction.list'] as const) valueOf(await worker.ask(call, {})) }),
    find: (whom) => timed(async () => { valueOf(await worker.ask('personalData.find', whom)) }),
    number: `${String(new Date().getFullYear())}/RAB03-G2/000001`,
    restart: async () => {
      await worker.close()
      return timed(() => { worker = open() })
    },
    remove: async () => {
      await worker.close()
      folder.remove()
    },
  }
}

/** Copies of the one line that is there, on the days before it, each with its own link, receipt, paper job and answered act. */
function fill(folder: string, lines: number): void {
  const store = valueOf(openStore({ file: registerFile(folder), key: testKey, now: new Date().toISOString() }))
  const journal = createJournal(systemClock, counterId.parse('RAB03-G2'), store.db)
  const template = store.db.get<{ id: string }>('SELECT id FROM requests LIMIT 1')?.id ?? ''
  const steps = [
    `INSERT INTO outbox (seq, id, type, number, sha256, envelope, created_at, state, attempts, answered_at)
      SELECT :line, :command, type, replace(number, '000001', :digits), sha256, envelope, created_at, 'applied', 1, created_at FROM outbox WHERE seq = 1`,
    `INSERT INTO requests (id, command_id, year, sequence, number, deposited_at, day, procedure, procedure_version, draft, complete, last_day, agent, journal_seq)
      SELECT :request, :command, year, :line, replace(number, '000001', :digits), deposited_at, date(day, :back), procedure, procedure_version,
      draft, complete, date(last_day, :back), agent, :link FROM requests WHERE id = :template`,
    'INSERT INTO identities (request_id, kept, source, read_at) SELECT :request, kept, source, read_at FROM identities WHERE request_id = :template',
    'INSERT INTO receipts (id, request_id, facts, seal) SELECT :receipt, :request, facts, seal FROM receipts WHERE request_id = :template',
    `INSERT INTO print_jobs SELECT :job, :receipt, NULL, copy, mark, paper, printer, spooler_job, 'printed', reasons, message, queued_at, queued_at
      FROM print_jobs WHERE receipt_id = (SELECT id FROM receipts WHERE request_id = :template)`,
  ]
  for (let from = 2; from <= lines; from += 1000) {
    valueOf(store.tx((db) => {
      for (let line = from; line < Math.min(from + 1000, lines + 1); line += 1) {
        const request = v7()
        const link = journal.append(db, { actor: 'AG-014', kind: 'request.deposited', subject: request, body: { line } })
        const values = {
          line, request, template, link: link.seq, command: v7(), receipt: v7(), job: v7(), digits: String(line).padStart(6, '0'),
          back: `-${String(Math.ceil(line / perDay))} days`,
        }
        for (const sql of steps) db.run(sql, Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`:${name}`))))
      }
      if (from === 2) db.run(`UPDATE outbox SET state = 'applied' WHERE seq = 1`)
      db.run('UPDATE series SET last = ?', [Math.min(from + 999, lines)])
      return ok(undefined)
    }))
  }
  store.close()
}
