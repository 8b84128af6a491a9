import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FolderTrouble } from './words.ts'

/**
 * Makes the data folder, for its owner alone, and says why it cannot be used; nothing when it can. A full disk is no
 * reason where the folder is there: the register keeps room to say so itself.
 * @param inside folders in it that this account must be able to use as well, where they exist
 */
export function folderTrouble(folder: string, inside: readonly string[] = []): FolderTrouble | undefined {
  try {
    makeFolders(folder)
    for (const one of [folder, ...inside.map((name) => join(folder, name)).filter((path) => existsSync(path))])
      accessSync(one, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch (cause) {
    return troubleOf(cause instanceof Error && 'code' in cause ? cause.code : undefined)
  }
}

const troubleOf = (code: unknown): FolderTrouble => {
  if (code === 'EROFS') return 'readOnly'
  if (code === 'EACCES' || code === 'EPERM') return 'otherAccount'
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'gone'
}

/** No path of ours has more folders inside each other. */
const deepest = 64

/**
 * Makes a folder with those above it that are missing, for its owner alone; throws what the system says. Each is tried
 * once: where the system says for ever that the folder above is missing, as under /proc, the recursive way of Node never
 * ends.
 */
export function makeFolders(folder: string, levels = deepest): void {
  if (existsSync(folder)) return
  if (levels > 0 && dirname(folder) !== folder) makeFolders(dirname(folder), levels - 1)
  mkdirSync(folder, { mode: 0o700 })
}
