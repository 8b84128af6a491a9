import { createHash } from 'node:crypto'
import { ok, type Result } from '#shared/result.ts'
import { owe } from '../store/rebuild.ts'
import type { Store } from '../store/open.ts'
import { dropStaged, nextStaged } from './rows/files.ts'

/** What became of one file: the place after which the next one is looked for, and whether this one is out. */
interface Moved {
  readonly place: number
  readonly out: boolean
}

/**
 * Brings the next file out of the register onto the disk: written and synced first, then gone from the register in a
 * transaction of its own. Cut off anywhere, it is begun again with the same file. One whose bytes are not those of its
 * hash stays where it is, as the evidence that it is, and stops none after it.
 * Faults: those of `put` and of `Tx`.
 * @param after a place in the table of these files, 0 at the beginning
 * @returns nothing when there is none left after that place
 */
export function moveOneOut(store: Store, after = 0): Result<Moved | undefined> {
  const staged = nextStaged(store.db, after)
  if (staged === undefined) return ok(undefined)
  const { place, sha256, bytes } = staged
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return ok({ place, out: false })
  const put = store.files.put(bytes)
  if (!put.ok) return put
  return store.upkeep((db) => {
    dropStaged(db, sha256)
    owe(db)
    return ok({ place, out: true })
  })
}

/**
 * Brings every file out, one after the other; whoever waits for an answer comes first. It is read from where it lies
 * all the while. The pages that it leaves are given back by the next rebuild (`store/rebuild.ts`).
 * Faults: those of `moveOneOut`; what was brought out before stays out.
 * @returns how many
 */
export async function moveFilesOut(store: Store, signal: AbortSignal): Promise<Result<number>> {
  let moved = 0
  for (let after = 0; ;) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    if (signal.aborted) return ok(moved)
    const one = moveOneOut(store, after)
    if (!one.ok) return one
    if (one.value === undefined) return ok(moved)
    after = one.value.place
    if (one.value.out) moved += 1
  }
}
