import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { makeFolder, osCode, syncFolder } from '../keys/wholeFile.ts'
import { fileKeysOf, headLength, nameOfFile, pieceSize, readHead, sealFile, tagLength, unsealer } from './sealedFile.ts'

/** A file that was put: by which hash it is named, and its size in bytes. */
export interface PutFile {
  readonly sha256: Sha256
  readonly size: number
}

/** A file on the disk, whoever it belongs to. */
export interface FileOnDisk {
  readonly name: string
  readonly path: string
  /** When it was last written, in milliseconds since 1970. */
  readonly writtenAt: number
}

/**
 * The files beside the register: one encrypted file for each content. It knows no rows; a file that no row names is
 * left over and goes after a time of grace (`examine.ts`).
 */
export interface FileFolder {
  readonly folder: string
  /**
   * Keeps a content. When this returns, it is on the disk and outlives a power cut: only then may a row name it. A
   * content that is there already is not written twice, one that is there and damaged is written anew.
   * Faults: register.diskFull, register.readOnly, register.diskFailing; nothing half written is left.
   */
  put(bytes: Uint8Array): Result<PutFile>
  /** The content. Faults: file.missing, file.damaged, file.swapped (`detail` is the name on the disk). */
  get(sha256: string): Result<Uint8Array>
  /** As `get`, but nothing is held: the content is read, checked and dropped piece by piece. */
  check(sha256: string): Result<PutFile>
  /** As `check`, piece by piece, with other work between two pieces. */
  checkInSteps(sha256: string): Promise<Result<PutFile>>
  /**
   * Copies a whole file into another folder of files of the same register, durably, unless it is there; it is checked on
   * the way. Faults: those of `get` and of `put`.
   * @returns whether it was copied now
   */
  copyTo(other: FileFolder, sha256: string): Promise<Result<boolean>>
  /** Whether a file of that name is there; its content is not looked at. */
  has(sha256: string): boolean
  /** Removes a file. Only what no row names any more; one that cannot be removed now is left over. */
  remove(sha256: string): void
  /** As `remove`, of what was listed, wherever in the folder it lies. */
  removeListed(file: FileOnDisk): void
  /** When a file that was listed was last put, in milliseconds since 1970; nothing when it is not there any more. */
  writtenAt(file: FileOnDisk): number | undefined
  /** The file's name inside the folder, without the folder of its first two digits. */
  nameOf(sha256: string): string
  /** Where a file of this name lies. */
  pathOf(name: string): string
  /** Everything in the folder, also what was begun and not finished, in no order. */
  list(): Iterable<FileOnDisk>
}

/** The folder of the files inside a data folder. */
export const filesFolder = (dataDir: string): string => join(dataDir, 'files')

const diskFault = (cause: unknown): Result<never> => {
  const code = osCode(cause)
  const known = { ENOSPC: 'register.diskFull', EDQUOT: 'register.diskFull', EIO: 'register.diskFailing' } as const
  return err(faultOf(code in known ? known[code as keyof typeof known] : 'register.readOnly', code))
}

/**
 * The files of a register, in a folder that is made with the first of them.
 * @param key the register's, raw 32 bytes
 */
