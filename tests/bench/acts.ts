import { join } from 'node:path'
import { v7 } from 'uuid'
import { ok } from '#shared/result.ts'
import { enterQuarantine } from '#electron/worker/store/quarantine.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { drivers, signIn } from '#tests/faults/acts.ts'
import { hall } from '#tests/faults/hall.ts'
import type { Hand } from '#tests/faults/hand.ts'
import { createDraw } from '#tests/fuzz/draw.ts'
import { median, timed, type Figure } from './measure.ts'

/** Kinds that are made together with another one, need a register in quarantine, or are no acts of a register. */
const elsewhere = new Set(['personalData.requested', 'series.closed', ...Object.keys(hall)])

/**
 * Each kind of act that a counter knows, from the worker's call to its commit, against one bare row with fsync in an
 * encrypted store of its own, in
 * turns. Kinds with a password (sign-in, cancellation, override, reopening, erasure) contain one or two Argon2id
 * computations of 64 MiB; a copy for a
 * person contains a page of paper.
 */
export async function benchActs(runs: number): Promise<readonly Figure[]> {
  const [folder, bare] = [temporaryFolder(), temporaryFolder()]
  const floorStore = openTestStore(bare.path)
  const times = new Map<string, number[]>()
  const floors = new Map<string, number[]>()
  const note = (to: Map<string, number[]>, kind: string, time: number): void => {
    to.set(kind, [...(to.get(kind) ?? []), time])
  }
  const row = (): Promise<number> =>
    timed(() =>
      valueOf(floorStore.tx((db) => ok(db.run('INSERT INTO settings (key, value) VALUES (?, ?)', [v7(), '1'])))),
    )
  const open = async (): Promise<{ worker: TestWorker; hand: Hand }> => {
    const trail = join(folder.path, 'paper.txt')
    const paper = paperTrail(trail)
    // Paper is another bench: here nothing is printed.
    const worker = startWorker(folder.path, devicesWith({ ...paper, list: () => Promise.resolve(ok([])) }))
    const act: Hand['act'] = async (kind, _, ask) => {
      let answer: Awaited<ReturnType<typeof ask>> | undefined
      const time = await timed(async () => {
        answer = await ask(worker)
      })
      if (answer === undefined) throw new Error('no answer')
      if (answer.ok) {
        note(times, kind, time)
        note(floors, kind, await row())
      }
      return answer
    }
    await signIn({ worker, act })
    return {
      worker,
      hand: {
        worker,
        trail,
        act,
        refused: () => undefined,
        shared: { kiosk: worker.at('kiosk'), drafts: [], savedBy: new Map(), files: 1 },
        writer: v7(),
        draw: createDraw(1, 1),
        sheets: await sheetsOf(worker),
      },
    }
  }
  const inStore = (work: (store: ReturnType<typeof openTestStore>) => void): void => {
    const store = openTestStore(folder.path)
    work(store)
    store.close()
  }
  try {
    let { worker, hand } = await open()
    for (let run = 0; run < 3 * runs; run += 1) await drivers['request.deposited']?.drive(hand)
    await worker.close()
    // The platform's part: every act so far was refused, and one paper came out or not.
    inStore((store) => {
      valueOf(store.tx((db) => ok(db.run(`UPDATE outbox SET state = 'rejected', answered_at = created_at`))))
      valueOf(store.tx((db) => ok(db.run(`UPDATE print_jobs SET state = 'unknown'`))))
    })
    ;({ worker, hand } = await open())
    const kinds = Object.keys(drivers).filter((kind) => !elsewhere.has(kind) && kind !== 'request.deposited')
    for (let run = 0; run < runs; run += 1) for (const kind of kinds) await drivers[kind]?.drive(hand)
    await worker.close()
    for (let run = 0; run < Math.min(runs, 5); run += 1) {
      inStore((store) => {
        valueOf(enterQuarantine(store, { by: 'platform', held: 1, known: 2 }))
      })
      ;({ worker, hand } = await open())
      await drivers['series.closed']?.drive(hand)
      await worker.close()
    }
    return [...times].map(([name, all]) => ({
      name: `${name}, to the commit`,
      value: median(all),
      floor: { name: 'one row with fsync', value: median(floors.get(name) ?? []) },
      unit: 'ms',
      runs: all.length,
    }))
  } finally {
    floorStore.close()
    folder.remove()
    bare.remove()
  }
}
