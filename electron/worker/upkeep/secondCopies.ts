import { constants, existsSync, readdirSync, rmSync } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { filesFolder } from '../files/fileFolder.ts'
import { recoveryFile } from '../keys/recovery.ts'
import { makeFolder, osCode, syncFolder } from '../keys/wholeFile.ts'
import { listOf, pruneFiles } from './backupFiles.ts'
import { backupFolder, copiesIn } from './backups.ts'

/**
 * Brings a second folder, on another disk or a share, to what the folder of the copies is: the files first, then their
 * lists and the copies, each whole before it has its name; what is past its time here goes there too. The key that was
 * wrapped for the office lies beside them. The folder above must be there: a share that is not mounted is not made on
 * this disk in its place.
 * Faults: file.unwritable, file.noRoom.
 * @param to the folder of this counter in it
 * @returns how many copies were brought
 */
export async function mirrorCopies(dataDir: string, to: string): Promise<Result<number>> {
  const from = backupFolder(dataDir)
  if (!existsSync(dirname(to))) return err(faultOf('file.unwritable', 'the second folder is not there'))
  try {
    makeFolder(to)
    await copyMissing(filesFolder(from), filesFolder(to))
    const here = copiesIn(from)
    const known = new Set(namesIn(to))
    const fresh = here.filter(({ file }) => !known.has(basename(file)))
    for (const { file } of fresh) {
      if (existsSync(listOf(file))) await bring(listOf(file), join(to, basename(listOf(file))))
      await bring(file, join(to, basename(file)))
    }
    // It changes with the office's key.
    if (existsSync(recoveryFile(dataDir))) await bring(recoveryFile(dataDir), recoveryFile(to))
    syncFolder(to)
    const kept = new Set(here.map(({ file }) => basename(file)))
    const past = copiesIn(to).filter(({ file }) => !kept.has(basename(file)))
    for (const { file } of past) rmSync(file, { force: true })
    if (past.length > 0) await pruneFiles(to)
    return ok(fresh.length)
  } catch (cause) {
    const code = osCode(cause)
    return err(faultOf(code === 'ENOSPC' || code === 'EDQUOT' ? 'file.noRoom' : 'file.unwritable', code))
  }
}

/** Files are named by their content: what is there already is the same. */
const copyMissing = async (from: string, to: string): Promise<void> => {
  for (const part of namesIn(from)) {
    const known = new Set(namesIn(join(to, part)))
    const missing = namesIn(join(from, part)).filter((name) => !known.has(name) && !name.includes('.'))
    if (missing.length > 0) makeFolder(join(to, part))
    for (const name of missing) await bring(join(from, part, name), join(to, part, name))
  }
}

const bring = async (from: string, to: string): Promise<void> => {
  const fresh = `${to}.new`
  // Others may write in that folder: what lies there may be a link to somewhere else.
  await rm(fresh, { force: true })
  await copyFile(from, fresh, constants.COPYFILE_EXCL)
  const file = await open(fresh, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, to)
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
