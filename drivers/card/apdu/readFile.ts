import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readBinary, selectPath } from './command.ts'
import { exactLength, parseResponse, refused, sw, type Response } from './response.ts'

/** What the bytes read so far say about the whole file: its length, a length it surely reaches, or nothing. */
export type Extent = { readonly exactly: number } | { readonly atLeast: number } | undefined

export interface FileSpec {
  /** File identifiers under the MF. */
  readonly path: readonly number[]
  /** More than this is refused as malformed, in bytes (READ BINARY reaches 7FFF + 256). */
  readonly limit: number
  /** Reads the length from the content, where the content tells; saves an APDU and notices a file that stops short. */
  readonly extent: (read: Uint8Array) => Extent
}

const block = 256

/** Sends one command and takes the answer apart. */
export async function exchange(channel: CardChannel, command: Uint8Array): Promise<Result<Response>> {
  const answer = await channel.transmit(command)
  return answer.ok ? parseResponse(answer.value) : answer
}

/**
 * Selects and reads a file; undefined when the card has none. Faults: those of the channel, card.refused,
 * card.malformed.
 */
export async function readFile(
  channel: CardChannel,
  file: FileSpec,
): Promise<Result<Uint8Array<ArrayBuffer> | undefined>> {
  const selected = await exchange(channel, selectPath(file.path))
  if (!selected.ok) return selected
  if (selected.value.sw === sw.notFound) return ok(undefined)
  if (selected.value.sw !== sw.done) return err(refused(selected.value.sw))
  return readSelected(channel, file)
}

/**
 * Reads the selected file to its end with as few commands as the card allows. The end is, in this order: what the
 * content
 * says; `6B00`; the block after a `6Cxx`; an empty block. Readers that resolve `6Cxx` themselves return a short block:
 * unless
 * the content says otherwise one more command confirms the end.
 */
export async function readSelected(channel: CardChannel, file: FileSpec): Promise<Result<Uint8Array<ArrayBuffer>>> {
  let read = new Uint8Array(0)
  // A card that hands out a few bytes at a time is bounded here; a real one never needs half of it.
  for (let commands = 8 + Math.ceil(file.limit / 32); commands > 0; commands -= 1) {
    const extent = file.extent(read)
    const exact = extent !== undefined && 'exactly' in extent ? extent.exactly : undefined
    if (exact !== undefined && read.length >= exact) return ok(read.slice(0, exact))
    if (read.length > file.limit) return err(faultOf('card.malformed', 'file too long'))
    const wanted = exact === undefined ? block : Math.min(block, exact - read.length)
    const answer = await readBlock(channel, read.length, wanted)
    if (!answer.ok) return answer
    const { data, last } = answer.value
    read = concat(read, data)
    if (last || data.length === 0) {
      const after = file.extent(read)
      if (after === undefined) return ok(read)
      const needed = 'exactly' in after ? after.exactly : after.atLeast
      if (read.length >= needed) return ok('exactly' in after ? read.slice(0, needed) : read)
      if (data.length === 0) return err(faultOf('card.malformed', 'file stops short'))
    }
  }
  return err(faultOf('card.malformed', 'file without end'))
}

/** One READ BINARY with its repetition after `6Cxx`; `last` when the card said that no more bytes follow. */
async function readBlock(
  channel: CardChannel,
  offset: number,
  wanted: number,
): Promise<Result<{ data: Uint8Array; last: boolean }>> {
  const first = await exchange(channel, readBinary(offset, wanted))
  if (!first.ok) return first
  const left = exactLength(first.value.sw)
  const answer = left === undefined ? first : await exchange(channel, readBinary(offset, left))
  if (!answer.ok) return answer
  if (answer.value.data.length > (left ?? wanted)) return err(faultOf('card.malformed', 'more than was asked for'))
  if (answer.value.sw === sw.done) return ok({ data: answer.value.data, last: left !== undefined })
  if (answer.value.sw === sw.pastTheEnd) return ok({ data: new Uint8Array(0), last: true })
  return err(refused(answer.value.sw))
}

const concat = (a: Uint8Array<ArrayBuffer>, b: Uint8Array): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
