import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { sqliteFault } from '../store/sqliteFault.ts'
import { syncFolder } from '../keys/wholeFile.ts'
import { targetFault, unwritable } from './target.ts'

/** What is to be written, piece by piece; its end says whether it may be handed out. */
export type Pieces<T> = Iterator<Uint8Array, Result<T>> | AsyncIterator<Uint8Array, Result<T>>

/** A piece that cannot be made is a fault of the register, never of the place that it was to go to. */
const nextOf = async <T>(pieces: Pieces<T>): Promise<Result<IteratorResult<Uint8Array, Result<T>>>> => {
  try {
    return ok(await pieces.next())
  } catch (cause) {
    return err(sqliteFault(cause) ?? faultOf('internal', cause instanceof Error ? cause.name : 'pieces'))
  }
}

/**
 * Writes a file of any length outside the register: one piece is held at a time, and the next is made when the one
 * before was taken by the
 * system. The name is given at the end only, when every byte is on the disk; until then, and after a fault, there is
 * what was there before.
 * Other work goes on between two pieces. Faults: call.cancelled, file.noRoom, file.unwritable, those of the pieces.
 */
export async function writeOut<T>(path: string, pieces: Pieces<T>, signal: AbortSignal): Promise<Result<T>> {
  const odd = targetFault(path)
  if (odd !== undefined) return err(odd)
  const part = `${path}.part`
  const written = await writePart(part, pieces, signal).catch(unwritable)
  const named = written.ok ? await nameIt(part, path).catch(unwritable) : written
  if (!named.ok) {
    await rm(part, { force: true }).catch(() => undefined)
    return named
  }
  return written
}

const writePart = async <T>(part: string, pieces: Pieces<T>, signal: AbortSignal): Promise<Result<T>> => {
  // What an earlier try left is not written into: it may be a link to somewhere else.
  await rm(part, { force: true })
  const file = await open(part, 'wx', 0o600)
  try {
    for (;;) {
      if (signal.aborted) return err(faultOf('call.cancelled'))
      const piece = await nextOf(pieces)
      if (!piece.ok) return piece
      if (piece.value.done === true) {
        if (piece.value.value.ok) await file.sync()
        return piece.value.value
      }
      await file.writeFile(piece.value.value)
    }
  } finally {
    await file.close()
  }
}

const nameIt = async (part: string, path: string): Promise<Result<void>> => {
  await rename(part, path)
  syncFolder(dirname(path))
  return ok(undefined)
}
