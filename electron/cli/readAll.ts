import type { Readable } from 'node:stream'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** More than this is no request, in bytes. */
const limit = 64 * 1024 * 1024

/** Everything on a stream. Fault: file.unreadable (a terminal, a stream that breaks, more than 64 MB). */
export async function readAll(stream: Readable & { readonly isTTY?: boolean }): Promise<Result<Uint8Array>> {
  if (stream.isTTY === true) return err(faultOf('file.unreadable', 'nothing on standard input'))
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      size += part.byteLength
      if (size > limit) return err(faultOf('file.unreadable', 'more than 64 MB on standard input'))
      parts.push(part)
    }
    return ok(Buffer.concat(parts))
  } catch {
    return err(faultOf('file.unreadable', 'standard input broke off'))
  }
}
