import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Extent } from '../../apdu/readFile.ts'

/** Tag to value, in the order of the file. */
export type Fields = ReadonlyMap<number, Uint8Array>

/**
 * Decodes the identity and address files (Belgian eID card content §6.1): tag, length, value. The length is not BER: it
 * is the
 * sum of its bytes, each FF adding 255 and going on. A tag 00 at the start is the structure version, later it is
 * padding.
 * A field that stops short or comes twice is `card.malformed`.
 */
export function parseFields(file: Uint8Array): Result<Fields> {
  const fields = new Map<number, Uint8Array>()
  for (let at = 0; at < file.length;) {
    const tag = file[at]
    if (tag === undefined || (tag === 0 && at > 0)) break
    const length = parseLength(file, at + 1)
    if (length === undefined || length.next + length.value > file.length)
      return err(faultOf('card.malformed', `field ${tag} stops short`))
    if (fields.has(tag)) return err(faultOf('card.malformed', `field ${tag} comes twice`))
    at = length.next + length.value
    fields.set(tag, file.slice(length.next, at))
  }
  return ok(fields)
}

/** Where the last field that has begun will end; nothing is known of the fields after it. */
export function fieldsExtent(file: Uint8Array): Extent {
  let at = 0
  while (at < file.length) {
    if (file[at] === 0 && at > 0) return undefined
    const length = parseLength(file, at + 1)
    if (length === undefined) return { atLeast: file.length + 1 }
    at = length.next + length.value
  }
  return at > file.length ? { atLeast: at } : undefined
}

const parseLength = (file: Uint8Array, at: number): { value: number; next: number } | undefined => {
  let value = 0
  for (let next = at; next < file.length; next += 1) {
    const byte = file[next] ?? 0
    value += byte
    if (byte !== 0xff) return { value, next: next + 1 }
  }
  return undefined
}
