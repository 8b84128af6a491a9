import { zoneLineOf } from '../mrz/lines.ts'
import { scanLimit, withoutFrame } from './classify.ts'

/** What a reader said: one whole symbol (`whole`), or the next characters of an endless line. */
export interface Heard {
  readonly text: string
  readonly whole: boolean
}

/** What waits for its rest: finished lines of a machine-readable zone, and the beginning of a line. */
export interface Assembly {
  readonly lines: readonly string[]
  readonly partial: string
  /** A frame has ended (ETX): one more character before the next begins is its check. */
  readonly closed: boolean
  /** When something was last heard, in monotonic milliseconds. */
  readonly heardAt: number
}

/** Texts that are complete, oldest first, and what still waits. */
export interface Assembled {
  readonly assembly: Assembly
  readonly scans: readonly string[]
}

export const nothingHeard: Assembly = { lines: [], partial: '', closed: false, heardAt: 0 }

/**
 * After this silence nothing more belongs to what waits, in milliseconds: readers send the lines of one zone well
 * within it.
 */
export const silence = 700

/** Lines of a zone by their width (Doc 9303-4 to -6). */
const linesOfWidth: Readonly<Record<number, number>> = { 30: 3, 36: 2, 44: 2 }

/**
 * Hears a reader. The lines of a machine-readable zone are joined, however they arrive; any other text is a scan of its
 * own. Total and bounded: a line longer than `scanLimit` is cut into scans.
 * @param at monotonic milliseconds
 */
export function hear(before: Assembly, heard: Heard, at: number): Assembled {
  const { assembly, scans } = settle(before, at)
  const state: Lines = { lines: [...assembly.lines], scans: [...scans], closed: assembly.closed }
  if (heard.whole) {
    if (assembly.partial !== '') finish(state, assembly.partial)
    finish(state, heard.text)
    return { assembly: { lines: state.lines, partial: '', closed: false, heardAt: at }, scans: state.scans }
  }
  // Readers frame with line ends, or with STX and ETX, or end with EOT.
  const { pieces, rest } = inPieces(assembly.partial + heard.text)
  for (const { text, end } of pieces) {
    finish(state, text)
    if (end === endOfText) state.closed = true
    else if (end === startOfText) state.closed = false
  }
  let partial = rest
  while (partial.length > scanLimit) {
    finish(state, partial.slice(0, scanLimit))
    partial = partial.slice(scanLimit)
  }
  return { assembly: { lines: state.lines, partial, closed: state.closed, heardAt: at }, scans: state.scans }
}

const startOfText = '\u0002'
const endOfText = '\u0003'
const endOfTransmission = '\u0004'
const ends: ReadonlySet<string> = new Set(['\r', '\n', startOfText, endOfText, endOfTransmission])

/** What is finished of a stream, each piece with the character that ended it, and what has no end yet. */
function inPieces(text: string): {
  readonly pieces: readonly { readonly text: string; readonly end: string }[]
  readonly rest: string
} {
  const pieces: { text: string; end: string }[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (!ends.has(text.charAt(at))) continue
    pieces.push({ text: text.slice(from, at), end: text.charAt(at) })
    from = at + 1
  }
  return { pieces, rest: text.slice(from) }
}

/** Gives up waiting when the silence has lasted: what is there is all there is. */
export function settle(assembly: Assembly, at: number): Assembled {
  if (!isWaiting(assembly) || at - assembly.heardAt < silence) return { assembly, scans: [] }
  const state: Lines = { lines: [...assembly.lines], scans: [], closed: assembly.closed }
  if (assembly.partial !== '') finish(state, assembly.partial)
  letGo(state)
  return { assembly: nothingHeard, scans: state.scans }
}

/** Whether `settle` has something to give up. */
export const isWaiting = (assembly: Assembly): boolean => assembly.partial !== '' || assembly.lines.length > 0

interface Lines {
  lines: string[]
  scans: string[]
  closed: boolean
}

const finish = (state: Lines, text: string): void => {
  // One byte behind a frame is its check, whatever letter that makes; more is the next text of a reader without frames.
  const check = state.closed && text.length <= 1
  if (text !== '') state.closed = false
  if (check) return
  const parts = text.match(new RegExp(`[^]{1,${String(scanLimit)}}`, 'g')) ?? []
  for (const part of parts) finishLine(state, part)
}

const finishLine = (state: Lines, text: string): void => {
  const said = withoutFrame(text)
  // Readers that recognise letters write fillers in their own ways.
  const bare = isZoneLine(said) ? said : (zoneLineOf(said) ?? said)
  if (bare === '') return
  const width = isZoneLine(bare) ? bare.length : 0
  if (state.lines.length > 0 && state.lines[0]?.length !== width) letGo(state)
  if (width === 0) {
    state.scans.push(bare)
    return
  }
  state.lines.push(bare)
  if (state.lines.length === linesOfWidth[width]) letGo(state)
}

/** Whether a text has the shape of one line of a machine-readable zone. */
export const isZoneLine = (text: string): boolean =>
  /^(?:[A-Za-z0-9<]{30}|[A-Za-z0-9<]{36}|[A-Za-z0-9<]{44})$/.test(text)

const letGo = (state: Lines): void => {
  if (state.lines.length > 0) state.scans.push(state.lines.join('\n'))
  state.lines = []
}
