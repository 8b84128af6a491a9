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
  /** Whether so much may be all of it: then the card's first word for an end is believed. */
  readonly mayEnd?: (read: Uint8Array) => boolean
}

const block = 256

/** Sends one command and takes the answer apart. */
export async function exchange(channel: CardChannel, command: Uint8Array): Promise<Result<Response>> {
  const answer = await channel.transmit(command)
  return answer.ok ? parseResponse(answer.value) : answer
}

/**
 * Selects and reads a file; undefined when the card has none, which is asked twice. Faults: those of the channel,
 * card.refused, card.malformed.
 */
export async function readFile(
  channel: CardChannel,
  file: FileSpec,
): Promise<Result<Uint8Array<ArrayBuffer> | undefined>> {
  const selected = await select(channel, file)
  if (!selected.ok) return selected
  if (selected.value === sw.notFound) return ok(undefined)
  if (selected.value !== sw.done) return err(refused(selected.value))
  return readSelected(channel, file)
}

/** The status of a selection: the second one where the first was a refusal. */
async function select(channel: CardChannel, file: FileSpec): Promise<Result<number>> {
  const first = await exchange(channel, selectPath(file.path))
  if (!first.ok ? first.fault.code !== 'card.malformed' : first.value.sw === sw.done)
    return first.ok ? ok(first.value.sw) : first
  const second = await exchange(channel, selectPath(file.path))
  return second.ok ? ok(second.value.sw) : second
}

/** The longest block that a card has given, in bytes: one that it calls shorter (`6Cxx`) is its file's last. */
const given = new WeakMap<CardChannel, number>()

/**
 * Reads the selected file to its end with as few commands as the card allows. The end is, in this order: what the
 * content says; the block after a `6Cxx` that is shorter than others of this card; nothing (`6B00`, an empty block)
 * behind a short block. Nothing behind a full block, a refusal, and an end before that of the content are doubtful: the
 * file is selected and read from there once more, and only what is said again counts.
 */
export async function readSelected(channel: CardChannel, file: FileSpec): Promise<Result<Uint8Array<ArrayBuffer>>> {
  let read = new Uint8Array(0)
  let again = false
  let short = false
  // A card that hands out a few bytes at a time is bounded here; a real one never needs half of it.
  for (let commands = 8 + Math.ceil(file.limit / 32); commands > 0; commands -= 1) {
    const extent = file.extent(read)
    const exact = extent !== undefined && 'exactly' in extent ? extent.exactly : undefined
    if (exact !== undefined && read.length >= exact) return ok(read.slice(0, exact))
    if (read.length > file.limit) return err(faultOf('card.malformed', 'file too long'))
    const wanted = exact === undefined ? block : Math.min(block, exact - read.length)
    const answer = await readBlock(channel, read.length, wanted)
    const isDoubtful = !answer.ok && (answer.fault.code === 'card.refused' || answer.fault.code === 'card.malformed')
    if (!answer.ok && (again || !isDoubtful)) return answer
    const { data, last } = answer.ok ? answer.value : { data: new Uint8Array(0), last: false }
    if (data.length > 0) {
      read = concat(read, data)
      short = data.length < wanted
      again = false
      given.set(channel, Math.max(given.get(channel) ?? 0, data.length))
      const isLast = last && (data.length < (given.get(channel) ?? 0) || file.mayEnd?.(read) === true)
      if (isLast && file.extent(read) === undefined) return ok(read)
      continue
    }
    if (answer.ok && (short || again) && extent === undefined) return ok(read)
    if (again) return err(faultOf('card.malformed', 'file stops short'))
    again = true
    const selected = await select(channel, file)
    if (!selected.ok) return selected
    if (selected.value !== sw.done) return err(refused(selected.value))
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
