import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { moveFilesOut } from '#electron/worker/files/moveOut.ts'
import { rebuildOwed } from '#electron/worker/store/rebuild.ts'
import { makeBackup } from '#electron/worker/upkeep/backups.ts'
import { valueOf } from '#tests/builders/register.ts'
import { changedFiles, changedPapers, openOld, readManifest, storeOf } from '#tests/builders/upgrade.ts'
import { paperTrail } from '#tests/builders/worker.ts'
import { timed, type Figure } from './measure.ts'

/** The last commit of 0.1.0, whose program makes the register. */
const before = '7738fcc'
const root = join(import.meta.dirname, '..', '..')

/** A register with so many deposits, made by the old program from the history of this repository. */
function makeOld(deposits: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-old-'))
  const checkout = join(folder, 'program')
  execFileSync('git', ['worktree', 'add', '--detach', checkout, before], { cwd: root, stdio: 'ignore' })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  try {
    const maker = join(import.meta.dirname, 'upgrade', 'makeOldRegister.mjs')
    execFileSync(process.execPath, [maker, checkout, join(folder, 'data'), String(deposits)], { stdio: 'inherit' })
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', checkout], { cwd: root, stdio: 'ignore' })
  }
  return join(folder, 'data')
}

/**
 * A register of the version before: how long until it is open, until its files lie beside it, and what a copy of it costs
 * then. `runs` is the number of deposits; `OLD_REGISTER` names a data folder that was made before. Prints whether every
 * paper, seal and file is what it was.
 */
export async function benchUpgrade(runs: number): Promise<readonly Figure[]> {
  const given = process.env['OLD_REGISTER']
  const old = given ?? makeOld(runs)
  const folder = mkdtempSync(join(tmpdir(), 'guichet-upgrade-'))
  cpSync(old, folder, { recursive: true })
  rmSync(join(folder, 'backups'), { recursive: true, force: true })
  const manifest = readManifest(folder)
  const order = { free: 1e12, reserve: 0 }
  try {
    let store = storeOf(folder)
    store.close()
    const opened = await timed(() => {
      store = storeOf(folder)
    })
    let moved = 0
    const moving = await timed(async () => {
      moved = valueOf(await moveFilesOut(store, new AbortController().signal))
    })
    // As in the night, with nobody at the counter: the room that the files left is given back.
    const rebuilding = await timed(() => {
      rebuildOwed({ store })
    })
    const { bytes, freeBytes } = store.facts()
    const hour = 3_600_000
    const last = Date.parse(manifest.at)
    const copy = (n: number) =>
      timed(async () => {
        valueOf(await makeBackup(store, folder, new Date(last + n * hour), order))
      })
    const first = await copy(1)
    const second = await copy(2)
    const files = changedFiles(store, manifest)
    store.close()
    const worker = await openOld(folder, {
      ...paperTrail('/dev/null'),
      list: () => Promise.resolve({ ok: true, value: [] }),
    })
    const papers = await changedPapers(worker, manifest)
    const { links } = valueOf(await worker.ask('journal.verify', {}))
    await worker.close()
    console.log(
      `${String(manifest.heard.length)} deposits, ${String(moved)} files moved out; changed: ${String(papers.length)} papers or seals, ${String(files.length)} files; ${String(links)} links verified; ${String(Math.round(bytes / 1e6))} MB, ${String(Math.round(freeBytes / 1e6))} MB of it free`,
    )
    const floor = { name: 'a copy by 0.1.0', value: manifest.backupMs }
    const figure = (name: string, value: number): Figure => ({ name, value, floor, unit: 'ms', runs: 1 })
    return [
      figure('open again', opened),
      figure('files moved out', moving),
      figure('file rebuilt', rebuilding),
      figure('first copy, with every file', first),
      figure('next copy', second),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
    if (given === undefined && existsSync(old)) rmSync(join(old, '..'), { recursive: true, force: true })
  }
}
