import { existsSync, linkSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { filesFolder, openFileFolder, type FileFolder, type PutFile } from '../files/fileFolder.ts'
import { filesAfter, namedAmong, stagedAmong } from '../files/rows/files.ts'
import { makeFolder, writeWhole } from '../keys/wholeFile.ts'
import type { Store } from '../store/open.ts'

/** Files that are looked at between two looks whether somebody waits. */
const filesAtOnce = 500

/** The names of the files that a copy of the register needs, one a line, beside that copy. They tell nothing of contents. */
export const listOf = (copy: string): string => copy.replace(/\.db$/, '.files')

/** What became of the files of a copy. */
export interface CopiedFiles {
  /** That the register names. */
  readonly files: number
  /** That were not in the folder of the copies yet. */
  readonly copied: number
  /** That are not whole here, and were not before: the copy does without them. */
  readonly missing: number
}

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** The files that a register names at a moment, as the folder of its copies stands. */
export interface FilesToCopy {
  /** The names of those that some copy has already, one a line, and how many they are. */
  readonly there: { readonly lines: string; readonly count: number }
  /** Those that no copy has yet. */
  readonly fresh: readonly PutFile[]
  /** Bytes that these add. */
  readonly bytes: number
}

/**
 * Looks up what a copy made now has to copy. What is there is read from the shared folder, part by part: to ask for each
 * file takes longer than the copy of a register.
 * @param backups the folder of the copies
 */
export async function planFiles(store: Store, backups: string): Promise<FilesToCopy> {
  const there = await namesInShared(filesFolder(backups))
  const fresh: PutFile[] = []
  let [lines, count, bytes] = ['', 0, 0]
  for (let after = ''; ;) {
    const page = filesAfter(store.db, after, filesAtOnce)
    const last = page.at(-1)
    if (last === undefined) return { there: { lines, count }, fresh, bytes }
    const known: string[] = []
    for (const file of page) {
      const name = store.files.nameOf(file.sha256)
      if (there.has(name)) known.push(`${name}\n`)
      else {
        fresh.push(file)
        bytes += file.size
      }
    }
    lines += known.join('')
    count += known.length
    after = last.sha256
    await breathe()
  }
}

const namesInShared = async (shared: string): Promise<ReadonlySet<string>> => {
  const names = new Set<string>()
  for (const part of namesIn(shared)) {
    for (const name of namesIn(join(shared, part))) names.add(name)
    await breathe()
  }
  return names
}

/**
 * Copies the files that no copy has yet into the folder that all copies share, and writes the list of all beside the
 * copy. A file that is not whole is left out and counted: it stops no copy. One that the register has forgotten since it
 * was looked up is none of them any more.
 * Faults: register.diskFull, register.readOnly, call.cancelled.
 * @param copy the path of the copy of the register
 */
export async function copyFiles(
  store: Store,
  copy: string,
  { there, fresh }: FilesToCopy,
  signal: AbortSignal,
): Promise<Result<CopiedFiles>> {
  const shared = openShared(store.files, dirname(copy))
  const count = { files: there.count, copied: 0, missing: 0 }
  let lines = there.lines
  for (let from = 0; from < fresh.length; from += filesAtOnce) {
    const page = fresh.slice(from, from + filesAtOnce).map((one) => one.sha256)
    const lost = new Set<string>()
    for (const sha256 of page) {
      if (signal.aborted) return err(faultOf('call.cancelled'))
      const copied = await store.files.copyTo(shared, sha256)
      if (!copied.ok && !copied.fault.code.startsWith('file.')) return copied
      if (!copied.ok) lost.add(sha256)
      else if (copied.value) count.copied += 1
    }
    const named = namedAmong(store.db, page)
    // One that still lies in the register travels with it.
    const staged = lost.size === 0 ? lost : stagedAmong(store.db, [...lost])
    const kept = page.filter((sha256) => named.has(sha256) || !lost.has(sha256))
    count.files += kept.length
    count.missing += kept.filter((sha256) => lost.has(sha256) && !staged.has(sha256)).length
    lines += kept.map((sha256) => `${store.files.nameOf(sha256)}\n`).join('')
    await breathe()
  }
  const listed = writeWhole(listOf(copy), lines)
  return listed.ok ? ok(count) : listed
}

/** The shared folder of the copies takes the names of the register's own. */
const openShared = (files: FileFolder, backups: string): FileFolder => {
  const folder = filesFolder(backups)
  return { ...files, folder, pathOf: (name) => join(folder, name.slice(0, 2), name) }
}

/**
 * Removes from the shared folder what no copy that is kept names, and the lists of copies that are gone.
 * @param backups the folder of the copies
 */
export async function pruneFiles(backups: string): Promise<void> {
  const kept = new Set<string>()
  for (const name of namesIn(backups).filter((one) => one.endsWith('.files'))) {
    const list = join(backups, name)
    if (!existsSync(list.replace(/\.files$/, '.db'))) {
      rmSync(list, { force: true })
      continue
    }
    for (const line of readFileSync(list, 'latin1').split('\n')) kept.add(line)
    await breathe()
  }
  const shared = filesFolder(backups)
  for (const part of namesIn(shared)) {
    for (const name of namesIn(join(shared, part)))
      if (!kept.has(name)) rmSync(join(shared, part, name), { force: true })
    await breathe()
  }
}

/**
 * Brings back the files that a restored register names: those that are not whole here come from the folder beside its
 * copy. What neither has is left out and counted.
 * Faults: those of `put`.
 */
export function bringFilesBack(store: Store, copy: string, key: Uint8Array): Result<{ back: number; missing: number }> {
  const shared = openFileFolder(filesFolder(dirname(copy)), key)
  let [back, missing] = [0, 0]
  for (let after = ''; ;) {
    const page = filesAfter(store.db, after, filesAtOnce)
    const last = page.at(-1)
    if (last === undefined) return ok({ back, missing })
    const staged = stagedAmong(
      store.db,
      page.map((one) => one.sha256),
    )
    for (const { sha256 } of page) {
      if (store.files.check(sha256).ok) continue
      const bytes = shared.get(sha256)
      const put = bytes.ok ? store.files.put(bytes.value) : undefined
      if (put?.ok === false) return put
      if (put === undefined) missing += staged.has(sha256) ? 0 : 1
      else back += 1
    }
    after = last.sha256
  }
}

/**
 * Gives a register that is set aside its files too, under the same blocks of the disk: what is removed here later stays
 * there. A disk without such links leaves them where they are.
 */
export function setFilesAside(dataDir: string, aside: string): void {
  const from = filesFolder(dataDir)
  try {
    for (const part of namesIn(from)) {
      makeFolder(join(filesFolder(aside), part))
      for (const name of namesIn(join(from, part)))
        linkSync(join(from, part, name), join(filesFolder(aside), part, name))
    }
  } catch {
    // No links here: the files stay in their place for their time of grace.
  }
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