export function openFileFolder(folder: string, key: Uint8Array): FileFolder {
  const keys = fileKeysOf(key)
  const pathOf = (name: string): string => join(folder, name.slice(0, 2), name)
  const pathOfContent = (sha256: string): string => pathOf(nameOfFile(keys, sha256))

  function* steps(
    sha256: string,
    take: (piece: Uint8Array, at: number, size: number) => void,
  ): Generator<void, Result<PutFile>> {
    const name = nameOfFile(keys, sha256)
    const said = (code: 'file.missing' | 'file.damaged' | 'file.swapped'): Result<never> => err(faultOf(code, name))
    let file: number
    try {
      file = openSync(pathOf(name), 'r')
    } catch (cause) {
      return osCode(cause) === 'ENOENT' || osCode(cause) === 'ENOTDIR' ? said('file.missing') : said('file.damaged')
    }
    try {
      const head = readAt(file, 0, headLength)
      const size = readHead(keys, sha256, head, fstatSync(file).size)
      if (typeof size !== 'number') return said(`file.${size}`)
      const content = unsealer(keys, sha256, head)
      const hash = createHash('sha256')
      for (let at = 0; at < size; at += pieceSize) {
        const piece = content.update(readAt(file, headLength + at, Math.min(pieceSize, size - at)))
        hash.update(piece)
        take(piece, at, size)
        yield
      }
      content.end(readAt(file, headLength + size, tagLength))
      return hash.digest('hex') === sha256 ? ok({ sha256: sha256 as Sha256, size }) : said('file.damaged')
    } catch {
      // A tag that does not hold, or a disk that does not give its bytes back.
      return said('file.damaged')
    } finally {
      closeSync(file)
    }
  }
  const read = (sha256: string, take: (piece: Uint8Array, at: number, size: number) => void): Result<PutFile> => {
    const reading = steps(sha256, take)
    for (;;) {
      const step = reading.next()
      if (step.done === true) return step.value
    }
  }
  const removeAt = (path: string): void => {
    try {
      rmSync(path, { force: true })
    } catch {
      // Left over: removed after its time of grace.
    }
  }
  const check = (sha256: string): Result<PutFile> => read(sha256, () => undefined)
  const checkInSteps = async (sha256: string): Promise<Result<PutFile>> => {
    const reading = steps(sha256, () => undefined)
    for (;;) {
      const step = reading.next()
      if (step.done === true) return step.value
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
  }

  return {
    folder,
    nameOf: (sha256) => nameOfFile(keys, sha256),
    pathOf,
    check,
    checkInSteps,
    copyTo: async (other, sha256) => {
      const [from, to] = [pathOfContent(sha256), other.pathOf(nameOfFile(keys, sha256))]
      if (existsSync(to)) return ok(false)
      const whole = await checkInSteps(sha256)
      if (!whole.ok) return whole
      const copied = await copyDurably(from, to)
      return copied.ok ? ok(true) : copied
    },
    has: (sha256) => existsSync(pathOfContent(sha256)),
    put: (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256 // a digest has this form
      const path = pathOfContent(sha256)
      if (existsSync(path) && check(sha256).ok) {
        // One that was left over is not old any more.
        touch(path)
        return ok({ sha256, size: bytes.byteLength })
      }
      const written = writeFile(path, sealFile(keys, sha256, bytes))
      return written.ok ? ok({ sha256, size: bytes.byteLength }) : written
    },
    get: (sha256) => {
      let content = new Uint8Array()
      const whole = read(sha256, (piece, at, size) => {
        if (content.byteLength !== size) content = new Uint8Array(size)
        content.set(piece, at)
      })
      return whole.ok ? ok(content) : whole
    },
    remove: (sha256) => {
      removeAt(pathOfContent(sha256))
    },
    removeListed: ({ path }) => {
      removeAt(path)
    },
    writtenAt: ({ path }) => modifiedAt(path),
    list: function* () {
      for (const part of names(folder)) {
        for (const name of names(join(folder, part))) {
          const path = join(folder, part, name)
          const writtenAt = modifiedAt(path)
          if (writtenAt !== undefined) yield { name, path, writtenAt }
        }
      }
    },
  }
}

/** Written under another name, synced, named, and the name synced: a power cut leaves the whole file or none. */
const writeFile = (path: string, pieces: Iterable<Uint8Array>): Result<void> => {
  const fresh = `${path}.new`
  const folder = dirname(path)
  try {
    makeShelf(folder)
    // What an earlier try left is not written into: it may be a link to somewhere else.
    rmSync(fresh, { force: true })
    const file = openSync(fresh, 'wx', 0o600)
    try {
      for (const piece of pieces) for (let at = 0; at < piece.byteLength;) at += writeSync(file, piece, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(fresh, path)
    syncFolder(folder)
    return ok(undefined)
  } catch (cause) {
    try {
      rmSync(fresh, { force: true })
    } catch {
      // On a disk that only reads: it was not written either.
    }
    return diskFault(cause)
  }
}

/** Shares the blocks with the first one where the file system can, so that a copy on the same disk takes no room. */
const copyDurably = async (from: string, to: string): Promise<Result<void>> => {
  const fresh = `${to}.new`
  try {
    makeShelf(dirname(to))
    await rm(fresh, { force: true })
    await copyFile(from, fresh, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    const file = await open(fresh, 'r+')
    try {
      await file.chmod(0o600)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, to)
    syncFolder(dirname(to))
    return ok(undefined)
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined)
    return diskFault(cause)
  }
}

const makeShelf = (folder: string): void => {
  if (existsSync(folder)) return
  makeFolder(folder)
  syncFolder(dirname(folder))
  syncFolder(dirname(dirname(folder)))
}

const touch = (path: string): void => {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // It keeps its time.
  }
}

const readAt = (file: number, from: number, length: number): Uint8Array => {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length;) {
    const got = readSync(file, bytes, at, length - at, from + at)
    if (got === 0) return bytes.subarray(0, at)
    at += got
  }
  return bytes
}

const names = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const modifiedAt = (path: string): number | undefined => {
  try {
    return statSync(path).mtimeMs
  } catch {
    return undefined
  }
}
