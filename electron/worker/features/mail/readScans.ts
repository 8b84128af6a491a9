import type { Press } from '#shared/ports/press.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Context } from '../../core/context.ts'
import { bytesOfFile } from '../../files/rows/files.ts'
import { filesOf } from './rows/letters.ts'
import { keepText, nextUnread, type UnreadLetter } from './rows/letterTexts.ts'

/** Pages of one file that are read for the search; a second or two each. */
const mostPages = 40
const mostTries = 3
/** Letters of a text that are kept for the search: some fifty dense pages. */
const mostText = 200_000

/**
 * Reads the files of letters that nobody read yet, newest first, for the search: their text is kept beside them. What
 * cannot be read has no text, and is not tried again.
 * @param run `tries` counts how often each letter was tried since the start. Faults: press.down, call.cancelled, those of `Tx`.
 */
export async function readScans(
  context: Context,
  press: Press,
  { signal, tries }: { readonly signal: AbortSignal; readonly tries: Map<string, number> },
): Promise<Result<void>> {
  for (;;) {
    const letter = nextUnread(context.store.db)
    if (letter === undefined || signal.aborted) return ok(undefined)
    const read = await textOf(context, press, letter, signal)
    const tried = (tries.get(letter.id) ?? 0) + 1
    tries.set(letter.id, tried)
    // A letter that ends the press again and again is found by what was registered of it, and holds up no other.
    if (!read.ok && (signal.aborted || tried < mostTries)) return read
    const text = read.ok ? read : ok('')
    const kept = context.store.tx((db) => {
      keepText(db, letter.id, text.value.slice(0, mostText), context.clock.now().toISOString())
      return ok(undefined)
    })
    if (!kept.ok) return kept
  }
}

const textOf = async (
  { store }: Context,
  press: Press,
  { id, day }: UnreadLetter,
  signal: AbortSignal,
): Promise<Result<string>> => {
  const texts: string[] = []
  for (const { sha256, name } of filesOf(store.db, id)) {
    const bytes = bytesOfFile(store.db, store.files, sha256)
    if (!bytes.ok) continue
    const read = await press.propose(
      { bytes: new Uint8Array(bytes.value), name, received: day, pages: mostPages },
      signal,
    )
    // The press is started afresh, and this letter is tried again; anything else is said of the file itself.
    if (!read.ok && (read.fault.code === 'press.down' || read.fault.code === 'call.cancelled')) return read
    if (read.ok) texts.push(read.value.text ?? '', ...read.value.pages.map((page) => page.text))
  }
  return ok(texts.join('\n'))
}
