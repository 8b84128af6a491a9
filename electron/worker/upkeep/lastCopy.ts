import { open } from 'node:fs/promises'
import type { SoundBytes } from '../store/heldFile.ts'

/** A copy of before, to compare the register with. */
interface LastCopy {
  /** Its bytes at a place: none beyond its end, and none from a disk that does not give them back. */
  readonly sound: SoundBytes
  readonly close: () => Promise<void>
}

/** The last copy of each folder that this process made and checked whole, page by page, and the day of that (UTC). */
const made = new Map<string, { readonly file: string; readonly day: string }>()
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Every page of this copy was found whole, or equals one of the copy before it that was. */
export const rememberCopy = (folder: string, file: string, at: Date): void => {
  made.set(folder, { file, day: dayOf(at) })
}

/**
 * What a page of the register may be compared with instead of being checked: the last copy, where this process made it
 * today. Whatever was put into the folder by hand is none, and the first copy of each day checks every page again.
 */
export async function openLastCopy(folder: string, now: Date): Promise<LastCopy> {
  const last = made.get(folder)
  const file = last?.day === dayOf(now) ? await open(last.file, 'r').catch(() => undefined) : undefined
  let room = Buffer.alloc(0)
  return {
    sound: async (at, length) => {
      if (file === undefined) return room.subarray(0, 0)
      if (room.length < length) room = Buffer.alloc(length)
      try {
        let got = 0
        while (got < length) {
          const { bytesRead } = await file.read(room, got, length - got, at + got)
          if (bytesRead === 0) break
          got += bytesRead
        }
        return room.subarray(0, got)
      } catch {
        return room.subarray(0, 0)
      }
    },
    close: async () => {
      await file?.close()
    },
  }
}
