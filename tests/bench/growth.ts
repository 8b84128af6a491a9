import { join } from 'node:path'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { openStore } from '#electron/worker/store/open.ts'
import { dueOf } from '#electron/worker/retention/rows/wiping.ts'
import { rowKinds } from '#electron/worker/retention/wipeExpired.ts'
import type { In } from '#shared/contract/calls.ts'
import { registerNumber } from '#shared/ids.ts'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { fillRegister } from './fillRegister.ts'
import { depositing } from './issue.ts'
import { against, timed, type Figure } from './measure.ts'

/** Lines of the register: a small counter's years, a large one's, and more than any has. */
const sizes = [10_000, 100_000, 1_000_000] as const

/**
 * What a register costs when it is full: a deposit to its commit, the start of the worker, the lists of the first
 * screens (the day, the
 * outbox, papers, the correction desk), the day before its closing, searches, and the table of retention, each against
 * the same on a new
 * register, in turns. At the end: what every start asks the whole register, whether anything is past its term.
 */
export async function benchGrowth(runs: number, of: readonly number[] = sizes): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const size of of) {
    const [small, full] = [await openRegister(0), await openRegister(size)]
    try {
      const add = async (what: string, measure: (register: Register) => Promise<number>): Promise<void> => {
        const [value, floor] = await against(
          runs,
          () => measure(full),
          () => measure(small),
        )
        figures.push({
          name: `${what}, ${size.toLocaleString('en')} lines`,
          value,
          floor: { name: 'new register', value: floor },
          unit: 'ms',
          runs,
        })
      }
      await add('deposit to the commit', (register) => register.deposit())
      await add('first lists', (register) => register.lists())
      await add('the day before its closing', (register) => register.day())
      await add('a deposit by its number', (register) =>
        register.find({ number: registerNumber.parse(register.number) }),
      )
      await add('a person by the document', (register) => register.find({ document: 'ZZ000000' }))
      await add('a person by name', (register) =>
        register.find({ name: { familyName: 'NOBODY', givenNames: 'AT ALL' } }),
      )
      await add('table of retention', (register) => register.retention())
      await add('start of the worker', (register) => register.restart())
      await add('what is past its term', (register) => register.due())
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
  readonly day: () => Promise<number>
  readonly retention: () => Promise<number>
  readonly find: (whom: In<'personalData.find'>) => Promise<number>
  readonly number: string
  readonly restart: () => Promise<number>
  /** Closes the worker: the last measure. */
  readonly due: () => Promise<number>
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
    fillRegister(folder.path, lines)
    worker = await signedIn(open(), 'supervisor')
    deposit = await depositing(worker)
  }
  return {
    deposit: () => deposit(),
    lists: () =>
      timed(async () => {
        for (const call of ['home.day', 'outbox.list', 'print.list', 'correction.list'] as const)
          valueOf(await worker.ask(call, {}))
      }),
    day: () =>
      timed(async () => {
        valueOf(await worker.ask('day.status', {}))
      }),
    retention: () =>
      timed(async () => {
        valueOf(await worker.ask('personalData.retention', {}))
      }),
    find: (whom) =>
      timed(async () => {
        valueOf(await worker.ask('personalData.find', whom))
      }),
    number: `${String(new Date().getFullYear())}/RAB03-G2/000001`,
    restart: async () => {
      await worker.close()
      return timed(() => {
        worker = open()
      })
    },
    due: async () => {
      await worker.close()
      const store = valueOf(openStore({ file: registerFile(folder.path), key: testKey, now: new Date().toISOString() }))
      const took = await timed(() => {
        for (const kind of rowKinds) dueOf(store.db, kind, '2000-01-01T00:00:00.000Z', 200)
      })
      store.close()
      return took
    },
    remove: async () => {
      await worker.close()
      folder.remove()
    },
  }
}
