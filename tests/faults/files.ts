import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { paperKindOf, paperKinds } from '#shared/contract/papers.ts'
import { removeLeftovers } from '#electron/worker/files/examine.ts'
import { filesFolder } from '#electron/worker/files/fileFolder.ts'
import { filesAfter } from '#electron/worker/files/rows/files.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { printed } from './paper.ts'

/** How many files were looked at, and in what state kills left the folder. */
export interface FilesLooked {
  /** Named by rows, and how many of those could be read and were what their name says. */
  named: number
  whole: number
  /** Of the named: how many by a paper. */
  papers: number
  /** Begun and not finished, and whole ones that nothing names yet: each once, by its place on the disk. */
  readonly half: Set<number>
  readonly unnamed: Set<number>
  /** Tickets in the log of the hall. */
  tickets: number
  /** Papers that left the printer, compared with the bytes that are kept. */
  printed: number
}

/** Nothing looked at yet. */
export const nothingLooked = (): FilesLooked => ({
  named: 0,
  whole: 0,
  papers: 0,
  half: new Set(),
  unnamed: new Set(),
  tickets: 0,
  printed: 0,
})

const day = 24 * 60 * 60_000
const { signal } = new AbortController()

/**
 * What does not hold in the files of a register, in words: each that a row names is there and whole, none that an act
 * still needs is gone, and what nothing names goes with the look-over, and nothing else.
 * Removes what is left over: only for a copy.
 */
export async function filesFail(store: Store, looked: FilesLooked): Promise<readonly string[]> {
  const failed: string[] = []
  const named = new Set<string>()
  for (
    let page = filesAfter(store.db, '', 500);
    page.length > 0;
    page = filesAfter(store.db, page.at(-1)?.sha256 ?? '', 500)
  )
    for (const { sha256, size } of page) {
      named.add(store.files.nameOf(sha256))
      const file = await store.files.checkInSteps(sha256)
      if (!file.ok) failed.push(`${file.fault.code}: ${whoNames(store, sha256)}`)
      else if (file.value.size !== size) failed.push(`a file of another size: ${whoNames(store, sha256)}`)
      else looked.whole += 1
    }
  looked.named += named.size
  looked.papers += countOf(store, 'papers WHERE file_sha256 IS NOT NULL')
  failed.push(
    ...store.db
      .all<{ seq: number }>(
        `SELECT DISTINCT o.seq FROM outbox o JOIN act_files f USING (seq) WHERE o.state IN ('pending', 'sending')
          AND f.sha256 NOT IN (SELECT sha256 FROM attachments)`,
      )
      .map(({ seq }) => `act ${String(seq)} waits, and names a file that is not kept`),
  )
  const left = [...store.files.list()].filter((one) => !named.has(one.name))
  for (const { name, path } of left) (name.endsWith('.new') ? looked.half : looked.unnamed).add(statSync(path).ino)
  const removed = await removeLeftovers(store, Date.now() + 2 * day, signal)
  if (removed !== left.length) failed.push(`${String(left.length)} files left over, ${String(removed)} removed`)
  const after = new Set([...store.files.list()].map((one) => one.name))
  for (const name of named) if (!after.has(name)) failed.push('the look-over took a file that is named')
  for (const name of after) if (!named.has(name)) failed.push('the look-over left a file that nothing names')
  return failed.slice(0, 10)
}

const countOf = (store: Store, what: string): number =>
  store.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)?.n ?? 0

const whoNames = (store: Store, sha256: string): string => {
  const acts = countOf(store, `act_files WHERE sha256 = '${sha256}'`)
  const papers = countOf(store, `papers WHERE file_sha256 = '${sha256}'`)
  return `named by ${String(acts)} acts and ${String(papers)} papers`
}

/**
 * The originals that left the printer since a line and are not the bytes that the register keeps of them. Where an older
 * register was put back, those of before may be gone with it.
 */
export function papersFail(store: Store, trail: string, from: number, looked: FilesLooked): readonly string[] {
  const kept = new Map<string, string | null>()
  for (const row of store.db.all<{ kind: string; number: string; rank: number; file_sha256: string | null }>(
    'SELECT kind, number, rank, file_sha256 FROM papers WHERE wiped_at IS NULL',
  )) {
    const kind = paperKindOf(row.kind)
    if (kind !== undefined) kept.set(paperKinds[kind].title(row), row.file_sha256)
  }
  const failed: string[] = []
  for (const { title, sha256 } of printed(trail).slice(from)) {
    if (!kept.has(title)) continue
    looked.printed += 1
    if (kept.get(title) !== sha256) failed.push(`the paper ${title} that came out is not the one that is kept`)
  }
  return failed
}

/** Another folder with the same files, each once on the disk: what is removed there stays here. */
export function linkFiles(from: string, to: string): void {
  for (const part of namesIn(filesFolder(from))) {
    mkdirSync(join(filesFolder(to), part), { recursive: true })
    for (const name of namesIn(join(filesFolder(from), part))) {
      const place = join(filesFolder(to), part, name)
      if (!existsSync(place)) linkSync(join(filesFolder(from), part, name), place)
    }
  }
}

/** As if every file had been written days ago: what nothing names is past its grace. */
export function ageFiles(data: string): void {
  const then = new Date(Date.now() - 2 * day)
  for (const part of namesIn(filesFolder(data)))
    for (const name of namesIn(join(filesFolder(data), part)))
      utimesSync(join(filesFolder(data), part, name), then, then)
}

/** Files that the platform says it holds, and whose bytes there are not those of their hash. */
export const notWholeThere = (folder: string, hashes: readonly string[]): readonly string[] =>
  hashes.filter((sha256) => {
    const path = join(folder, sha256)
    return !existsSync(path) || createHash('sha256').update(readFileSync(path)).digest('hex') !== sha256
  })

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : [])
