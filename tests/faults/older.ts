import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups, restoreBackup } from '#electron/worker/upkeep/backups.ts'
import { openTestStore, testKey } from '#tests/builders/register.ts'
import { drivers } from './acts.ts'
import { linkFiles } from './files.ts'
import type { HeardAct } from './kill.ts'

const registerFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('register.db'))

/** Keeps a register as it is now, with its files, to be put back later. */
export const snapshot = (data: string, to: string): void => {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to)
  for (const name of registerFiles(data)) cpSync(join(data, name), join(to, name))
  linkFiles(data, to)
}

/** What came of putting an older register back. */
interface PutBack {
  /** Which of the heard acts are left in it. */
  readonly left: HeardAct[]
  /** Whether it lacks any link. */
  readonly behind: boolean
  readonly failed: readonly string[]
}

/**
 * An older register in the place of the present one: the newest of the counter's own backups, by the program, where
 * `own` asks for it and there is one; else a copy that somebody made of the folder. The other copies go: one that is newer
 * than what was put back holds acts that never left, at places that are given to others from now on, and those are a
 * conflict for people to settle and no loss.
 */
export const restore = (data: string, from: string, own: boolean, acts: readonly HeardAct[]): PutBack | undefined => {
  const [backup] = own ? listBackups(data) : []
  if (backup === undefined && !existsSync(from)) return undefined
  const marks = ['high-water.a', 'high-water.b'].map((slot) =>
    existsSync(join(data, slot)) ? (/"seq":(\d+)/.exec(readFileSync(join(data, slot), 'utf8'))?.[1] ?? '0') : '0',
  )
  const failed: string[] = []
  if (backup === undefined) {
    for (const name of registerFiles(data)) rmSync(join(data, name))
    for (const name of registerFiles(from)) cpSync(join(from, name), join(data, name))
    linkFiles(from, data)
    rmSync(join(data, 'backups'), { recursive: true, force: true })
  } else {
    const options = { file: join(data, 'register.db'), key: testKey, now: new Date().toISOString() }
    const restored = restoreBackup(backup.file, options, new Date())
    if (!restored.ok) failed.push(`a backup cannot be put back: ${restored.fault.code}`)
    else if (restored.value.filesMissing > 0) failed.push(`a backup lacks ${String(restored.value.filesMissing)} files`)
    rmSync(from, { recursive: true, force: true })
  }
  const store = openTestStore(data)
  const links = store.db.get<{ n: number }>('SELECT count(*) AS n FROM journal')?.n ?? 0
  const left = acts.filter(({ kind, id, evidence }) => drivers[kind]?.held(store.db, id, evidence) === true)
  store.close()
  return { left, behind: links < Math.max(...marks.map(Number)), failed }
}
