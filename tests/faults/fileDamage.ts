import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { FaultCode } from '#shared/fault.ts'
import { examineFiles, removeLeftovers } from '#electron/worker/files/examine.ts'
import { filesAfter } from '#electron/worker/files/rows/files.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { makeBackup, restoreBackup } from '#electron/worker/upkeep/backups.ts'
import { openTestStore, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'
import { depositor, flip, random } from './damage.ts'
import { whatFails } from './holds.ts'
import { nothingHeard, workAndKill, type HeardAct } from './kill.ts'
import type { Outcome } from './outcome.ts'

const day = 24 * 60 * 60_000
const roomy = { free: 1e12, reserve: 0 }
const { signal } = new AbortController()

/** Two files of a register, by their paths. */
interface Victims {
  readonly one: string
  readonly other: string
}

/** What a look has to find: one of these codes for each file of these names; and how a person puts it right again. */
interface ToFind {
  readonly names: readonly string[]
  readonly as: readonly FaultCode[]
  readonly mend?: () => void
}

/** Kinds of damage done to the files beside a register; a name without a file stands for all that lie with it. */
export const fileDamages: Readonly<Record<string, (victims: Victims) => ToFind>> = {
  'file missing': ({ one }) => {
    rmSync(one)
    return { names: [basename(one)], as: ['file.missing'] }
  },
  'bit of a file': ({ one }) => {
    flip(one)
    // Of its head too, where its name stands.
    return { names: [basename(one)], as: ['file.damaged', 'file.swapped'] }
  },
  'file cut': ({ one }) => {
    truncateSync(one, random(200))
    return { names: [basename(one)], as: ['file.damaged'] }
  },
  'files swapped': ({ one, other }) => {
    const aside = `${one}.aside`
    renameSync(one, aside)
    renameSync(other, one)
    renameSync(aside, other)
    return { names: [basename(one), basename(other)], as: ['file.swapped'] }
  },
  'file of another': ({ one, other }) => {
    copyFileSync(other, one)
    return { names: [basename(one)], as: ['file.swapped'] }
  },
  'foreign files': ({ one }) => {
    const foreign = ['notes.txt', 'f'.repeat(64), `${basename(one)}.new`].map((name) => join(dirname(one), name))
    for (const path of foreign) {
      writeFileSync(path, 'left by somebody')
      utimesSync(path, new Date(Date.now() - 2 * day), new Date(Date.now() - 2 * day))
    }
    return { names: foreign.map((path) => basename(path)), as: ['file.leftOver'] }
  },
  'folder unreadable': ({ one }) => {
    const folder = dirname(one)
    const aside = `${folder}.aside`
    // Nothing is unreadable to root: for him something else is in its place.
    const root = process.getuid?.() === 0
    if (root) {
      renameSync(folder, aside)
      writeFileSync(folder, '')
    } else chmodSync(folder, 0)
    return {
      names: [basename(folder)],
      as: ['file.missing', 'file.damaged'],
      mend: () => {
        if (root) rmSync(folder)
        if (root) renameSync(aside, folder)
        else chmodSync(folder, 0o700)
      },
    }
  },
}

/** A register with files and papers at which three windows worked until it was killed, and its backup. */
export async function registerWithFiles(folder: string): Promise<readonly HeardAct[]> {
  mkdirSync(folder, { recursive: true })
  const said = nothingHeard()
  const kinds = ['request.deposited', 'request.deposited', 'attachment.added', 'paper.made', 'draft.saved']
  await workAndKill(folder, said, { least: 24, kinds, windows: 3 })
  const store = openTestStore(folder)
  valueOf(await makeBackup(store, folder, new Date(Date.now() - 60_000), roomy))
  store.close()
  return said.acts
}

const namesOf = (store: Store): readonly string[] =>
  filesAfter(store.db, '', 10_000).map(({ sha256 }) => store.files.nameOf(sha256))

/** The faults of a look that are not those to be found, and those that it did not find, in words. */
const lookFails = async (store: Store, { names, as }: ToFind): Promise<readonly string[]> => {
  const { faults } = await examineFiles(store, Date.now(), signal)
  const meant = (name: string): boolean => names.some((one) => name === one || name.startsWith(one))
  const found = new Set(faults.map((one) => one.detail ?? ''))
  return [
    ...faults
      .filter(({ code, detail = '' }) => !meant(detail) || !as.includes(code))
      .map(({ code }) => `also found ${code}`),
    ...names.filter((name) => ![...found].some((one) => one.startsWith(name))).map((name) => `${name} is not noticed`),
  ]
}

/** Each paper that was made: its bytes are given out, or the fault of its file is said. */
const papersFail = async (
  worker: Awaited<ReturnType<typeof signedIn>>,
  papers: readonly { id: string; sha256: string; name: string }[],
  { names, as }: ToFind,
): Promise<readonly string[]> => {
  const failed: string[] = []
  for (const { id, sha256, name } of papers) {
    const given = await worker.ask('receipt.pdf', { receiptId: id })
    const hurt = as[0] !== 'file.leftOver' && names.some((one) => name.startsWith(one))
    if (given.ok && (hurt || given.value.sha256 !== sha256)) failed.push('a paper is given out that is not the one')
    if (!given.ok && !(hurt && as.includes(given.fault.code)))
      failed.push(`a sound paper is refused: ${given.fault.code}`)
  }
  return failed
}

/**
 * Damages files of a copy of a register, and lets a counter work on it: the damage is noticed, by its name and nothing
 * else; acts, other files and papers go on; the next backup brings back what was lost. What does not hold, in words.
 */
export async function damageFilesAndWork(
  base: string,
  trial: string,
  damage: string,
  heard: readonly HeardAct[],
): Promise<readonly string[]> {
  rmSync(trial, { recursive: true, force: true })
  cpSync(base, trial, { recursive: true })
  const before = openTestStore(trial)
  const names = namesOf(before)
  const papers = before.db
    .all<{ id: string; sha256: string }>(
      `SELECT id, file_sha256 AS sha256 FROM papers WHERE kind = 'receipt' AND file_sha256 IS NOT NULL`,
    )
    .map((one) => ({ ...one, name: before.files.nameOf(one.sha256) }))
  // Papers are hurt as often as what people attached.
  const pick = (): string => (random(2) === 0 ? papers[random(papers.length)]?.name : names[random(names.length)]) ?? ''
  const one = pick()
  const other = names.find((name) => name !== one) ?? ''
  before.close()
  const toFind = fileDamages[damage]?.({
    one: before.files.pathOf(one),
    other: before.files.pathOf(other),
  })
  if (toFind === undefined) throw new Error(`no such damage: ${damage}`)
  const failed: string[] = []
  const acts = [...heard]
  const trail = devicesWith(paperTrail(join(trial, 'paper.txt')))
  const work = async (what: string): Promise<void> => {
    const worker = await signedIn(startWorker(trial, trail), 'supervisor')
    const given = await depositor(worker, acts)()
    if (!given.includes('/')) failed.push(`${what}: refused with ${given}`)
    if (what === 'damaged') failed.push(...(await papersFail(worker, papers, toFind)))
    await worker.close()
  }
  await work('damaged')
  const store = openTestStore(trial)
  failed.push(...whatFails(store, acts), ...(await lookFails(store, toFind)))
  await removeLeftovers(store, Date.now(), signal)
  const copied = await makeBackup(store, trial, new Date(), roomy)
  store.close()
  toFind.mend?.()
  if (!copied.ok) return [...failed, `no backup: ${copied.fault.code}`]
  const options = { file: join(trial, 'register.db'), key: testKey, now: new Date().toISOString() }
  const restored = restoreBackup(copied.value.file, options, new Date())
  if (!restored.ok) return [...failed, `not put back: ${restored.fault.code}`]
  if (restored.value.filesMissing > 0) failed.push(`${String(restored.value.filesMissing)} files did not come back`)
  await work('put back')
  const after = openTestStore(trial)
  failed.push(...whatFails(after, acts), ...(await lookFails(after, { names: [], as: [] })))
  after.close()
  return failed
}

/** So many trials of one kind of damage. */
export async function fileDamage(
  base: string,
  trial: string,
  damage: string,
  heard: readonly HeardAct[],
  trials: number,
): Promise<Outcome> {
  const failed: string[] = []
  for (let left = trials; left > 0; left -= 1) failed.push(...(await damageFilesAndWork(base, trial, damage, heard)))
  return { count: trials, came: 'noticed by its name, nothing else lost, back with the backup', failed }
}
