import type { Result } from '#shared/result.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { owe } from '../store/rebuild.ts'
import type { Store } from '../store/open.ts'
import { dropStaged, firstStaged } from './rows/files.ts'

/**
 * Brings one file out of the register onto the disk: written and synced first, then gone from the register in a
 * transaction of its own. Cut off anywhere, it is begun again with the same file.
 * Faults: those of `put` and of `Tx`; register.corrupt (its bytes in the register have another hash).
 * @returns whether there was one
 */
export function moveOneOut(store: Store): Result<boolean> {
  const staged = firstStaged(store.db)
  if (staged === undefined) return ok(false)
  const put = store.files.put(staged.bytes)
  if (!put.ok) return put
  if (put.value.sha256 !== staged.sha256) return err(faultOf('register.corrupt', 'a file has another hash'))
  return store.upkeep((db) => {
    dropStaged(db, staged.sha256)
    owe(db)
    return ok(true)
  })
}

/**
 * Brings every file out, one after the other; whoever waits for an answer comes first. It is read from where it lies
 * all the while. The pages that it leaves are given back by the next rebuild (`store/rebuild.ts`).
 * Faults: those of `moveOneOut`; what was brought out before stays out.
 * @returns how many
 */
export async function moveFilesOut(store: Store, signal: AbortSignal): Promise<Result<number>> {
  for (let moved = 0; ; moved += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    if (signal.aborted) return ok(moved)
    const one = moveOneOut(store)
    if (!one.ok) return one
    if (!one.value) return ok(moved)
  }
}
