import { constants, createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeText } from '#shared/text/decode.ts'
import { osCode } from '#electron/worker/keys/wholeFile.ts'
import { readAll } from './readAll.ts'

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'a folder',
  ENOTDIR: 'there is no such folder',
  ENAMETOOLONG: 'the path is too long',
}
/** Why a path cannot be read, in words. */
export const whyNot = (cause: unknown): string => words[osCode(cause)] ?? osCode(cause)

/**
 * A whole regular file: a device or a pipe would be waited for, for ever. Fault: file.unreadable.
 * @param limit bytes
 */
export async function readRegular(path: string, limit: number): Promise<Result<Uint8Array<ArrayBuffer>>> {
  try {
    // Not to wait for whoever writes into a pipe: what it is, is only known once it is open.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const facts = await file.stat()
      if (!facts.isFile()) return err(faultOf('file.unreadable', `${path}: no regular file`))
      if (facts.size > limit) return err(faultOf('file.unreadable', `${path}: more than ${String(limit)} bytes`))
      return ok(new Uint8Array(await file.readFile()))
    } finally {
      await file.close()
    }
  } catch (cause) {
    return err(faultOf('file.unreadable', `${path}: ${whyNot(cause)}`))
  }
}

/** Whatever a path gives, a pipe too, up to 64 MB. Fault: file.unreadable. */
export async function readPath(path: string): Promise<Result<Uint8Array>> {
  const stream = createReadStream(path)
  let cause: unknown
  stream.once('error', (error) => {
    cause = error
  })
  const read = await readAll(stream)
  return read.ok || cause === undefined ? read : err(faultOf('file.unreadable', `${path}: ${whyNot(cause)}`))
}

/** A text file. Fault: file.unreadable, also for one that is not UTF-8. */
export async function readText(path: string): Promise<Result<string>> {
  const bytes = await readPath(path)
  if (!bytes.ok) return bytes
  const decoded = decodeText(bytes.value)
  return 'text' in decoded ? ok(decoded.text) : err(faultOf('file.unreadable', `${path}: ${decoded.flaw}`))
}
