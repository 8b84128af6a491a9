import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Bytes: below `alarm` the budget warns, below `refusal` no new act is taken, so that what is recorded can still be
 * sent.
 */
export interface DiskLimits {
  readonly alarm: number
  readonly refusal: number
  readonly ballast: number
}

const mega = 1024 * 1024

/** Limits for a disk of this size in bytes: 2 GB and less to spare call for people, less where the disk itself is small. */
export const diskLimits = (size: number): DiskLimits => ({
  alarm: Math.min(2e9, size * 0.2),
  refusal: Math.min(32 * mega, size * 0.05),
  ballast: Math.min(64 * mega, Math.floor(size * 0.1)),
})

/** The disk under the register. */
export interface Disk {
  readonly limits: DiskLimits
  /** Bytes left to us now. */
  free(): number
  /**
   * Whether no new act may be taken. The ballast is then given back, so that the log can be emptied and the acts sent;
   * what it
   * frees is not counted as room.
   */
  tight(): boolean
  /** Lays the ballast down again once there is room. */
  settle(): void
}

/** Looks after the disk of a data folder. A disk that cannot be asked counts as roomy: SQLite still refuses. */
export function openDisk(dataDir: string): Disk {
  const file = join(dataDir, 'ballast')
  const asked = (): { readonly free: number; readonly size: number } => {
    try {
      const { bavail, blocks, bsize } = statfsSync(dataDir)
      return { free: bavail * bsize, size: blocks * bsize }
    } catch {
      return { free: Infinity, size: Infinity }
    }
  }
  const limits = diskLimits(asked().size)
  const disk: Disk = {
    limits,
    free: () => asked().free,
    tight: () => {
      const there = existsSync(file)
      const tight = disk.free() - (there ? 0 : limits.ballast) < limits.refusal
      if (tight && there) rmSync(file, { force: true })
      return tight
    },
    settle: () => {
      if (!existsSync(file) && disk.free() > 2 * limits.ballast + 2 * limits.refusal) layDown(file, limits.ballast)
    },
  }
  return disk
}

/** Real bytes, written and synced: a file with holes would take no room. */
const layDown = (path: string, bytes: number): void => {
  const block = Buffer.alloc(mega, 0xa5)
  try {
    const file = openSync(path, 'wx', 0o600)
    try {
      for (let written = 0; written < bytes; written += block.length)
        writeSync(file, block, 0, Math.min(block.length, bytes - written))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch {
    rmSync(path, { force: true })
  }
}
