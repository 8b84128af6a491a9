import { join } from 'node:path'
import { v7 } from 'uuid'
import { ok } from '#shared/result.ts'
import { openStore } from '#electron/worker/store/open.ts'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { against, timed, type Figure } from './measure.ts'

/**
 * A whole deposit through the worker's call (draft parsed, glyphs checked, sealed, one commit) against one bare row
 * with fsync in the same encrypted store.
 */
export async function benchIssue(runs: number): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const bare = temporaryFolder()
  const worker = await signedIn(startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt')))))
  const store = valueOf(
    openStore({ file: join(bare.path, 'register.db'), key: testKey, now: new Date().toISOString() }),
  )
  try {
    const deposit = await depositing(worker)
    const row = (): Promise<number> =>
      timed(() => valueOf(store.tx((db) => ok(db.run('INSERT INTO settings (key, value) VALUES (?, ?)', [v7(), '1'])))))
    await deposit()
    const [value, floor] = await against(runs, deposit, row)
    return [
      {
        name: 'issue of a receipt, to the commit',
        value,
        floor: { name: 'one row with fsync, same store', value: floor },
        unit: 'ms',
        runs,
      },
    ]
  } finally {
    await worker.close()
    store.close()
    folder.remove()
    bare.remove()
  }
}

/** One deposit after the other at a counter, each timed to its commit. */
export async function depositing(worker: TestWorker): Promise<() => Promise<number>> {
  const sheet =
    (await sheetsOf(worker))[0] ??
    (() => {
      throw new Error('no sheet')
    })()
  const pieces = sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const }))
  const citizen = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Mesure' }, reason: 'noCard' }),
  )
  return async () => {
    let issued: Awaited<ReturnType<typeof issue>> | undefined
    const issue = () =>
      worker.ask('receipt.issue', {
        commandId: v7(),
        identityId: citizen.identityId,
        draft: { procedure: sheet.code, procedureVersion: sheet.version, pieces },
      })
    const time = await timed(async () => {
      issued = await issue()
    })
    // The paper of this deposit is made before the next one is timed.
    if (issued?.ok === true) await worker.ask('receipt.pdf', { receiptId: issued.value.receiptId })
    return time
  }
}
