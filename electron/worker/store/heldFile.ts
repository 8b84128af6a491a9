import { closeSync, fstatSync, openSync, read as readFrom } from 'node:fs'
import { promisify } from 'node:util'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { osCode } from '../keys/wholeFile.ts'
import { pageCheck, pageSize } from './pages.ts'

const read = promisify(readFrom)

/** Pages that are read, checked and handed on at once: a quarter of a megabyte, some milliseconds. */
const pagesAtOnce = 64

/**
 * Bytes that stood at this place of the file when they were found whole, as many of them as there are, at most `length`.
 * They hold until it is asked again.
 */
export type SoundBytes = (at: number, length: number) => Promise<Uint8Array>

/** The register's file as it was at one moment, while acts go on into the log beside it. */
export interface HeldFile {
  /** Bytes. */
  readonly size: number
  /**
   * Hands the file on, piece by piece, each page checked; calls and acts go in between.
   * Faults: register.corrupt (`detail` names the page), register.diskFailing, call.cancelled, those of `take`.
   * @param sound where there is one: a page that equals its bytes is as it was when it was checked
   */
  each(take: Take, signal: AbortSignal, sound?: SoundBytes): Promise<Result<void>>
  /** The log may be brought into the file again. */
  release(): void
}

type Take = (piece: Uint8Array, at: number) => Promise<Result<void>>

/**
 * The file under a register that is read beside SQLite. It is opened once and closed after SQLite closed its own: a
 * process that closes any handle of a file loses every lock that it has on it (POSIX fcntl), SQLite's too.
 * @param key of the register, raw 32 bytes
 */
export function besideSqlite(path: string, key: Uint8Array): { hold(release: () => void): HeldFile; close(): void } {
  let file: number | undefined
  return {
    hold: (release) => {
      const open = (file ??= openSync(path, 'r'))
      const { size } = fstatSync(open)
      return { size, each: (take, signal, sound = none) => walk(open, size, key, take, signal, sound), release }
    },
    close: () => {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

const nothing = new Uint8Array()
const none: SoundBytes = () => Promise.resolve(nothing)

const walk = async (
  file: number,
  size: number,
  key: Uint8Array,
  take: Take,
  signal: AbortSignal,
  sound: SoundBytes,
): Promise<Result<void>> => {
  let whole: ReturnType<typeof pageCheck> | undefined
  const room = Buffer.alloc(pagesAtOnce * pageSize)
  for (let at = 0; at < size;) {
    if (signal.aborted) return err(faultOf('call.cancelled'))
    const length = Math.min(room.length, size - at)
    const [piece, before] = await Promise.all([readPiece(file, room, at, length), sound(at, length)])
    if (!piece.ok) return piece
    // Closed meanwhile: SQLite may have brought its log into the file.
    if (signal.aborted) return err(faultOf('call.cancelled'))
    whole ??= pageCheck(key, piece.value)
    const same = piece.value.equals(before)
    for (let from = 0; !same && from < piece.value.byteLength; from += pageSize) {
      const page = piece.value.subarray(from, from + pageSize)
      if (page.equals(before.subarray(from, from + pageSize))) continue
      const number = (at + from) / pageSize + 1
      if (!whole(page, number)) return err(faultOf('register.corrupt', `page ${String(number)}`))
    }
    const taken = await take(piece.value, at)
    if (!taken.ok) return taken
    at += piece.value.byteLength
  }
  return ok(undefined)
}

const readPiece = async (file: number, room: Buffer, at: number, length: number): Promise<Result<Buffer>> => {
  try {
    let got = 0
    while (got < length) {
      const { bytesRead } = await read(file, room, got, length - got, at + got)
      if (bytesRead === 0) return err(faultOf('register.corrupt', `the file ends at ${String(at + got)}`))
      got += bytesRead
    }
    return ok(room.subarray(0, length))
  } catch (cause) {
    return err(faultOf('register.diskFailing', osCode(cause)))
  }
}
