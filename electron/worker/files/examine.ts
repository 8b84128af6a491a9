import type { Store } from '../store/open.ts'
import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import type { FileOnDisk } from './fileFolder.ts'
import { filesAfter, stagedAmong } from './rows/files.ts'

/** A file that no row names is removed after this, in milliseconds: an act that is being made may still name it. */
const grace = 24 * 60 * 60_000
const filesAtOnce = 200

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** What a look at every file found: how many there are, and what is wrong with which (`detail` is its name on the disk). */
export interface FilesFound {
  readonly files: number
  readonly faults: readonly Fault[]
}

/** So many faults are named one by one. */
const mostFaults = 1000

/**
 * Reads every file that the register names, piece by piece with other work in between, and looks for those that nothing
 * names. Faults found: file.missing, file.damaged, file.swapped, file.leftOver; none of them ends anything.
 * @param now milliseconds since 1970: a file younger than the grace is not left over
 */
export async function examineFiles(store: Store, now: number, signal: AbortSignal): Promise<FilesFound> {
  const faults: Fault[] = []
  const found = (fault: Fault): void => {
    if (faults.length < mostFaults) faults.push(fault)
  }
  let files = 0
  for await (const page of pagesOf(store)) {
    const staged = stagedAmong(store.db, page)
    for (const sha256 of page) {
      if (signal.aborted) return { files, faults }
      files += 1
      const whole = staged.has(sha256) ? undefined : await store.files.checkInSteps(sha256)
      if (whole?.ok === false) found(whole.fault)
    }
  }
  for (const { name } of await leftovers(store, now, signal)) found(faultOf('file.leftOver', name))
  return { files, faults }
}

/** How many of each kind of fault there are. */
export function countFaults(faults: readonly Fault[]): Partial<Record<FaultCode, number>> {
  const counts: Partial<Record<FaultCode, number>> = {}
  for (const { code } of faults) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

/**
 * Removes what lies in the folder of the files, is older than the grace, and is named by no row: what a power cut left,
 * or a wiping that could not remove it. Never one that an act names: a content that is put again is young again, and that
 * is looked at in the moment of the removal.
 * @param now milliseconds since 1970
 * @returns how many
 */
export async function removeLeftovers(store: Store, now: number, signal: AbortSignal): Promise<number> {
  let removed = 0
  for (const file of await leftovers(store, now, signal)) {
    // Put again since it was listed: an act names it now, or is about to.
    if (now - (store.files.writtenAt(file) ?? now) <= grace) continue
    store.files.removeListed(file)
    removed += 1
  }
  return removed
}

const leftovers = async (store: Store, now: number, signal: AbortSignal): Promise<readonly FileOnDisk[]> => {
  const old: FileOnDisk[] = []
  // What is on the disk is listed before the names are gathered: a file that is named meanwhile is among those.
  for (const file of store.files.list()) if (now - file.writtenAt > grace) old.push(file)
  if (old.length === 0) return []
  const named = new Set<string>()
  for await (const page of pagesOf(store)) {
    if (signal.aborted) return []
    for (const sha256 of page) named.add(store.files.nameOf(sha256))
  }
  // Where it lies is looked at too: nobody reads a file that bears the name of another one in the wrong place.
  return signal.aborted ? [] : old.filter(({ name, path }) => !named.has(name) || path !== store.files.pathOf(name))
}

async function* pagesOf(store: Store): AsyncGenerator<readonly string[]> {
  for (let after = ''; ;) {
    const page = filesAfter(store.db, after, filesAtOnce).map((one) => one.sha256)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last
    await breathe()
  }
}
