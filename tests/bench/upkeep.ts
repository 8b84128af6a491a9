import { randomBytes } from 'node:crypto'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { createBackground, rest } from '#electron/worker/core/background.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { keepAttachment } from '#electron/worker/files/rows/attachments.ts'
import { openStore, type Store } from '#electron/worker/store/open.ts'
import { saveSetting } from '#electron/worker/store/settings.ts'
import { makeBackup } from '#electron/worker/upkeep/backups.ts'
import { checkedAt, startSelfCheck } from '#electron/worker/upkeep/selfCheck.ts'
import { ok } from '#shared/result.ts'
import { join } from 'node:path'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'
import { fillRegister } from './fillRegister.ts'
import { depositing } from './issue.ts'
import type { Figure } from './measure.ts'

/** Lines of the register: more than any counter has. `BENCH_LINES` takes fewer. */
const lines = Number(process.env['BENCH_LINES'] ?? 1_000_000)
/** Files beside it, each of so many bytes: a scan. */
const files = { count: 1_000, bytes: 400_000 }

/**
 * What the counter feels while its register is looked after: the longest that a small act waits while the register is
 * copied and while it is checked, and how long a copy takes with files that no copy has, and with files that all have.
 */
export async function benchUpkeep(): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const worker = await signedIn(startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt')))))
  await (
    await depositing(worker)
  )()
  await worker.close()
  fillRegister(folder.path, lines)
  const store = valueOf(openStore({ file: registerFile(folder.path), key: testKey, now: new Date().toISOString() }))
  const figures: Figure[] = []
  const figure = (name: string, value: number, floor: Figure['floor']): void => {
    figures.push({ name: `${name}, ${lines.toLocaleString('en')} lines`, value, floor, unit: 'ms', runs: 1 })
  }
  try {
    for (let n = 0; n < files.count; n += 1) keep(store, randomBytes(files.bytes))
    const copy = async (at: string): Promise<number> => {
      const began = performance.now()
      valueOf(await makeBackup(store, folder.path, new Date(at), { free: Infinity, reserve: 0 }))
      return performance.now() - began
    }
    // What the machine itself makes an act wait: the measure of the two waits below.
    const alone = { name: 'without upkeep', value: await longestWait(store, () => rest(10_000)) }
    let first = 0
    figure(
      'longest wait of an act during a copy',
      await longestWait(store, async () => {
        first = await copy('2026-11-21T09:00:00Z')
      }),
      alone,
    )
    figure(`copy with ${String(files.count)} new files`, first, { name: 'itself', value: first })
    figure('copy with the same files', await copy('2026-11-21T10:00:00Z'), { name: 'first copy', value: first })
    figure('longest wait of an act during a check', await longestWait(store, () => checked(store, folder.path)), alone)
    return figures
  } finally {
    store.close()
    folder.remove()
  }
}

const keep = (store: Store, bytes: Uint8Array): void => {
  const { sha256 } = valueOf(store.files.put(bytes))
  const at = new Date().toISOString()
  valueOf(store.tx((db) => keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at })))
}

const checked = async (store: Store, dataDir: string): Promise<void> => {
  const background = createBackground({ clock: systemClock, log: () => undefined })
  const check = startSelfCheck(store, dataDir, systemClock, background, { first: 0, between: 0 })
  while (checkedAt(store.db) === undefined && store.readOnlyReason() === undefined) await rest(50)
  await check.close()
  await background.close()
}

/** An act is asked for every few milliseconds; how long the slowest took from when it was due. */
const longestWait = async (store: Store, work: () => Promise<void>): Promise<number> => {
  const every = 5
  let [longest, over] = [0, false]
  const working = work().finally(() => {
    over = true
  })
  for (let n = 0; !over; n += 1) {
    const due = performance.now() + every
    await rest(every)
    valueOf(store.tx((db) => ok(saveSetting(db, 'bench', String(n)))))
    longest = Math.max(longest, performance.now() - due)
  }
  await working
  return longest
}
